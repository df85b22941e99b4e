//! The irregularity finder, measured on a generated history in which it is known what was
//! arranged.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::print_stdout, reason = "precision and recall are there to be read")]

use std::collections::BTreeSet;

use journal::{LogKey, Origin};
use kernel::{CaseCode, Instant, Mint, today};
use one_stop::{
    Error,
    demo::{self, Plan},
    measures::{Finding, IrregularityKind, Period, Rules, find_irregularities},
    queries::{self, Scope},
    testing::House,
};
use store::{args, store_test};

/// A Monday, ten past ten in the morning.
const NOW: &str = "2026-11-23T03:10:00Z";
/// Of all that was arranged, at least so much is found.
const RECALL_MIN: f64 = 0.95;
/// Of all that is found, at least so much was arranged.
const PRECISION_MIN: f64 = 0.9;

type Labelled = BTreeSet<(String, CaseCode)>;

/// What the finder says of the whole history, as its page asks it.
fn findings(house: &House, plan: &Plan) -> Vec<Finding> {
    let desk = house.desk.clone();
    let directory = desk.front.directory.get();
    let top = directory.agencies().find(|agency| agency.parent.is_none()).unwrap().id;
    let scope = Scope::of(&directory, top);
    let last = today(plan.until);
    let first = last.saturating_sub(jiff::Span::new().months(i64::from(plan.months)));
    let (period, now) = (Period::days(first, last).unwrap(), plan.until);
    let read = house.desk.front.store.read(move |tx| {
        let (stories, more) = queries::stories(tx, &desk, &scope, period)?;
        assert!(!more, "the finder saw every dossier");
        let calendars = desk.moment().calendars;
        let rules = Rules::default();
        Ok::<_, Error>(find_irregularities(&stories, |id| calendars.agency(id), &rules, now))
    });
    read.wait().unwrap()
}

fn planted(house: &House) -> Labelled {
    let tenant = house.desk.front.tenant.clone();
    let read = house.desk.front.store.read(move |tx| {
        let sql = "select p.kind, c.code from demo_planted p
                   join case_state c on c.tenant = p.tenant and c.id = p.case_id
                   where p.tenant = $1";
        tx.all(sql, args!(&tenant), |row| Ok((row.get(0)?, row.get(1)?)))
    });
    read.wait().map_err(|error: store::Error| error).unwrap().into_iter().collect()
}

store_test!(
    fn what_was_arranged_is_found_and_hardly_anything_else(store: Store) {
        let until: Instant = NOW.parse().unwrap();
        let plan = Plan { dossiers: 3_000, ..Plan::until(until) };
        let house = House::open(&store, NOW);
        let key = LogKey::generate(&Mint::seeded(3), Origin::of(&house.desk.front.tenant));
        demo::generate(&house.desk, &key, &plan, &mut |_, _| {}).unwrap();

        let findings = findings(&house, &plan);
        let found: Labelled = findings
            .iter()
            .flat_map(|f| f.cases.iter().map(|code| (f.kind.word().to_owned(), code.clone())))
            .collect();
        let planted = planted(&house);
        let mut wrong = Vec::new();
        for kind in IrregularityKind::ALL {
            let of = |set: &Labelled| -> BTreeSet<CaseCode> {
                let of_kind = set.iter().filter(|(word, _)| word == kind.word());
                of_kind.map(|(_, code)| code.clone()).collect()
            };
            let (planted, found) = (of(&planted), of(&found));
            let hits = planted.intersection(&found).count() as f64;
            let (precision, recall) = (hits / found.len() as f64, hits / planted.len() as f64);
            println!(
                "irregular.{} precision {precision:.2} recall {recall:.2} planted {} found {}",
                kind.word(),
                planted.len(),
                found.len()
            );
            let extra: Vec<String> = found.difference(&planted).map(ToString::to_string).collect();
            let missed: Vec<String> = planted.difference(&found).map(ToString::to_string).collect();
            if !(precision >= PRECISION_MIN && recall >= RECALL_MIN) {
                wrong.push((kind.word(), extra, missed));
            }
        }
        assert!(wrong.is_empty(), "rule, found without being arranged, missed: {wrong:#?}");
    }
);
