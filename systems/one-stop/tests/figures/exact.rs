//! Figures that are read as sums, held against judging every dossier of the period by itself.

use std::collections::BTreeSet;

use kernel::CaseId;
use one_stop::{
    Error,
    queries::{self, Counted, Figures, Shelf, Wanted},
};
use store::{args, store_test};

use crate::history::History;

/// Every dossier of the period, judged by itself.
fn judged(history: &History, wanted: &Wanted) -> Vec<Counted> {
    let (desk, wanted) = (history.house.desk.clone(), wanted.clone());
    let read = history.house.desk.front.store.read(move |tx| {
        let mut all = Vec::new();
        queries::counted(tx, &desk, &wanted, |counted| all.push(counted))?;
        Ok::<_, Error>(all)
    });
    read.wait().unwrap()
}

fn figures(history: &History, wanted: &Wanted) -> Figures {
    let (desk, wanted) = (history.house.desk.clone(), wanted.clone());
    let store = &history.house.desk.front.store;
    store.read(move |tx| queries::figures(tx, &desk, &wanted)).wait().unwrap()
}

/// The whole list behind a figure, seven dossiers at a time.
fn listed(history: &History, wanted: &Wanted, shelf: Shelf) -> Vec<CaseId> {
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let (desk, wanted) = (history.house.desk.clone(), wanted.clone());
        let read = history
            .house
            .desk
            .front
            .store
            .read(move |tx| queries::figures_list(tx, &desk, &wanted, shelf, after, 7));
        let rows = read.wait().unwrap();
        ids.extend(rows.iter().map(|(_, counted)| counted.id));
        match rows.last() {
            Some((place, _)) if rows.len() == 7 => after = Some(*place),
            _ => return ids,
        }
    }
}

/// Asks for any figures, and opens one of them; answers how many dossiers were opened.
fn hold(history: &History, times: usize) -> usize {
    let mut opened = 0;
    for _ in 0..times {
        let wanted = history.wanted();
        let all = judged(history, &wanted);
        let mut expected = Figures::default();
        all.iter().for_each(|counted| expected.add(counted));
        let about = (wanted.period.to_string(), &wanted.procedure, wanted.scope.whole);
        assert_eq!(figures(history, &wanted), expected, "{about:?}");

        let shelves: Vec<Shelf> = Shelf::all().collect();
        let shelf = shelves[history.draw(shelves.len())];
        let ids = listed(history, &wanted, shelf);
        let listed: BTreeSet<CaseId> = ids.iter().copied().collect();
        assert_eq!(listed.len(), ids.len(), "{about:?} {shelf:?}: nobody stands there twice");
        let expected = all.iter().filter(|counted| shelf.holds(counted));
        let expected: BTreeSet<CaseId> = expected.map(|counted| counted.id).collect();
        assert_eq!(listed, expected, "{about:?} {shelf:?}");
        opened += ids.len();
    }
    opened
}

/// What is kept, without where nothing is.
fn kept(history: &History) -> (Vec<String>, Vec<String>) {
    let tenant = history.house.desk.front.tenant.clone();
    let read = history.house.desk.front.store.read(move |tx| {
        let sql = "select procedure_code, month, ending, n from count_month
                   where tenant = $1 and n <> 0 order by procedure_code, month, agency_id, ending";
        let sums = tx.all(sql, args!(&tenant), |row| {
            let (procedure, month): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(format!("{procedure} {month} {} {}", row.get::<String>(2)?, row.get::<i64>(3)?))
        })?;
        let sql = "select o.case_id, ending, coalesce(month, '') from count_over o
                   left join count_carried k on k.tenant = o.tenant and k.case_id = o.case_id
                   where o.tenant = $1 order by 1, 3";
        let rows = tx.all(sql, args!(&tenant), |row| {
            let id: CaseId = row.get(0)?;
            Ok(format!("{id} {} {}", row.get::<String>(1)?, row.get::<String>(2)?))
        })?;
        Ok::<_, store::Error>((sums, rows))
    });
    read.wait().unwrap()
}

store_test!(
    fn figures_are_exact_while_dossiers_pass_on(store: Store) {
        let mut history = History::begin(&store, 600);
        let mut opened = hold(&history, 40);
        for _ in 0..2 {
            history.go_on();
            opened += hold(&history, 15);
            history.seal();
            opened += hold(&history, 5);
            assert!(history.count(9), "there are more than nine events");
            opened += hold(&history, 15);
            while history.count(50) {}
            assert!(!history.count(50), "all is counted");
            opened += hold(&history, 15);
        }
        assert!(opened > 500, "{opened}: they were not all empty");
    }
);

store_test!(
    fn what_is_kept_can_be_computed_again_from_the_journal(store: Store) {
        let history = History::begin(&store, 300);
        let written = kept(&history);
        assert!(written.0.len() > 50 && written.1.len() > 200);
        let tenant = history.house.desk.front.tenant.clone();
        let emptied = store.write(move |tx| {
            for table in ["count_over", "count_carried", "count_month", "count_place"] {
                tx.exec(&format!("delete from {table} where tenant = $1"), args!(&tenant))?;
            }
            Ok::<_, store::Error>(())
        });
        emptied.wait().unwrap();
        hold(&history, 5);
        while history.count(500) {}
        assert_eq!(kept(&history), written);
        assert!(hold(&history, 20) > 20, "they were not all empty");
    }
);
