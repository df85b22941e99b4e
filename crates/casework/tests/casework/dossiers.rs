//! The life of a dossier, told on both stores.

use casework::{
    Command, DeclineReason, DiscontinueGround, Error, Refusal, Status, Submit, SupplementReason,
    SuspensionGround,
};
use store::store_test;

use crate::common::{Desk, MONDAY_8, at, vn};

fn accept() -> Command {
    Command::Accept { note: "".into() }
}

fn complete(step: &str, outcome: &str) -> Command {
    let (step, outcome) = (step.parse().unwrap(), outcome.parse().unwrap());
    Command::Complete { step, outcome, note: "".into() }
}

fn supplement(why: &str) -> Command {
    Command::RequestSupplement { reason: SupplementReason::MissingPaper, note: why.into() }
}

fn refused<T: std::fmt::Debug>(out: Result<T, Error>) -> Refusal {
    match out {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

store_test!(
    fn a_birth_is_registered_within_the_day(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let filed = desk.file(office.filing("1.001193"), office.at(MONDAY_8)).unwrap();
        let id = filed.case.id;
        assert_eq!(filed.case.code.as_str(), "H55.62-260302-0001");
        assert_eq!(desk.work(), [("accept".to_owned(), None, false)]);

        let taken = desk.does(id, accept(), office.at(MONDAY_8)).unwrap();
        assert_eq!(taken.case.due(), Some(vn("2026-03-02T16:30")), "filed before 15:00: today");
        assert_eq!(desk.work(), [("tham-tra".to_owned(), Some(office.seat("expert")), false)]);

        desk.does(id, complete("tham-tra", "dat"), office.at("2026-03-02T03:00:00Z")).unwrap();
        assert_eq!(desk.work(), [("ky".to_owned(), Some(office.seat("head")), false)]);
        let signed =
            desk.does(id, complete("ky", "ky"), office.at("2026-03-02T04:00:00Z")).unwrap();
        assert_eq!(signed.events.len(), 2, "completed, and finished");
        assert_eq!(desk.work(), [("return".to_owned(), None, false)]);

        let handed = Command::ReturnResult { note: "Mẹ cháu nhận".into() };
        desk.does(id, handed, office.at("2026-03-02T07:00:00Z")).unwrap();
        assert_eq!(desk.case(id).status, Status::Returned);
        assert!(desk.work().is_empty());
    }
);

store_test!(
    fn codes_count_from_one_each_day(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let file =
            |when: &str| desk.file(office.filing("1.001193"), office.at(when)).unwrap().case.code;
        assert_eq!(file(MONDAY_8).as_str(), "H55.62-260302-0001");
        assert_eq!(file("2026-03-02T09:00:00Z").as_str(), "H55.62-260302-0002");
        assert_eq!(
            file("2026-03-02T18:00:00Z").as_str(),
            "H55.62-260303-0001",
            "already Tuesday here"
        );
    }
);

store_test!(
    fn papers_are_asked_for_once(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let id = desk.accepted("1.013225");
        let due = desk.case(id).due().unwrap();

        desk.does(id, supplement("Thiếu bản vẽ"), office.at("2026-03-03T01:00:00Z")).unwrap();
        assert_eq!(desk.case(id).status, Status::AwaitingSupplement);
        assert!(desk.work().iter().all(|(_, _, paused)| *paused));
        let back = Command::ReceiveSupplement { components: Vec::new() };
        desk.does(id, back, office.at("2026-03-05T01:00:00Z")).unwrap();
        let after = desk.case(id);
        assert_eq!(
            after.due().unwrap(),
            vn("2026-03-18T08:00"),
            "two days stood, so two days later"
        );
        assert!(after.due().unwrap() > due);

        let again = desk.does(id, supplement("Thiếu nữa"), office.at("2026-03-06T01:00:00Z"));
        let first = at("2026-03-03T01:00:00Z");
        assert_eq!(refused(again), Refusal::SecondSupplementNeedsApproval { first });

        let leave = Command::ApproveSecondSupplement {
            note: "Bản vẽ mới vẫn thiếu trang".into()
        };
        desk.does(id, leave, office.at("2026-03-06T02:00:00Z")).unwrap();
        desk.does(id, supplement("Thiếu trang 3"), office.at("2026-03-06T03:00:00Z")).unwrap();
        let back = Command::ReceiveSupplement { components: Vec::new() };
        desk.does(id, back, office.at("2026-03-09T01:00:00Z")).unwrap();
        let third = desk.does(id, supplement("Lần ba"), office.at("2026-03-10T01:00:00Z"));
        assert_eq!(refused(third), Refusal::NoThirdSupplement);
        assert_eq!(desk.case(id).supplements.len(), 2);
    }
);

store_test!(
    fn an_apology_comes_before_the_date_or_not_at_all(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let extend =
            || Command::Extend { to: vn("2026-03-25T16:30"), note: "Chờ đo đạc".into() };

        let id = desk.accepted("1.013225");
        let due = desk.case(id).due().unwrap();
        // Said to have happened in time, but recorded after the date: that is what it is for.
        let backdated = office.late("2026-03-12T01:00:00Z", "2026-03-20T01:00:00Z");
        assert_eq!(refused(desk.does(id, extend(), backdated)), Refusal::ExtensionTooLate { due });

        desk.does(id, extend(), office.at("2026-03-12T01:00:00Z")).unwrap();
        assert_eq!(desk.case(id).due(), Some(vn("2026-03-25T16:30")));
        let twice = desk.does(id, extend(), office.at("2026-03-13T01:00:00Z"));
        assert_eq!(refused(twice), Refusal::ExtendedBefore { to: vn("2026-03-25T16:30") });
    }
);

store_test!(
    fn a_term_set_from_outside_is_set_anew_as_often_as_is_said_and_late_stays_late(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let by = |day: &str, said: &str| {
            let note = "Mưa lũ, mất mạng hai ngày".into();
            (Command::SetTerm { to: vn(day), note }, office.at(said))
        };
        let filing = Submit { term: Some(vn("2026-03-06T16:30")), ..office.filing("1.001193") };
        let stamp = office.at("2026-03-02T01:00:00Z");
        let id = desk.file(filing, stamp.clone()).unwrap().case.id;
        desk.does(id, Command::Accept { note: "".into() }, stamp).unwrap();
        // In time: that is the promise now.
        let (command, stamp) = by("2026-03-10T16:30", "2026-03-05T01:00:00Z");
        desk.does(id, command, stamp).unwrap();
        assert_eq!(desk.case(id).missed(), None);
        // Too late, and too late once more: work may take so long, and it was late.
        for (day, said) in [
            ("2026-03-13T16:30", "2026-03-11T01:00:00Z"),
            ("2026-03-20T16:30", "2026-03-16T01:00:00Z"),
        ] {
            let (command, stamp) = by(day, said);
            desk.does(id, command, stamp).unwrap();
            let case = desk.case(id);
            assert_eq!((case.due(), case.term), (Some(vn(day)), Some(vn(day))));
            assert_eq!(case.missed(), Some(vn("2026-03-10T16:30")));
        }
        let (command, stamp) = by("2026-03-19T16:30", "2026-03-17T01:00:00Z");
        let earlier = Refusal::Clock(calendar::Error::NotLater);
        assert_eq!(refused(desk.does(id, command, stamp)), earlier);

        let dossier = desk.accepted("1.013225");
        let (command, stamp) = by("2026-04-20T16:30", "2026-03-17T01:00:00Z");
        assert_eq!(refused(desk.does(dossier, command, stamp)), Refusal::NoTerm);
    }
);

store_test!(
    fn branches_meet_before_the_signature(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let id = desk.accepted("1.013225");
        desk.does(id, complete("phan-cong", "giao"), office.at("2026-03-02T02:00:00Z")).unwrap();
        let steps =
            |desk: &Desk| desk.work().into_iter().map(|(step, ..)| step).collect::<Vec<_>>();
        assert_eq!(steps(&desk), ["tham-dinh", "thuc-dia"]);
        desk.does(id, complete("thuc-dia", "xong"), office.at("2026-03-03T02:00:00Z")).unwrap();
        assert_eq!(steps(&desk), ["tham-dinh"], "the signature waits");
        let early = desk.does(id, complete("ky", "ky"), office.at("2026-03-03T03:00:00Z"));
        assert!(matches!(refused(early), Refusal::Flow(_)));
        desk.does(id, complete("tham-dinh", "xong"), office.at("2026-03-04T02:00:00Z")).unwrap();
        assert_eq!(steps(&desk), ["ky"]);
        desk.does(id, complete("ky", "ky"), office.at("2026-03-04T03:00:00Z")).unwrap();
        assert_eq!(desk.case(id).status, Status::Finished);
    }
);

store_test!(
    fn time_does_not_run_backwards(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let id = desk.accepted("1.001193");
        let future = office.late("2026-03-03T01:00:00Z", "2026-03-02T02:00:00Z");
        let out = desk.does(id, complete("tham-tra", "dat"), future);
        assert_eq!(refused(out), Refusal::HappenedInFuture);
        let before_filing = office.late("2026-03-01T01:00:00Z", "2026-03-02T02:00:00Z");
        let out = desk.does(id, complete("tham-tra", "dat"), before_filing);
        assert_eq!(refused(out), Refusal::HappenedTooEarly { previous: at(MONDAY_8) });
        // What was done before it was typed in keeps both times.
        let late = office.late("2026-03-02T02:00:00Z", "2026-03-02T08:00:00Z");
        let event = desk.does(id, complete("tham-tra", "dat"), late).unwrap().events.remove(0);
        assert!(event.recorded_at > event.happened_at);
    }
);

store_test!(
    fn who_looked_too_long_is_told(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let id = desk.accepted("1.001193");
        let seen = desk.case(id).version;
        let step = || complete("tham-tra", "dat");
        desk.does_seeing(id, Some(seen), step(), office.at("2026-03-02T02:00:00Z")).unwrap();
        let out = desk.does_seeing(id, Some(seen), step(), office.at("2026-03-02T02:00:01Z"));
        assert!(matches!(out, Err(Error::Stale { expected: 2, found: 3 })), "{out:?}");
    }
);

store_test!(
    fn a_filing_is_declined_with_a_reason(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let mut filing = office.filing("1.001193");
        filing.components.clear();
        let id = desk.file(filing, office.at(MONDAY_8)).unwrap().case.id;
        let missing = refused(desk.does(id, accept(), office.at(MONDAY_8)));
        assert_eq!(missing, Refusal::MissingComponents(vec!["Giấy chứng sinh".into()]));
        let silent = Command::Decline { reason: DeclineReason::Incomplete, note: " ".into() };
        assert_eq!(refused(desk.does(id, silent, office.at(MONDAY_8))), Refusal::ReasonMissing);
        let told = "Chưa có giấy chứng sinh, gia đình xin về lấy".to_owned();
        let said =
            Command::Decline { reason: DeclineReason::Incomplete, note: told.as_str().into() };
        let done = desk.does(id, said, office.at(MONDAY_8)).unwrap();
        assert!(!done.events[0].data.as_str().contains("giấy chứng sinh"), "words stay out of it");
        assert_eq!(desk.case(id).status, Status::Declined);
        assert!(desk.work().is_empty());
    }
);

store_test!(
    fn the_result_waits_for_the_fee(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let id = desk.accepted("1.001193");
        let fee = Command::SetObligation { name: "Lệ phí".into(), amount: 8000, pauses: true };
        desk.does(id, fee, office.at("2026-03-02T02:00:00Z")).unwrap();
        let held = desk.does(id, complete("tham-tra", "dat"), office.at("2026-03-02T02:10:00Z"));
        assert!(matches!(
            refused(held),
            Refusal::WrongStatus { status: Status::AwaitingPayment, .. }
        ));
        let pay = |amount| Command::RecordPayment {
            number: 1,
            amount,
            online: false,
            reference: "BL0001".into(),
        };
        let short = desk.does(id, pay(7000), office.at("2026-03-02T02:20:00Z"));
        assert_eq!(refused(short), Refusal::WrongAmount { owed: 8000, paid: 7000 });
        desk.does(id, pay(8000), office.at("2026-03-02T02:30:00Z")).unwrap();
        let twice = desk.does(id, pay(8000), office.at("2026-03-02T02:31:00Z"));
        assert_eq!(refused(twice), Refusal::NothingOwed(1));
        assert_eq!(desk.case(id).status, Status::InProgress);
    }
);

store_test!(
    fn what_is_due_with_the_application_is_paid_before_it_is_taken_on(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let id = desk.file(office.filing("1.001193"), office.at(MONDAY_8)).unwrap().case.id;
        let fee = |amount, pauses| Command::SetObligation { name: "Phí".into(), amount, pauses };
        let set = |amount, pauses| desk.does(id, fee(amount, pauses), office.at(MONDAY_8)).unwrap();
        set(0, true);
        assert_eq!(desk.case(id).status, Status::Submitted, "for nothing nobody waits");
        set(50_000, true);
        set(20_000, true);
        set(8_000, false);
        assert_eq!(desk.case(id).status, Status::AwaitingPayment);
        let waits: Vec<_> = casework::items(&desk.case(id)).into_iter().map(|i| i.waits).collect();
        assert_eq!(waits, [casework::Waits::Applicant]);
        let refusal = refused(desk.does(id, accept(), office.at(MONDAY_8)));
        assert_eq!(refusal, Refusal::UnpaidBefore(78_000));

        // On Tuesday one is paid, and of the other the law frees them.
        let reference = "BL0002".to_owned();
        let pay = Command::RecordPayment { number: 2, amount: 50_000, online: true, reference };
        desk.does(id, pay, office.at("2026-03-03T02:00:00Z")).unwrap();
        assert_eq!(desk.case(id).status, Status::AwaitingPayment);
        let waive = Command::WaiveObligation { number: 3, note: "Hộ nghèo".into() };
        let done = desk.does(id, waive, office.at("2026-03-03T03:00:00Z")).unwrap();
        assert!(!done.events[0].data.as_str().contains("nghèo"), "words stay out of it");
        let case = desk.case(id);
        assert_eq!((case.status, case.unpaid()), (Status::Submitted, 8_000));
        assert_eq!(case.accept_by, vn("2026-03-04T10:00"), "eight working hours from then");
        desk.does(id, accept(), office.at("2026-03-03T03:10:00Z")).unwrap();
        assert_eq!(desk.case(id).status, Status::InProgress);
    }
);

store_test!(
    fn the_clock_stands_on_a_legal_ground_and_the_case_can_be_stopped(store: Store) {
        let desk = Desk::open(store);
        let office = &desk.commune;
        let id = desk.accepted("1.013225");
        let stand =
            Command::Suspend { ground: SuspensionGround::Dispute, note: "Ranh giới".into() };
        desk.does(id, stand, office.at("2026-03-03T01:00:00Z")).unwrap();
        desk.does(id, Command::Resume, office.at("2026-03-04T01:00:00Z")).unwrap();
        assert_eq!(desk.case(id).due(), Some(vn("2026-03-17T08:00")));
        let stop =
            Command::Discontinue { ground: DiscontinueGround::Order, note: "Bản án 12".into() };
        desk.does(id, stop, office.at("2026-03-05T01:00:00Z")).unwrap();
        let case = desk.case(id);
        assert_eq!(
            (case.status, case.ended_at),
            (Status::Discontinued, Some(at("2026-03-05T01:00:00Z")))
        );
        let after = desk.does(id, complete("phan-cong", "giao"), office.at("2026-03-05T02:00:00Z"));
        assert!(matches!(refused(after), Refusal::WrongStatus { .. }));
    }
);
