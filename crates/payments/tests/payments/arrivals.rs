use casework::{Command, Status};
use payments::{Error, Problem};
use store::store_test;

use crate::authority::{Desk, at, paid};

const NOW: &str = "2026-03-02T03:00:00Z";

store_test!(
    fn a_payment_is_recorded_once_however_often_it_is_told(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[15_000]);
        assert_eq!(desk.case(id).status, Status::AwaitingPayment);
        let order = desk.order(id, "2026-03-02T02:00:00Z").unwrap();
        let told = paid("FT1", &order.reference, 15_000);
        let (first, second) = (desk.comes(&told, NOW), desk.comes(&told, NOW));
        assert!(first.first && !second.first);
        assert_eq!(second.kept.applied, 15_000);
        let case = desk.case(id);
        assert_eq!(case.status, Status::InProgress, "the clock goes on");
        let payment = case.obligations[0].payment.clone().unwrap();
        assert_eq!((payment.online, payment.reference.as_str()), (true, "cong FT1"));
        assert_eq!((desk.events("paid"), desk.events("payment.arrived")), (1, 1));
        assert!(desk.open_problems().is_empty());
    }
);

store_test!(
    fn many_calls_at_once_are_one_payment(store: Store) {
        let desk = std::sync::Arc::new(Desk::open(store));
        let id = desk.owing(&[15_000]);
        let order = desk.order(id, "2026-03-02T02:00:00Z").unwrap();
        let told = paid("FT1", &order.reference, 15_000);
        let calls = (0..8).map(|_| {
            let (desk, told) = (desk.clone(), told.clone());
            std::thread::spawn(move || desk.comes(&told, NOW))
        });
        let calls: Vec<_> = calls.collect();
        let firsts = calls.into_iter().map(|call| call.join().unwrap());
        assert_eq!(firsts.filter(|received| received.first).count(), 1);
        assert_eq!((desk.events("paid"), desk.events("payment.arrived")), (1, 1));
    }
);

store_test!(
    fn whoever_pays_twice_gets_the_second_back(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[15_000]);
        let order = desk.order(id, "2026-03-02T02:00:00Z").unwrap();
        desk.comes(&paid("FT1", &order.reference, 15_000), NOW);
        let second = desk.comes(&paid("FT2", &order.reference, 15_000), NOW);
        assert_eq!((second.kept.applied, second.kept.problem), (0, Some(Problem::Excess)));
        assert_eq!(desk.events("paid"), 1);
        let open = desk.open_problems();
        assert_eq!((open.len(), open[0].number.as_str()), (1, "FT2"));

        // The accountant gives it back, and says so.
        let settle = move |why: &'static str| {
            let id = open[0].id;
            desk.write(move |tx, commune| {
                payments::settle(tx, commune.office(), id, why, &commune.clerk(), at(NOW))
            })
        };
        assert!(matches!(settle(" "), Err(Error::ReasonMissing)));
        settle("Đã hoàn theo phiếu chi 12").unwrap();
        assert!(matches!(settle("Lần nữa"), Err(Error::NothingOpen)));
    }
);

store_test!(
    fn money_after_the_counter_was_paid_is_not_lost(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[15_000, 8_000]);
        let order = desk.order(id, "2026-03-02T02:00:00Z").unwrap();
        let reference = "quyển 3 số 12".to_owned();
        let cash = Command::RecordPayment { number: 1, amount: 15_000, online: false, reference };
        desk.does(id, cash, "2026-03-02T02:30:00Z");
        // The transfer was for both; the case takes what it still owes.
        let received = desk.comes(&paid("FT1", &order.reference, 23_000), NOW);
        assert_eq!((received.kept.applied, received.kept.problem), (8_000, Some(Problem::Excess)));
        let case = desk.case(id);
        assert_eq!(case.unpaid(), 0);
        let happened = case.obligations[1].payment.clone().unwrap().at;
        assert_eq!(happened, at("2026-03-02T02:30:00Z"), "never before what the case knows");
    }
);

store_test!(
    fn a_dossier_that_is_over_takes_no_money(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[15_000]);
        let order = desk.order(id, "2026-03-02T02:00:00Z").unwrap();
        desk.does(id, Command::Withdraw { note: "".into() }, "2026-03-02T02:10:00Z");
        let received = desk.comes(&paid("FT1", &order.reference, 15_000), NOW);
        assert_eq!((received.kept.applied, received.kept.problem), (0, Some(Problem::Excess)));
    }
);

store_test!(
    fn a_wrong_amount_waits_for_the_accountant(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[15_000]);
        let order = desk.order(id, "2026-03-02T02:00:00Z").unwrap();
        let less = desk.comes(&paid("FT1", &order.reference, 1_500), NOW);
        assert_eq!((less.kept.applied, less.kept.problem), (0, Some(Problem::Differs)));
        assert_eq!(desk.case(id).unpaid(), 15_000);
        // The right one still goes.
        assert_eq!(desk.comes(&paid("FT2", &order.reference, 15_000), NOW).kept.applied, 15_000);
        assert_eq!(desk.open_problems().len(), 1);
    }
);

store_test!(
    fn one_transaction_with_two_amounts_is_told_apart(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[15_000]);
        let order = desk.order(id, "2026-03-02T02:00:00Z").unwrap();
        desk.comes(&paid("FT1", &order.reference, 15_000), NOW);
        for _ in 0..3 {
            let other = desk.comes(&paid("FT1", &order.reference, 150_000), NOW);
            assert_eq!(other.kept.problem, Some(Problem::Contradicts));
        }
        assert_eq!((desk.events("paid"), desk.open_problems().len()), (1, 1));
    }
);

store_test!(
    fn money_that_nobody_knows_is_given_to_its_dossier(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[15_000]);
        let code = desk.case(id).code;
        let unknown = desk.comes(&paid("FT1", "me Hoa nop tien khai sinh", 15_000), NOW).kept;
        assert_eq!((unknown.problem, unknown.case), (Some(Problem::Unknown), None));
        let typed = desk.comes(&paid("FT2", "le phi h55.62-260302-0001", 15_000), NOW).kept;
        assert_eq!(typed.problem, Some(Problem::Unknown), "no order was ever opened");

        let give = move |amount_fits: bool| {
            let (arrival, code) = (unknown.id, code.clone());
            let given = desk.write(move |tx, commune| {
                let by = commune.clerk();
                payments::assign(tx, commune.office(), arrival, &code, &by, at(NOW))
            });
            assert_eq!(given.is_ok(), amount_fits);
            (desk.case(id).unpaid(), desk.open_problems().len())
        };
        assert_eq!(give(true), (0, 1));
        assert_eq!(give(false), (0, 1), "once");
    }
);
