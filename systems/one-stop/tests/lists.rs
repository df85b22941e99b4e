//! Lists: each reads down an index, page and API say the same, and a dossier is found by any
//! word of a name.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use axum::http::StatusCode;
use casework::{Case, Channel, Status};
use kernel::{AgencyId, PostId};
use one_stop::{
    Desk,
    queries::{
        self, Scope, Sought,
        register::{self, Filter, Late, Role},
        work::{self, Bounds, Narrow, Part, Whose},
    },
    testing::{self, House},
};
use store::{Tx, store_test};

const MONDAY: &str = "2026-11-23T02:14:00Z";
const COUNTER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";
const HEAD: &str = "phuong-phan-dinh-phung/chu-tich";

/// A birth is registered at the counter of the ward, complete, and taken on.
async fn birth(house: &House, counter: &str, name: &str) -> Case {
    house.file(counter, testing::birth(name)).await
}

/// The codes of a page, in order.
fn codes(page: &str) -> Vec<String> {
    let codes = page.split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    codes.collect()
}

store_test!(
    fn a_dossier_is_found_by_any_word_of_the_name(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, expert] = [COUNTER, EXPERT].map(|who| house.sign_in(who));
        run(async {
            let suong = birth(&house, &counter, "Hoàng Thị Mai Sương").await;
            let dat = birth(&house, &counter, "Đặng Văn Đạt").await;
            for (typed, found) in [
                ("s%C6%B0%C6%A1ng", &suong),
                ("suong", &suong),
                ("mai+suong", &suong),
                ("Hoang+Suong", &suong),
                ("dat", &dat),
                ("%C4%90%E1%BA%B7ng", &dat),
                ("van+dat", &dat),
            ] {
                for path in ["/so-theo-doi", "/viec"] {
                    let page = house.get(&format!("{path}?q={typed}"), &expert).await.text();
                    assert_eq!(codes(&page), [found.code.as_str()], "{path}: {typed}");
                }
            }
            let none = house.get("/so-theo-doi?q=uong", &expert).await.text();
            assert!(codes(&none).is_empty(), "a word is found by its beginning");
        });
    }
);

store_test!(
    fn of_a_name_that_many_have_the_newest_dossiers_come_first(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, expert] = [COUNTER, EXPERT].map(|who| house.sign_in(who));
        run(async {
            let first = birth(&house, &counter, "Nguyễn Văn An").await;
            let other = birth(&house, &counter, "Lê Thị Bình").await;
            let desk = house.desk.clone();
            // Four hundred of the same name elsewhere, who filed nothing.
            let written = store.write(move |tx| {
                for serial in 0..400 {
                    tx.put(
                        "insert into party_name (tenant, suffix, party_id) values ($1, $2, $3)",
                        store::args!(&desk.front.tenant, &b"nguyen van an"[..], uuid(serial)),
                    )?;
                    tx.put(
                        "insert into party (tenant, id, kind, name, name_folded, sealed,
                             recorded_at) values ($1, $2, 'citizen', $3, $4, $5, 0)",
                        store::args!(
                            &desk.front.tenant,
                            uuid(serial),
                            "Nguyễn Văn An",
                            "nguyen van an",
                            &b""[..]
                        ),
                    )?;
                }
                Ok::<_, one_stop::Error>(())
            });
            written.await.unwrap();
            let page = house.get("/so-theo-doi?q=nguyen+van+an", &expert).await.text();
            assert_eq!(codes(&page), [first.code.as_str()]);
            assert!(!page.contains(other.code.as_str()));
        });
    }
);

store_test!(
    fn what_waits_for_the_applicant_waits_for_others(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, expert, head] = [COUNTER, EXPERT, HEAD].map(|who| house.sign_in(who));
        run(async {
            let asked = birth(&house, &counter, "Một").await;
            let suspended = birth(&house, &counter, "Hai").await;
            let running = birth(&house, &counter, "Ba").await;
            let path = |case: &Case, command: &str| format!("/ho-so/{}/viec/{command}", case.code);
            let ask = [("reason", "missing_paper"), ("note", "Thiếu tờ khai có chữ ký")];
            house.post(&path(&asked, "request_supplement"), &expert, &ask).await;
            let hold = [("reason", "dispute"), ("note", "Có đơn tranh chấp")];
            house.post(&path(&suspended, "suspend"), &head, &hold).await;

            let all = house.get("/viec", &expert).await.text();
            let order = [&running, &asked, &suspended].map(|case| case.code.to_string());
            assert_eq!(codes(&all), order, "who can be dealt with first, then who waits for whom");
            for (part, case) in [("cho-nguoi-khac", &asked), ("tam-dung", &suspended)] {
                let page = house.get(&format!("/viec?phan={part}"), &expert).await.text();
                assert_eq!(codes(&page), [case.code.as_str()], "{part}");
            }
            let figures = house.get("/don-vi", &head).await.text();
            let figures = figures.replace(['\u{2068}', '\u{2069}'], "");
            assert!(figures.contains("tạm dừng <b>2</b>"), "{figures}");
        });
    }
);

store_test!(
    fn the_slips_of_the_ticked_dossiers_are_one_document(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, expert] = [COUNTER, EXPERT].map(|who| house.sign_in(who));
        run(async {
            let one = birth(&house, &counter, "Một").await;
            let two = birth(&house, &counter, "Hai").await;
            let ticked =
                [("case", one.code.as_str()), ("case", two.code.as_str()), ("do", "slips")];
            let pdf = house.post("/viec/hang-loat", &expert, &ticked).await;
            assert_eq!(pdf.status, StatusCode::OK, "{}", pdf.text());
            assert_eq!(pdf.headers["content-type"], "application/pdf");
            assert!(pdf.bytes.starts_with(b"%PDF") && pdf.text().contains("/Count 2"));
            let unknown = [("case", "H55.62-991231-0001"), ("do", "slips")];
            let none = house.post("/viec/hang-loat", &expert, &unknown).await;
            assert_eq!(none.location(), "/viec", "and it is said there");
        });
    }
);

store_test!(
    fn rows_stand_as_close_as_the_reader_wants(store: Store) {
        let house = House::open(&store, MONDAY);
        let expert = house.sign_in(EXPERT);
        run(async {
            let roomy = house.get("/viec?kenh=counter", &expert).await.text();
            assert!(!roomy.contains("data-density"), "{roomy}");
            let switch = "/density/compact?back=/viec%3Fkenh%3Dcounter";
            assert!(roomy.contains(switch), "{roomy}");
            let set = house.get(switch, &expert).await;
            assert_eq!(set.location(), "/viec?kenh=counter");
            let cookie = set.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
            let compact = house.get("/viec", &format!("{expert}; {cookie}")).await.text();
            assert!(compact.contains("data-density=\"compact\""), "{compact}");
            assert_eq!(house.get("/density/odd", &expert).await.status, StatusCode::NOT_FOUND);
        });
    }
);

store_test!(
    fn what_an_older_program_wrote_is_brought_up_to_date(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, head] = [COUNTER, HEAD].map(|who| house.sign_in(who));
        let case = run(birth(&house, &counter, "Một"));
        let tenant = house.desk.front.tenant.clone();
        let forget = store.write(move |tx| {
            for sql in [
                "delete from desk_mark where tenant = $1",
                "delete from party_name where tenant = $1",
                "update case_state set accept_by = null, soon_at = null where tenant = $1",
            ] {
                tx.exec(sql, store::args!(&tenant))?;
            }
            Ok::<_, one_stop::Error>(())
        });
        forget.wait().unwrap();
        // The program starts again.
        let desk = Desk::open(one_stop::Parts {
            front: house.desk.front.clone(),
            keyring: identity::seal::Keyring::new(&identity::seal::MasterKey::fresh(
                &kernel::Mint::seeded(1),
            )),
            blobs: house.desk.blobs.clone(),
            certificates: house.desk.certificates.clone(),
            holidays: house.desk.holidays.clone(),
            definitions: house.desk.definitions().clone(),
            rails: house.desk.rails.clone(),
            thresholds: house.desk.thresholds,
            address: house.desk.address.clone(),
        });
        drop(desk.unwrap());
        let page = run(house.get("/so-theo-doi?q=mot", &head)).text();
        assert_eq!(codes(&page), [case.code.as_str()]);
        let agency = case.decided_by;
        let (desk, now) = (house.desk.clone(), case.due().unwrap());
        let soon = store.read(move |tx| {
            let filter = Filter { late: Some(Late::Soon), ..Filter::of(Scope::only(agency), now) };
            register::page(tx, &desk, &filter, None, 10)
        });
        assert_eq!(soon.wait().unwrap().lines.len(), 1, "little time is left at the very end");
    }
);

/// Every list that people wait for, asked in every way that the pages offer.
fn ask_everything(tx: &mut Tx<'_>, desk: &Desk, agency: AgencyId, post: PostId) {
    let now = desk.now();
    let bounds = Bounds::at(now);
    let counter = Whose::Counter(agency, &[casework::ACCEPT, casework::RETURN]);
    for part in [Part::All, Part::Late, Part::Week, Part::Others] {
        let narrow = Narrow { part, ..Narrow::default() };
        for whose in [Whose::Seat(post), counter] {
            work::waiting(tx, desk, whose, &narrow, bounds, None, 50).unwrap();
        }
    }
    work::counts(tx, desk, post, bounds).unwrap();
    let directory = desk.front.directory.get();
    let root = directory.ancestors(agency).last().copied().unwrap_or(agency);
    let whole = Scope::of(&directory, root);
    for scope in [Scope::only(agency), whole] {
        let all = Filter::of(scope.clone(), now);
        let filters = [
            all.clone(),
            Filter { statuses: vec![Status::InProgress], ..all.clone() },
            Filter { procedure: "1.001193".parse().ok(), ..all.clone() },
            Filter { role: Role::Receives, ..all.clone() },
            Filter { late: Some(Late::Now), ..all.clone() },
            Filter { late: Some(Late::Ever), ..all.clone() },
            Filter { channel: Some(Channel::Online), ..all.clone() },
            Filter { sought: Some(Sought::Name("Một".into())), ..all.clone() },
        ];
        for filter in filters {
            register::page(tx, desk, &filter, None, 50).unwrap();
        }
        queries::overview(tx, desk, &scope, now).unwrap();
    }
}

#[test]
fn every_list_reads_down_an_index_in_its_order() {
    store::testing::sqlite(|store| {
        let house = House::open(&store, MONDAY);
        let counter = house.sign_in(COUNTER);
        let case = run(birth(&house, &counter, "Một"));
        let post = case.holdings.values().next().unwrap().post;
        let desk = house.desk.clone();
        let plans = store.read(move |tx| {
            let asked = || ask_everything(tx, &desk, case.decided_by, post);
            let (_, statements) = store::testing::record(asked);
            let mut plans: Vec<(String, Vec<String>)> = Vec::new();
            for (sql, args) in statements {
                let plan = tx.all(&format!("explain query plan {sql}"), &args, |row| row.get(3))?;
                plans.push((sql, plan));
            }
            Ok::<_, one_stop::Error>(plans)
        });
        let plans = plans.wait().unwrap();
        assert!(plans.len() > 30, "{}", plans.len());
        for (sql, plan) in plans {
            let all = plan.join("\n");
            // What a search found is few, and so is what is not over; seats are counted.
            let few = ["c.applicant in", "c.ended_at is null", "group by w."];
            let few = few.iter().any(|few| sql.contains(few));
            let sorts = plan.iter().any(|line| line.contains("TEMP B-TREE FOR"));
            assert!(few || !sorts, "{sql}\n{all}");
            assert!(plan.iter().all(|line| !line.starts_with("SCAN")), "{sql}\n{all}");
            let open = sql.contains("c.ended_at is null");
            assert!(!open || all.contains("case_state_open"), "{sql}\n{all}");
        }
    });
}

fn uuid(n: u32) -> uuid::Uuid {
    uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n))
}

fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(story)
}
