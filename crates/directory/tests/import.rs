//! A directory that an office keeps in a file: entered, entered again, changed; on both stores.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;

use directory::{
    CurrentDirectory, Directory, DirectoryChange, Error, demo, edit,
    import::{Form, carry_out, compare, export, read},
};
use kernel::{Instant, Mint, Tenant};
use store::{Store, Tx, store_test};

const SAMPLE: &str = include_str!("../../../docs/examples/danh-ba.toml");

fn tenant() -> Tenant {
    "H00".parse().unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// An office with a mint of its own.
struct Office {
    store: Store,
    mint: Arc<Mint>,
}

impl Office {
    fn new(store: Store) -> Self {
        store.migrate(&[directory::MIGRATIONS]).unwrap();
        Self { store, mint: Arc::new(Mint::seeded(1)) }
    }

    fn imports(&self, text: &str, now: &str) -> Result<Vec<DirectoryChange>, Error> {
        let (text, mint, now) = (text.to_owned(), self.mint.clone(), at(now));
        let work = move |tx: &mut Tx<'_>| {
            let file = read(&text, Form::Toml).map_err(Error::Import)?;
            let directory = Directory::load(tx, &tenant())?;
            let wanted = compare(&directory, &file, &mint, now).map_err(Error::Import)?;
            let ((), changes) = edit(tx, &tenant(), |edit| carry_out(edit, &wanted))?;
            Ok(changes)
        };
        self.store.write(work).wait()
    }

    fn directory(&self) -> Arc<Directory> {
        CurrentDirectory::open(self.store.clone(), tenant()).unwrap().get()
    }
}

store_test!(
    fn the_same_file_again_changes_nothing(store: Store) {
        let office = Office::new(store);
        let made = office.imports(SAMPLE, "2026-11-23T02:00:00Z").unwrap();
        assert_eq!(made.len(), 20, "{made:?}");
        let directory = office.directory();
        let commune = directory.agency_by_code(&"H00.21".parse().unwrap()).unwrap();
        assert_eq!(commune.name, "Ủy ban nhân dân xã Đầu Nguồn");
        assert!(commune.working_week.as_ref().unwrap().starts_with("mon-fri 07:30-11:30"));
        // Since the day of the file, midnight in Việt Nam.
        assert_eq!(commune.validity.from, at("2025-12-31T17:00:00Z"));
        let now = at("2026-11-23T02:00:00Z");
        let experts = directory.candidates(commune.id, "expert", "Hộ tịch", now);
        let holder = directory.holder(experts[0], now).unwrap();
        assert_eq!(holder.name, "Lý Văn Bình");
        assert!(directory.candidates(commune.id, "expert", "Đất đai", now).is_empty());

        let version = directory.version();
        assert_eq!(office.imports(SAMPLE, "2026-11-24T02:00:00Z").unwrap(), []);
        let exported = export(&directory, now);
        assert_eq!(office.imports(&exported, "2026-11-24T02:00:00Z").unwrap(), []);
        assert_eq!(office.directory().version(), version);
    }
);

store_test!(
    fn a_new_holder_and_a_new_name_have_their_day_and_the_past_stays(store: Store) {
        let office = Office::new(store);
        office.imports(SAMPLE, "2026-01-02T02:00:00Z").unwrap();
        let changed = r#"
            effective = 2026-06-01
            [[agency]]
            code = "H00.21"
            name = "Ủy ban nhân dân phường Đầu Nguồn"
            hours = ""
            [[person]]
            code = "cb-003"
            name = "Nông Thị Thanh Thủy"
            [[post]]
            agency = "H00.21"
            code = "tu-phap"
            title = "Công chức tư pháp"
            holder = "cb-003"
            [[post]]
            agency = "H00.21"
            code = "tra-ket-qua"
            holder = ""
        "#;
        let changes = office.imports(changed, "2026-06-02T02:00:00Z").unwrap();
        let kinds: Vec<&str> = changes.iter().map(DirectoryChange::kind).collect();
        assert_eq!(
            kinds,
            [
                "directory.agency_renamed",
                "directory.agency_changed",
                "directory.person_renamed",
                "directory.post_changed",
                "directory.holding_ended",
                "directory.holding_began",
                "directory.holding_ended",
            ]
        );
        let told = serde_json::to_string(&changes).unwrap();
        assert!(!told.contains("Thủy"), "the journal learns no names of people: {told}");

        let directory = office.directory();
        let (may, june) = (at("2026-05-31T16:59:59Z"), at("2026-05-31T17:00:00Z"));
        let commune = directory.agency_by_code(&"H00.21".parse().unwrap()).unwrap();
        assert_eq!(commune.name_at(may), "Ủy ban nhân dân xã Đầu Nguồn");
        assert_eq!(commune.name_at(june), "Ủy ban nhân dân phường Đầu Nguồn");
        assert_eq!(commune.working_week, None);
        let seat = |code: &str| {
            let mut posts = directory.posts_in(commune.id, june);
            posts.find(|post| post.code.as_ref().unwrap().as_str() == code).unwrap()
        };
        let name = |code: &str, at| directory.holder(seat(code).id, at).map(|p| p.name.as_str());
        assert_eq!(seat("tu-phap").fields, ["Hộ tịch", "Chứng thực", "Cư trú"], "said nothing of");
        assert_eq!(name("tu-phap", may), Some("Lý Văn Bình"));
        assert_eq!(name("tu-phap", june), Some("Nông Thị Thanh Thủy"));
        assert_eq!((name("tra-ket-qua", may).is_some(), name("tra-ket-qua", june)), (true, None));

        // Before that day somebody else had the seat; the past is not rewritten.
        let backwards = changed.replace("2026-06-01", "2026-03-01").replace("cb-003", "cb-001");
        let refused = office.imports(&backwards, "2026-06-03T02:00:00Z").unwrap_err();
        let Error::Import(faults) = refused else { panic!("{refused}") };
        assert!(faults[0].to_string().contains("came after the day of the file"), "{faults:?}");
    }
);

store_test!(
    fn a_file_with_a_fault_leaves_nothing(store: Store) {
        let office = Office::new(store);
        let wrong = SAMPLE.replace("holder = \"cb-003\"", "holder = \"cb-333\"");
        let refused = office.imports(&wrong, "2026-11-23T02:00:00Z");
        assert!(matches!(refused, Err(Error::Import(faults)) if faults.len() == 1));
        assert_eq!(office.directory().agencies().count(), 0);
    }
);

store_test!(
    fn an_agency_that_ended_is_not_opened_again_by_an_old_file(store: Store) {
        let office = Office::new(store);
        office.imports(SAMPLE, "2026-01-02T02:00:00Z").unwrap();
        let commune = office.directory().agency_by_code(&"H00.21".parse().unwrap()).unwrap().id;
        let end = move |tx: &mut Tx<'_>| {
            edit(tx, &tenant(), |edit| edit.close_agency(commune, at("2026-03-01T00:00:00Z"), None))
        };
        office.store.write(end).wait().unwrap();
        let refused = office.imports(SAMPLE, "2026-06-03T02:00:00Z");
        let Err(Error::Import(faults)) = refused else { panic!("{refused:?}") };
        assert!(faults[0].to_string().contains("came to its end"), "{faults:?}");
    }
);

store_test!(
    fn the_demonstration_is_exported_and_imported_without_a_change(store: Store) {
        store.migrate(&[directory::MIGRATIONS]).unwrap();
        let mint = Arc::new(Mint::seeded(7));
        let inner = mint.clone();
        let founded = at("2025-06-30T17:00:00Z");
        store.write(move |tx: &mut Tx<'_>| demo::load(tx, &inner, founded)).wait().unwrap();
        let tenant = demo::tenant().unwrap();
        let directory = CurrentDirectory::open(store, tenant).unwrap().get();
        let now = at("2026-11-23T02:00:00Z");
        let file = read(&export(&directory, now), Form::Toml).unwrap();
        let changes = compare(&directory, &file, &mint, now).unwrap();
        let steps: Vec<String> = changes.steps.iter().map(ToString::to_string).collect();
        assert_eq!(steps, Vec::<String>::new());
    }
);
