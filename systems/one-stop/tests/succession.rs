//! A ward is merged into its neighbour, and one is divided, while dossiers are under way: what is
//! open goes along with its codes and clocks, what happened stays as it was, and the journal
//! tells all of it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use casework::{Case, Command, Status};
use directory::{
    Directory, DirectoryChange, Error,
    succession::{self, Applied, CaseMover, WorkMove},
};
use journal::{Audit, LogKey, Origin, Sealer, Verdict};
use kernel::{AgencyId, CaseId, EventId, Instant, Mint, Tenant};
use one_stop::{
    Mover,
    commands::{Act, CounterFiling, act},
    measures::Period,
    queries::{self, Scope, Wanted},
    testing::{self, House},
};
use store::{Store, Tx, args, store_test};

/// Quyết Thắng ends and goes to Phan Đình Phùng.
const ENDS: &str = "H55.63";
const HEIR: &str = "H55.62";
const MERGER: &str = r#"
    name = "hai-phuong"
    effective = 2026-12-01
    basis = "Nghị quyết giả định"
    [[place_merge]]
    from = ["05455", "05443"]
    into = "05443"
    [[merge]]
    from = ["H55.63", "H55.62"]
    into = "H55.62"
"#;

/// The house with its officers at work.
struct Office {
    house: House,
    key: LogKey,
}

impl Office {
    fn open(store: &Store) -> Self {
        let house = House::open(store, "2026-10-05T02:00:00Z");
        let key = LogKey::generate(&Mint::seeded(5), Origin::of(&house.desk.front.tenant));
        Self { house, key }
    }

    fn tenant(&self) -> Tenant {
        self.house.desk.front.tenant.clone()
    }

    fn directory(&self) -> Arc<Directory> {
        self.house.desk.front.directory.refresh().unwrap();
        self.house.desk.front.directory.get()
    }

    fn agency(&self, code: &str) -> AgencyId {
        self.directory().agency_by_code(&code.parse().unwrap()).unwrap().id
    }

    fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &Tenant) -> one_stop::Result<T> + Send + 'static,
    ) -> T {
        let tenant = self.tenant();
        self.house.desk.front.store.read(move |tx| work(tx, &tenant)).wait().unwrap()
    }

    async fn files(&self, ward: &str, name: &str, accept: bool) -> Case {
        let filing = testing::filing("1.004873", name, &["to-khai", "giay-to-tuy-than"]);
        let counter = self.house.sign_in(&format!("{ward}/tiep-nhan"));
        let paid = Some("BL 0012".to_owned());
        self.house.file(&counter, CounterFiling { accept, paid, ..filing }).await
    }

    /// A command of whoever holds the dossier now, or of the one named.
    async fn does(&self, case: &Case, who: &str, command: Command) -> Case {
        let me = self.house.officer(&self.house.sign_in(who)).await;
        let asked = Act { case: case.id, expected: None, happened_at: None, command };
        act(&self.house.desk, &me, asked).await.unwrap().case
    }

    /// Six dossiers at a ward, each somewhere else on its way.
    async fn six(&self, ward: &str) -> [Case; 6] {
        let who = |seat: &str| format!("{ward}/{seat}");
        let done = self.files(ward, "Lý Thị Trả", true).await;
        let done = self.finish(&done, ward).await;
        let returned = Command::ReturnResult { note: "đã nhận".into() };
        let done = self.does(&done, &who("tiep-nhan"), returned).await;

        self.house.at("2026-11-30T02:00:00Z");
        let filed = self.files(ward, "Lý Thị Nộp", false).await;
        let expert = self.files(ward, "Lý Thị Thẩm", true).await;
        let signer = self.files(ward, "Lý Thị Ký", true).await;
        let signer = self.does(&signer, &who("thu-ly"), complete("tham-tra", "dat")).await;
        let waits = self.files(ward, "Lý Thị Thiếu", true).await;
        let ask = Command::RequestSupplement {
            reason: casework::SupplementReason::MissingPaper,
            note: "Thiếu trích lục".into(),
        };
        let waits = self.does(&waits, &who("thu-ly"), ask).await;
        let ready = self.files(ward, "Lý Thị Xong", true).await;
        let ready = self.finish(&ready, ward).await;
        [done, filed, expert, signer, waits, ready]
    }

    async fn finish(&self, case: &Case, ward: &str) -> Case {
        let who = |seat: &str| format!("{ward}/{seat}");
        self.does(case, &who("thu-ly"), complete("tham-tra", "dat")).await;
        self.does(case, &who("pho-chu-tich"), complete("ky", "ky")).await;
        self.does(case, &who("tiep-nhan"), complete("van-thu", "xong")).await
    }

    fn prepare(&self, text: &str) -> succession::Plan {
        let front = &self.house.desk.front;
        succession::prepare(&front.store, &front.tenant, text, &front.mint).unwrap()
    }

    fn mover(&self) -> Mover {
        Mover::new(self.house.desk.front.mint.clone())
    }

    fn apply(&self, plan: &succession::Plan, mover: Arc<dyn CaseMover>) -> Result<Applied, Error> {
        let front = &self.house.desk.front;
        let now = self.house.desk.now();
        let applied = succession::apply(&front.store, &front.tenant, plan, &mover, now);
        self.directory();
        applied
    }

    fn case(&self, id: CaseId) -> Case {
        self.read(move |tx, tenant| Ok(casework::load(tx, tenant, id)?.unwrap()))
    }

    /// Every row of the tables that a succession may touch, as text.
    fn rows(&self) -> Vec<String> {
        self.read(|tx, tenant| {
            let mut rows = events(tx, tenant)?;
            for sql in [
                "select state from case_state where tenant = $1 order by id",
                "select name from succession where tenant = $1",
                "select cast(version as text) from directory_version where tenant = $1",
            ] {
                rows.extend(tx.all(sql, args!(tenant), |row| row.get::<String>(0))?);
            }
            let sql = "select case_id, step, agency_id from work_item where tenant = $1
                       order by case_id, step";
            rows.extend(tx.all(sql, args!(tenant), |row| {
                let (case, step, agency): (CaseId, String, AgencyId) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(format!("{case} {step} {agency}"))
            })?);
            Ok(rows)
        })
    }

    fn events(&self) -> Vec<String> {
        self.read(events)
    }

    /// The kinds of what the journal tells of the directory.
    fn told(&self) -> Vec<String> {
        self.read(|tx, tenant| {
            let events = journal::read_case(tx, tenant, journal::subject("directory"))?;
            Ok(events.into_iter().map(|event| event.kind.as_str().to_owned()).collect())
        })
    }

    /// Seals everything, and verifies it; answers how many events there are.
    fn verified(&self) -> u64 {
        let (store, now) = (self.house.desk.front.store.clone(), self.house.desk.now());
        let sealer = Sealer::new(self.tenant(), self.key.clone(), "test");
        store.write(move |tx| sealer.seal(tx, now, 10_000)).wait().unwrap();
        let (tenant, keys) = (self.tenant(), vec![self.key.verifier().clone()]);
        let audit = Audit { tenant, keys, witnesses: vec![], sealed_until: Instant::MAX };
        match store.read(move |tx| journal::verify(tx, &audit, |_, _| {})).wait().unwrap() {
            Verdict::Sound { size, unsealed: 0, .. } => size,
            other => panic!("{other:?}"),
        }
    }

    /// Both counts of October for an agency, as they are shown.
    fn october(&self, agency: AgencyId) -> String {
        let period = Period::month_of("2026-10-15".parse().unwrap());
        let (desk, now) = (self.house.desk.clone(), self.house.desk.now());
        let scope = Scope::of(&self.directory(), agency);
        let wanted = Wanted { scope, procedure: None, period, now };
        self.read(move |tx, _| Ok(format!("{:?}", queries::figures(tx, &desk, &wanted)?)))
    }
}

fn complete(step: &str, outcome: &str) -> Command {
    let (step, outcome) = (step.parse().unwrap(), outcome.parse().unwrap());
    Command::Complete { step, outcome, note: "".into() }
}

/// Every event, whole.
fn events(tx: &mut Tx<'_>, tenant: &Tenant) -> one_stop::Result<Vec<String>> {
    let rows = tx.all(
        "select id, case_id, version, kind, actor, happened_at, recorded_at, data
         from event where tenant = $1 order by id",
        args!(tenant),
        |row| {
            let (id, case, version): (EventId, CaseId, i64) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let (kind, actor, data): (String, String, String) =
                (row.get(3)?, row.get(4)?, row.get(7)?);
            let (happened, recorded): (i64, i64) = (row.get(5)?, row.get(6)?);
            Ok(format!("{id} {case} {version} {kind} {actor} {happened} {recorded} {data}"))
        },
    )?;
    Ok(rows)
}

fn block<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

/// The ward with this code, as the people of the demonstration are named after it.
fn ward(office: &Office, code: &str) -> String {
    let directory = office.directory();
    let agency = directory.agency_by_code(&code.parse().unwrap()).unwrap();
    kernel::fold(&agency.short_name).replace(' ', "-")
}

store_test!(
    fn a_dry_run_counts_what_would_move_and_changes_nothing(store: Store) {
        let office = Office::open(&store);
        block(office.six("phuong-quyet-thang"));
        let before = office.rows();
        let plan = office.prepare(MERGER);
        let front = &office.house.desk.front;
        let (now, mover) = (office.house.desk.now(), Arc::new(office.mover()));
        let report = succession::dry_run(&front.store, &front.tenant, &plan, mover, now).unwrap();
        assert_eq!(report.open_work(), 5, "the closed one stays");
        let said = one_stop::succession_in_words(&report, &office.directory());
        assert!(said.contains("5 open cases move"), "{said}");
        let early = office.apply(&plan, Arc::new(office.mover()));
        assert!(matches!(early, Err(Error::TooEarly(_))), "not before its day");
        assert_eq!(office.rows(), before);
    }
);

store_test!(
    fn open_dossiers_go_to_the_heir_with_their_codes_and_clocks(store: Store) {
        let office = Office::open(&store);
        let before = block(office.six("phuong-quyet-thang"));
        let (ends, heir) = (office.agency(ENDS), office.agency(HEIR));
        let (events, october) = (office.events(), office.october(ends));
        assert!(october.contains('1'), "October has its figures: {october}");

        house_in_december(&office);
        let applied = office.apply(&office.prepare(MERGER), Arc::new(office.mover())).unwrap();
        assert_eq!(applied, Applied { done: 2, skipped: 0, moved: 5 });

        let directory = office.directory();
        for was in &before {
            let is = office.case(was.id);
            assert_eq!((&is.code, &is.procedure), (&was.code, &was.procedure));
            assert_eq!((&is.clock, is.due()), (&was.clock, was.due()), "{}", was.code);
            if was.status == Status::Returned {
                assert_eq!(is, *was, "what is closed is not touched");
                continue;
            }
            assert_eq!((is.decided_by, is.received_by), (heir, heir));
            assert_eq!((is.version, is.status), (was.version + 1, was.status));
            for (step, held) in &is.holdings {
                let old = &was.holdings[step];
                assert_eq!((held.agency, held.since, held.due), (heir, old.since, old.due));
                assert_eq!(directory.post(old.post).unwrap().successor, Some(held.post));
            }
            let id = was.id;
            let rebuilt = office.read(move |tx, tenant| Ok(casework::rebuild(tx, tenant, id)?));
            assert_eq!(rebuilt, is, "it is what its events make of it");
        }

        // Nothing was rewritten: the events of before are there to the byte, and five more tell
        // of the move, others of the directory.
        let after = office.events();
        let kept: Vec<&String> = after.iter().filter(|row| events.contains(row)).collect();
        assert_eq!(kept.len(), events.len());
        let moved = after.iter().filter(|row| row.contains(" moved system:succession "));
        assert_eq!(moved.count(), 5);
        let told = office.told();
        for kind in ["place_closed", "agency_closed", "work_moved", "post_closed", "holding_ended"]
        {
            assert!(told.contains(&format!("directory.{kind}")), "{kind}: {told:?}");
        }
        assert_eq!(after.len(), events.len() + 5 + told.len());
        assert_eq!(office.verified(), after.len() as u64);
        assert_eq!(office.october(ends), october, "old figures stay with whom they were of");

        let left = office.read(move |tx, tenant| {
            let sql = "select count(*) from work_item where tenant = $1 and agency_id = $2";
            Ok(tx.one(sql, args!(tenant, ends), |row| row.get::<i64>(0))?)
        });
        assert_eq!(left, 0, "nothing waits at an agency that is gone");
    }
);

store_test!(
    fn work_goes_on_in_the_hands_of_the_heir(store: Store) {
        let office = Office::open(&store);
        let [_, filed, expert, ..] = block(office.six("phuong-quyet-thang"));
        house_in_december(&office);
        office.apply(&office.prepare(MERGER), Arc::new(office.mover())).unwrap();
        let accept = Command::Accept { note: "".into() };
        let clerk = "phuong-phan-dinh-phung/nong-thi-hien";
        let taken = block(office.does(&filed, clerk, accept));
        assert_eq!((taken.status, taken.code), (Status::InProgress, filed.code));

        let holder = office.case(expert.id).holdings.values().next().unwrap().post;
        let directory = office.directory();
        let person = directory.holder(holder, office.house.desk.now()).unwrap();
        let mut persons = office.house.persons.iter();
        let (slug, _) = persons.find(|(_, id)| **id == person.id).unwrap();
        assert!(slug.starts_with("phuong-phan-dinh-phung/"), "{slug}");
        let next = block(office.does(&expert, slug, complete("tham-tra", "dat")));
        assert!(next.holdings.keys().any(|step| step.as_str() == "ky"));
    }
);

/// Moves as the desk does, and breaks off after the orders that are allowed, with the work of
/// the next one done by half.
struct BreaksOff {
    mover: Mover,
    allowed: usize,
    orders: AtomicUsize,
}

impl CaseMover for BreaksOff {
    fn open_work(&self, tx: &mut Tx<'_>, tenant: &Tenant, agency: AgencyId) -> Result<u64, Error> {
        self.mover.open_work(tx, tenant, agency)
    }

    fn move_open_work(&self, tx: &mut Tx<'_>, order: &WorkMove<'_>) -> Result<u64, Error> {
        let moved = self.mover.move_open_work(tx, order)?;
        // A transaction that PostgreSQL runs twice counts once more; the second agency fails
        // either way.
        match self.orders.fetch_add(1, Ordering::SeqCst) < self.allowed {
            true => Ok(moved),
            false => Err(Error::Mover("the machine stops".into())),
        }
    }

    fn record(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        changes: &[DirectoryChange],
        now: Instant,
    ) -> Result<(), Error> {
        self.mover.record(tx, tenant, changes, now)
    }
}

store_test!(
    fn an_agency_moves_whole_or_not_at_all_and_the_rest_is_done_later(store: Store) {
        let office = Office::open(&store);
        let other = ward(&office, "H55.64");
        let first = block(office.six("phuong-quyet-thang"));
        office.house.at("2026-10-05T02:00:00Z");
        let second = block(office.six(&other));
        house_in_december(&office);
        let text = r#"
            name = "ba-phuong"
            effective = 2026-12-01
            basis = "Nghị quyết giả định"
            [[merge]]
            from = ["H55.63", "H55.64"]
            into = "H55.62"
        "#;
        let plan = office.prepare(text);
        let breaks = BreaksOff { mover: office.mover(), allowed: 1, orders: AtomicUsize::new(0) };
        let stopped = office.apply(&plan, Arc::new(breaks));
        assert!(matches!(stopped, Err(Error::Mover(_))), "{stopped:?}");
        let (heir, waits) = (office.agency(HEIR), office.agency("H55.64"));
        assert!(first.iter().skip(1).all(|case| office.case(case.id).decided_by == heir));
        for case in &second {
            assert_eq!(office.case(case.id), *case, "nothing of the second agency moved");
        }
        assert!(office.directory().agency(waits).unwrap().validity.to.is_none());
        let half = office.told().iter().filter(|kind| kind.ends_with("agency_closed")).count();
        assert_eq!(half, 1, "what was undone is not told");
        office.verified();

        let plan = office.prepare(text);
        let applied = office.apply(&plan, Arc::new(office.mover())).unwrap();
        assert_eq!(applied, Applied { done: 1, skipped: 1, moved: 5 });
        assert!(second.iter().skip(1).all(|case| office.case(case.id).decided_by == heir));
        let events = office.events();
        let again = office.apply(&office.prepare(text), Arc::new(office.mover())).unwrap();
        assert_eq!(again, Applied { done: 0, skipped: 2, moved: 0 });
        assert_eq!(office.events(), events, "a third run finds nothing to do");
        assert_eq!(office.verified(), events.len() as u64);
    }
);

store_test!(
    fn a_ward_is_divided_and_each_dossier_follows_its_post(store: Store) {
        let office = Office::open(&store);
        let before = block(office.six("phuong-quyet-thang"));
        house_in_december(&office);
        let text = r#"
            name = "tach-phuong"
            effective = 2026-12-01
            basis = "Nghị quyết giả định"
            [[open]]
            code = "H55.301"
            name = "Ủy ban nhân dân phường Một"
            level = "commune"
            parent = "H55"
            [[open]]
            code = "H55.302"
            name = "Ủy ban nhân dân phường Hai"
            level = "commune"
            parent = "H55"
            [[split]]
            from = "H55.63"
            into = ["H55.301", "H55.302"]
            [[post]]
            agency = "H55.63"
            role = "expert"
            to = "H55.302"
            carry = true
        "#;
        office.apply(&office.prepare(text), Arc::new(office.mover())).unwrap();
        let (one, two) = (office.agency("H55.301"), office.agency("H55.302"));
        let [done, filed, expert, signer, waits, ready] = before;
        assert_eq!(office.case(done.id), done);
        // Who holds a dossier takes it along; the first heir has what nobody holds.
        for (was, to) in
            [(&filed, one), (&expert, two), (&signer, one), (&waits, two), (&ready, one)]
        {
            let is = office.case(was.id);
            assert_eq!((&is.code, &is.clock), (&was.code, &was.clock));
            assert_eq!((is.decided_by, is.received_by), (to, to), "{}", was.code);
            assert_eq!(is.version, was.version + 1, "moved once");
        }
        let holder = |case: &Case| office.case(case.id).holdings.values().next().unwrap().agency;
        assert_eq!((holder(&expert), holder(&waits)), (two, two), "with the expert's seat");
        assert_eq!(holder(&signer), one, "with the deputy's seat");
        let directory = office.directory();
        let seat = office.case(expert.id).holdings.values().next().unwrap().post;
        let sits = directory.holder(seat, office.house.desk.now()).unwrap().id;
        assert_eq!(sits, office.house.persons["phuong-quyet-thang/thu-ly"], "and its holder");
        assert_eq!(office.verified(), office.events().len() as u64);
    }
);

/// Two days after the plans take effect.
fn house_in_december(office: &Office) {
    office.house.at("2026-12-02T02:00:00Z");
}
