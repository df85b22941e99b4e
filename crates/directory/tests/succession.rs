//! A reorganisation, looked at, applied, broken off and gone on with, on both stores.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use directory::{
    Agency, AgencyLevel, Conversion, CurrentDirectory, Directory, DirectoryChange, Error, Holding,
    Person, Post, Validity, demo, edit,
    succession::{self, Applied, CaseMover, WorkMove},
};
use kernel::{AgencyId, Instant, Mint, PersonId, PostId, Tenant};
use store::{Migration, Store, Tx, args, store_test};

/// Cases as simple as can be: who holds it, and whether it is open.
const CASES: &[Migration] = &[Migration::new(
    "test",
    1,
    "cases",
    "create table test_case (tenant text not null, code text not null, agency uuid not null,
        post uuid, open boolean not null, primary key (tenant, code));
     create table test_fact (tenant text not null, kind text not null, n bigint not null,
        primary key (tenant, kind))",
)];

/// Moves the rows of `test_case`; refuses the orders after the first `allowed`.
struct Desk {
    allowed: usize,
    orders: AtomicUsize,
}

impl Desk {
    fn that_stops_after(allowed: usize) -> Arc<dyn CaseMover> {
        Arc::new(Self { allowed, orders: AtomicUsize::new(0) })
    }
}

impl CaseMover for Desk {
    fn open_work(&self, tx: &mut Tx<'_>, tenant: &Tenant, agency: AgencyId) -> Result<u64, Error> {
        let sql = "select count(*) from test_case where tenant = $1 and agency = $2 and open";
        Ok(tx.one(sql, args!(tenant, agency), |row| row.get(0))?)
    }

    fn move_open_work(&self, tx: &mut Tx<'_>, order: &WorkMove<'_>) -> Result<u64, Error> {
        let mut moved = 0;
        for (from, to) in order.posts {
            moved += tx.exec(
                "update test_case set agency = $4, post = $5
                 where tenant = $1 and agency = $2 and post = $3 and open",
                args!(order.tenant, order.from, *from, order.to, *to),
            )?;
        }
        if order.rest {
            moved += tx.exec(
                "update test_case set agency = $3, post = null
                 where tenant = $1 and agency = $2 and open",
                args!(order.tenant, order.from, order.to),
            )?;
        }
        // It breaks after the writes, so that the test sees them taken back.
        if self.orders.fetch_add(1, Ordering::SeqCst) >= self.allowed {
            return Err(Error::Mover("the machine stops".into()));
        }
        Ok(moved)
    }

    fn record(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        changes: &[DirectoryChange],
        _now: Instant,
    ) -> Result<(), Error> {
        for change in changes {
            tx.put(
                "insert into test_fact (tenant, kind, n) values ($1, $2, 1)
                 on conflict (tenant, kind) do update set n = test_fact.n + 1",
                args!(tenant, change.kind()),
            )?;
        }
        Ok(())
    }
}

const PLAN: &str = r#"
name = "bac-kan-thai-nguyen"
effective = 2025-07-01
basis = "Nghị quyết 202/2025/QH15"

[[merge]]
from = ["H03.02", "H55.02"]
into = "H55.02"

[[post]]
agency = "H03.02"
role = "clerk"
to_role = "expert"

[[merge]]
from = ["H03.09"]
into = "H55.09"
posts = "carry"

[[rename]]
agency = "H55.09"
name = "Sở Khoa học và Công nghệ (mới)"
"#;

fn tenant() -> Tenant {
    "H55".parse().unwrap()
}
fn day(text: &str) -> Instant {
    kernel::from_local(text.parse::<jiff::civil::Date>().unwrap().at(0, 0, 0, 0))
}

/// Two departments of each of two provinces; one seat of each role in each, one case in each
/// seat, and one that is closed.
struct Office {
    store: Store,
    mint: Arc<Mint>,
}

impl Office {
    fn new(store: Store) -> Self {
        store.migrate(&[directory::MIGRATIONS, CASES]).unwrap();
        let mint = Arc::new(Mint::seeded(1));
        let inner = mint.clone();
        let enter = move |tx: &mut Tx<'_>| -> Result<(), Error> {
            for code in ["H55", "H55.02", "H55.09", "H03.02", "H03.09"] {
                agency(tx, &inner, code)?;
            }
            Ok(())
        };
        store.write(enter).wait().unwrap();
        Self { store, mint }
    }
    fn directory(&self) -> Arc<Directory> {
        CurrentDirectory::open(self.store.clone(), tenant()).unwrap().get()
    }
    fn prepare(&self) -> succession::Plan {
        succession::prepare(&self.store, &tenant(), PLAN, &self.mint).unwrap()
    }
    fn apply(&self, plan: &succession::Plan, orders: usize) -> Result<Applied, Error> {
        succession::apply(
            &self.store,
            &tenant(),
            plan,
            &Desk::that_stops_after(orders),
            day("2025-07-02"),
        )
    }
    /// Code of the case, of its agency, title of its post.
    fn cases(&self) -> Vec<String> {
        let directory = self.directory();
        let sql = "select code, agency, post from test_case where tenant = $1 order by code";
        let rows: Vec<(String, AgencyId, Option<PostId>)> = self
            .store
            .read(move |tx: &mut Tx<'_>| {
                tx.all(sql, args!(&tenant()), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            })
            .wait()
            .unwrap();
        let line = |(code, agency, post): &(String, AgencyId, Option<PostId>)| {
            let agency = &directory.agency(*agency).unwrap().code;
            let post = post.map_or("-", |post| directory.post(post).unwrap().title.as_str());
            format!("{code}: {agency} {post}")
        };
        rows.iter().map(line).collect()
    }
    /// How many facts of each kind were kept.
    fn facts(&self) -> Vec<(String, i64)> {
        let sql = "select kind, n from test_fact where tenant = $1 order by kind";
        let read = move |tx: &mut Tx<'_>| {
            tx.all(sql, args!(&tenant()), |row| Ok((row.get(0)?, row.get(1)?)))
        };
        let facts: Result<_, store::Error> = self.store.read(read).wait();
        facts.unwrap()
    }
}

fn agency(tx: &mut Tx<'_>, mint: &Mint, code: &str) -> Result<(), Error> {
    let at = day("2020-01-01");
    let validity = Validity::since(at);
    let id = mint.id(at);
    let agency = Agency {
        id,
        code: code.parse().unwrap(),
        name: format!("Cơ quan {code}"),
        short_name: code.into(),
        level: AgencyLevel::Department,
        parent: None,
        place: None,
        working_week: None,
        validity,
        successor: None,
        former_names: Vec::new(),
    };
    let roles: &[&str] = match code {
        "H55" => &[],
        "H03.02" => &["head", "expert", "clerk"],
        _ => &["head", "expert"],
    };
    let (posts, _) = edit(tx, &tenant(), |edit| {
        edit.add_agency(&agency)?;
        let mut posts = Vec::new();
        for role in roles {
            let person: PersonId = mint.id(at);
            let post = Post {
                id: mint.id(at),
                agency: id,
                code: None,
                title: format!("{role} {code}"),
                role: role.parse()?,
                fields: Vec::new(),
                head: *role == "head",
                validity,
                successor: None,
            };
            let name = format!("Người {role} {code}");
            edit.add_post(&post)?;
            edit.add_person(&Person {
                id: person,
                code: None,
                name,
                note: String::new(),
                validity,
            })?;
            edit.hold(&Holding { post: post.id, person, validity })?;
            posts.push(post);
        }
        Ok(posts)
    })?;
    let case = |tx: &mut Tx<'_>, name: String, post: Option<PostId>, open: bool| {
        tx.put(
            "insert into test_case (tenant, code, agency, post, open) values ($1, $2, $3, $4, $5)",
            args!(&tenant(), &name, id, post, open),
        )
    };
    for post in &posts {
        case(tx, format!("{code}-{}", post.role), Some(post.id), true)?;
    }
    case(tx, format!("{code}-closed"), posts.first().map(|post| post.id), false)?;
    case(tx, format!("{code}-nobody"), None, true)?;
    Ok(())
}

const AFTER: &[&str] = &[
    "H03.02-clerk: H55.02 expert H55.02",
    "H03.02-closed: H03.02 head H03.02",
    "H03.02-expert: H55.02 expert H55.02",
    "H03.02-head: H55.02 head H55.02",
    "H03.02-nobody: H55.02 -",
    "H03.09-closed: H03.09 head H03.09",
    "H03.09-expert: H55.09 expert H03.09",
    "H03.09-head: H55.09 head H55.09",
    "H03.09-nobody: H55.09 -",
];

store_test!(
    fn a_dry_run_says_what_would_move_and_changes_nothing(store: Store) {
        let office = Office::new(store);
        let (cases, version) = (office.cases(), office.directory().version());
        let plan = office.prepare();
        let at = day("2025-06-20");
        let report =
            succession::dry_run(&office.store, &tenant(), &plan, Desk::that_stops_after(0), at)
                .unwrap();
        assert_eq!(report.open_work(), 7);
        let ends: Vec<(&str, u64, bool)> = report
            .agencies_end
            .iter()
            .map(|end| (end.code.as_str(), end.open_work, end.done))
            .collect();
        assert_eq!(ends, [("H03.02", 4, false), ("H03.09", 3, false)]);
        let directory = office.directory();
        let mut unseated: Vec<&str> =
            report.unseated().map(|p| directory.person(p).unwrap().name.as_str()).collect();
        unseated.sort_unstable();
        // The expert of H03.09 is carried; the others come to seats that are taken.
        assert_eq!(
            unseated,
            ["Người clerk H03.02", "Người expert H03.02", "Người head H03.02", "Người head H03.09"]
        );
        assert_eq!((office.cases(), office.directory().version()), (cases, version));
        let early =
            succession::apply(&office.store, &tenant(), &plan, &Desk::that_stops_after(9), at);
        assert!(matches!(early, Err(Error::TooEarly(_))));
    }
);

store_test!(
    fn applying_moves_open_work_and_keeps_the_past(store: Store) {
        let office = Office::new(store);
        let before = office.directory();
        let old = before.agency_by_code(&"H03.02".parse().unwrap()).unwrap();
        let plan = office.prepare();
        let applied = office.apply(&plan, 9).unwrap();
        assert_eq!(applied, Applied { done: 3, skipped: 0, moved: 7 });
        let merged: Vec<String> =
            office.cases().into_iter().filter(|line| line.starts_with("H03")).collect();
        assert_eq!(merged, AFTER);

        let after = office.directory();
        let closed = after.agency(old.id).unwrap();
        assert_eq!((closed.code.as_str(), closed.name.as_str()), ("H03.02", "Cơ quan H03.02"));
        assert_eq!(closed.validity.to, Some(day("2025-07-01")));
        assert_eq!(after.successor(old.id).unwrap().code.as_str(), "H55.02");
        let expert = before.posts_in(old.id, day("2025-06-01")).find(|p| !p.head).unwrap();
        assert!(after.holder(expert.id, day("2025-06-30")).is_some());
        assert!(after.holder(expert.id, day("2025-07-01")).is_none());
        let heir = after.agency_by_code(&"H55.09".parse().unwrap()).unwrap();
        assert_eq!(heir.name, "Sở Khoa học và Công nghệ (mới)");
        assert_eq!(heir.name_at(day("2025-06-30")), "Cơ quan H55.09");
        let seats: Vec<&str> =
            after.posts_in(heir.id, day("2025-07-02")).map(|p| p.title.as_str()).collect();
        assert_eq!(seats, ["head H55.09", "expert H03.09", "expert H55.09"]);
        let carried = after
            .posts_in(heir.id, day("2025-07-02"))
            .find(|p| p.title == "expert H03.09")
            .unwrap();
        let holder = after.holder(carried.id, day("2025-07-02")).unwrap();
        assert_eq!(holder.name, "Người expert H03.09");
    }
);

store_test!(
    fn applying_twice_is_applying_once(store: Store) {
        let office = Office::new(store);
        let plan = office.prepare();
        office.apply(&plan, 9).unwrap();
        let (cases, facts) = (office.cases(), office.facts());
        let version = office.directory().version();
        let again = office.apply(&office.prepare(), 9).unwrap();
        assert_eq!(again, Applied { done: 0, skipped: 3, moved: 0 });
        assert_eq!((office.cases(), office.facts()), (cases, facts));
        assert_eq!(office.directory().version(), version);

        let other = PLAN.replace("2025-07-01", "2025-06-01");
        let refused = succession::prepare(&office.store, &tenant(), &other, &office.mint);
        assert!(matches!(refused, Err(Error::OtherPlan(name)) if name == "bac-kan-thai-nguyen"));
    }
);

store_test!(
    fn a_machine_that_stops_half_way_goes_on_where_it_stopped(store: Store) {
        let office = Office::new(store);
        let stopped = office.apply(&office.prepare(), 1);
        assert!(matches!(stopped, Err(Error::Mover(_))));
        let cases = office.cases();
        assert!(cases.contains(&"H03.02-expert: H55.02 expert H55.02".to_owned()));
        assert!(cases.contains(&"H03.09-expert: H03.09 expert H03.09".to_owned()));
        let half = office.directory();
        assert!(half.agency_by_code(&"H03.09".parse().unwrap()).unwrap().validity.to.is_none());

        // The file does not fit the directory any more; the plan that was begun does.
        let plan = office.prepare();
        let at = day("2025-07-02");
        let report =
            succession::dry_run(&office.store, &tenant(), &plan, Desk::that_stops_after(0), at)
                .unwrap();
        assert_eq!(report.steps_done, ["close H03.02", "rename H55.09"]);
        assert_eq!(report.open_work(), 3);
        let applied = office.apply(&plan, 9).unwrap();
        assert_eq!(applied, Applied { done: 1, skipped: 2, moved: 3 });
        let merged: Vec<String> =
            office.cases().into_iter().filter(|line| line.starts_with("H03")).collect();
        assert_eq!(merged, AFTER);
    }
);

store_test!(
    fn a_department_is_divided_and_each_case_follows_its_post(store: Store) {
        let office = Office::new(store);
        let text = r#"
            name = "tach-so"
            effective = 2025-07-01
            basis = "Nghị quyết của HĐND tỉnh"
            [[open]]
            code = "H55.31"
            name = "Sở mới một"
            level = "department"
            parent = "H55"
            [[open]]
            code = "H55.32"
            name = "Sở mới hai"
            level = "department"
            parent = "H55"
            [[split]]
            from = "H03.02"
            into = ["H55.31", "H55.32"]
            [[post]]
            agency = "H03.02"
            role = "expert"
            to = "H55.32"
            carry = true
        "#;
        let plan = succession::prepare(&office.store, &tenant(), text, &office.mint).unwrap();
        let applied = office.apply(&plan, 9).unwrap();
        assert_eq!(applied, Applied { done: 3, skipped: 0, moved: 4 });
        let divided: Vec<String> =
            office.cases().into_iter().filter(|line| line.starts_with("H03.02")).collect();
        assert_eq!(
            divided,
            [
                "H03.02-clerk: H55.31 clerk H03.02",
                "H03.02-closed: H03.02 head H03.02",
                "H03.02-expert: H55.32 expert H03.02",
                "H03.02-head: H55.31 head H03.02",
                "H03.02-nobody: H55.31 -",
            ]
        );
        let directory = office.directory();
        let people = |code: &str| {
            let agency = directory.agency_by_code(&code.parse().unwrap()).unwrap().id;
            let at = day("2025-07-02");
            let posts = directory.posts_in(agency, at);
            posts.filter(|post| directory.holder(post.id, at).is_some()).count()
        };
        assert_eq!((people("H55.31"), people("H55.32")), (2, 1));
    }
);

store_test!(
    fn two_wards_become_one_and_a_commune_becomes_a_ward(store: Store) {
        let office = Office::new(store);
        let text = r#"
            name = "phuong-xa-2027"
            effective = 2025-07-01
            basis = "Nghị quyết của UBTVQH"
            [[place_merge]]
            from = ["05455", "05443"]
            into = "05443"
            [[place]]
            code = "05830"
            name = "Phường Đại Từ"
        "#;
        let plan = succession::prepare(&office.store, &tenant(), text, &office.mint).unwrap();
        office.apply(&plan, 0).unwrap();
        let directory = office.directory();
        let code = |text: &str| text.parse().unwrap();
        let whole = Some(Conversion::Whole(code("05443")));
        assert_eq!(directory.places().follow(&code("05455")), whole);
        let dai_tu = |day: &str| {
            let on = day.parse().unwrap();
            directory.places().on(&code("05830"), on).map(|place| place.name.to_string())
        };
        assert_eq!(dai_tu("2026-01-01").as_deref(), Some("Phường Đại Từ"));
        let kept = directory.places().get(&code("05830")).unwrap();
        assert_eq!(kept.parent, Some(code("19")));
    }
);

store_test!(
    fn a_ward_of_the_demonstration_takes_in_its_neighbour(store: Store) {
        store.migrate(&[directory::MIGRATIONS, CASES]).unwrap();
        let mint = Arc::new(Mint::seeded(7));
        let inner = mint.clone();
        let enter = move |tx: &mut Tx<'_>| demo::load(tx, &inner, day("2025-07-01"));
        let province = store.write(enter).wait().unwrap();
        let text = r#"
            name = "quyet-thang"
            effective = 2026-11-01
            basis = "Nghị quyết giả định"
            [[place_merge]]
            from = ["05455", "05443"]
            into = "05443"
            [[merge]]
            from = ["H55.63", "H55.62"]
            into = "H55.62"
        "#;
        let plan = succession::prepare(&store, &tenant(), text, &mint).unwrap();
        let at = day("2026-11-23");
        let applied =
            succession::apply(&store, &tenant(), &plan, &Desk::that_stops_after(9), at).unwrap();
        assert_eq!(applied, Applied { done: 2, skipped: 0, moved: 0 });
        let directory = CurrentDirectory::open(store, tenant()).unwrap().get();
        let closed = province.agencies["phuong-quyet-thang"];
        let heir = directory.successor(closed).unwrap();
        assert_eq!(heir.id, province.agencies["phuong-phan-dinh-phung"]);
        assert!(directory.candidates(closed, "expert", "Hộ tịch", at).is_empty());
        // Whoever handled everything there is succeeded by whoever handles everything here.
        let expert = directory.post(province.posts["phuong-quyet-thang/thu-ly"]).unwrap();
        let here = province.posts["phuong-phan-dinh-phung/tong-hop"];
        assert_eq!(expert.successor, Some(here));
        let place = directory.agency(closed).unwrap().place.clone().unwrap();
        let heir_place = heir.place.clone().unwrap();
        assert_eq!(directory.places().follow(&place), Some(Conversion::Whole(heir_place)));
        assert_eq!(directory.children(province.agencies["ubnd-tinh"]).len(), 91 + 17);
    }
);
