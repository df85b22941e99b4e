//! A head is asked about a number, takes it apart down to a dossier, and publishes it; what is
//! recorded late is seen as a correction.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::{Channel, Stamp};
use desk::testing::House;
use figures::testing::ROOMS;
use identity::party::Party;
use serde_json::Map;
use store::store_test;

const MORNING: &str = "2026-11-23T02:15:00Z";
const NEXT_MONTH: &str = "2026-12-01T02:00:00Z";
const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";
const HEAD: &str = "phuong-phan-dinh-phung/chu-tich";
const SIGNER: &str = "phuong-phan-dinh-phung/tran-thu-ha";

fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

/// How often the journal says that a figure was published.
fn published(house: &House) -> i64 {
    let front = house.desk.front.clone();
    let told = front.store.clone().read(move |tx| {
        tx.one(
            "select count(*) from event where tenant = $1 and kind = 'figure.published'",
            store::args!(&front.tenant),
            |row| row.get::<i64>(0),
        )
    });
    told.wait().unwrap()
}

/// A dossier that was taken on in the month before, and is written down now.
fn late(house: &House, channel: Channel) {
    let desk = house.desk.clone();
    let post =
        house.desk.front.directory.get().posts_of(house.persons[RECEIVER], desk.now())[0].post;
    let received_by = house.desk.front.directory.get().post(post).unwrap().agency;
    let stamp = Stamp {
        actor: house.actor(RECEIVER),
        happened_at: "2026-11-20T02:00:00Z".parse().unwrap(),
        recorded_at: desk.now(),
    };
    let papers = desk::Paper {
        component: Some("to-khai".to_owned()),
        copies: 1,
        source: "paper",
        file: None,
    };
    let filing = desk::Filing {
        matter: procedure::Matter::Dossier,
        procedure: "1.000656".parse().unwrap(),
        channel,
        applicant: desk::Applicant::Described(Party::named("Bàn Thị Liên")),
        answers: Map::new(),
        papers: vec![papers],
        received_by,
        decided_by: None,
        reopens: None,
        term: None,
        charge: desk::Charge::default(),
    };
    let store = desk.front.store.clone();
    let filed = store.write(move |tx| {
        let filed = desk::file(tx, &desk, &filing, &stamp)?;
        desk::accept(tx, &desk, filed, &stamp).map(|_| ())
    });
    filed.wait().unwrap();
}

/// A dossier that was done in time.
fn done(house: &House, name: &str) -> casework::Case {
    let case = house.receive(RECEIVER, "1.000656", &Party::named(name), Map::new());
    let case = house.complete(&case, EXPERT, "tham-tra", "dat");
    house.complete(&case, SIGNER, "ky", "ky")
}

store_test!(
    fn a_number_opens_down_to_the_dossier_behind_it(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        let head = house.sign_in(HEAD);
        let page = run(house.get("/chi-tieu/timeliness.on_time_766", &head)).text();
        assert!(
            page.contains("Chưa đếm được gì"),
            "nothing is counted yet, and it says so: {page}"
        );

        let case = done(&house, "Bàn Thị Liên");
        let _ = house.receive(RECEIVER, "1.000656", &Party::named("Lý Văn Sự"), Map::new());
        house.count();

        let page = run(house.get("/chi-tieu/timeliness.on_time_766", &head)).text();
        assert!(page.contains("100,00%") || page.contains("100%"), "{page}");
        assert!(page.contains("kết thúc đúng hạn (766)"), "{page}");
        let at = page.find("/chi-tieu/timeliness.on_time_766/ho-so?").unwrap();
        let href = page[at..].split('"').next().unwrap().replace("&amp;", "&");
        let cases = run(house.get(&href, &head)).text();
        assert!(cases.contains(case.code.as_str()), "{cases}");
        assert!(cases.contains(&format!("/ho-so/{}", case.code)), "{cases}");

        // Both dossiers were taken on; the list says so too, found without marks.
        let list = run(house.get("/chi-tieu?q=giai+quyet+binh+quan", &head)).text();
        assert!(list.contains("/chi-tieu/timeliness.mean_handling_days"), "{list}");
        assert!(!list.contains("/chi-tieu/fees."), "only what was looked for");
    }
);

store_test!(
    fn what_nothing_can_be_divided_by_is_no_zero(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        let head = house.sign_in(HEAD);
        let _ = house.receive(RECEIVER, "1.000656", &Party::named("Lý Văn Sự"), Map::new());
        house.count();
        let page = run(house.get("/chi-tieu/timeliness.finished_on_time", &head)).text();
        assert!(page.contains("chưa có gì để tính"), "{page}");
        assert!(!page.contains("0,00%"), "{page}");
    }
);

store_test!(
    fn a_published_figure_stays_and_is_corrected_for_a_reason(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        let head = house.sign_in(HEAD);
        done(&house, "Bàn Thị Liên");
        house.count();
        let here = "/chi-tieu/dossiers.finished/cong-bo?ky=2026-11";
        let show = "/chi-tieu/dossiers.finished?ky=2026-11";
        // A month that runs is not published.
        run(house.post(here, &head, &[("ly-do", "Sớm")]));
        assert_eq!(published(&house), 0);

        house.at(NEXT_MONTH);
        let head = house.sign_in(HEAD);
        run(house.post(here, &head, &[("ly-do", "Báo cáo tháng 11")]));
        let page = run(house.get(show, &head)).text();
        assert!(page.contains("Báo cáo tháng 11"), "{page}");

        // Whoever may not set what is measured publishes nothing.
        let expert = house.sign_in(EXPERT);
        assert_eq!(run(house.post(here, &expert, &[("ly-do", "x")])).status, 403);
        assert_eq!(published(&house), 1);
    }
);

store_test!(
    fn a_figure_of_a_part_has_a_page_and_a_publication_of_its_own(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        let _ = house.receive(RECEIVER, "1.000656", &Party::named("Lý Văn Sự"), Map::new());
        house.count();
        house.at(NEXT_MONTH);
        let head = house.sign_in(HEAD);
        let counter = "/chi-tieu/dossiers.received?ky=2026-11&kenh=counter&thu-tuc=1.000656";
        run(house.post(
            &counter.replace("received?", "received/cong-bo?"),
            &head,
            &[("ly-do", "Số tại quầy")],
        ));
        assert_eq!(published(&house), 1);
        let page = run(house.get(counter, &head)).text();
        assert!(page.contains("Số tại quầy") && page.contains("nộp tại quầy, 1.000656"), "{page}");
        // The whole, and another part, were not published by it.
        for other in ["?ky=2026-11", "?ky=2026-11&kenh=online"] {
            let page = run(house.get(&format!("/chi-tieu/dossiers.received{other}"), &head)).text();
            assert!(!page.contains("Số tại quầy"), "{page}");
        }
        // Written down late: one at the counter moves it, one that came online does not.
        for channel in [Channel::Counter, Channel::Online] {
            late(&house, channel);
        }
        house.count();
        let page = run(house.get(counter, &head)).text();
        assert!(page.contains("có 1 dữ kiện ghi muộn"), "{page}");
    }
);

store_test!(
    fn figures_of_others_are_not_shown(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        let head = house.sign_in(HEAD);
        assert_eq!(run(house.get("/chi-tieu?cua=all", &head)).status, 403);
        assert_eq!(run(house.get("/chi-tieu/no.such", &head)).status, 404);
        let json = run(house.get("/api/v1/indicators", &head)).text();
        assert!(json.contains("timeliness.on_time_766"), "{json}");
    }
);
