//! The model is trained anew of what officers decided, and taken over where it is not worse.

use feedback::{
    Feedback,
    category::Category,
    commands::{self, FRESH_MIN},
    queries,
    suggestion::Learnt,
};
use kernel::CaseId;
use store::{args, store_test};

use crate::town::Town;

/// Reports that officers sorted, in words that only this province has.
fn sorted(town: &Town, count: usize) {
    let own = |at: usize| {
        let category = Category::ALL[at % Category::SUGGESTED];
        (category, format!("khu {at} bị zuk{0}o wof{0}i rồi", category.label()))
    };
    let texts: Vec<(Category, String)> = (0..count).map(own).collect();
    let desk = town.house.desk.clone();
    let agency = desk.front.directory.get().agencies().next().unwrap().id;
    let now = desk.now();
    let store = desk.front.store.clone();
    let written = store.write(move |tx| {
        for (at, (category, text)) in texts.iter().enumerate() {
            let case: CaseId = desk.front.mint.id(now);
            let sent = now - jiff::SignedDuration::from_mins(at as i64);
            tx.put(
                "insert into feedback (tenant, case_id, code, category, sorted, profile, agency,
                     state, is_open, confidential, wanted_shown, shown, public_text, supporters,
                     source, submitted_at, updated_at)
                 values ($1, $2, $3, $4, true, 'field', $5, 'closed', false, false, true, true, $6,
                     0, 'web', $7, $7)",
                args!(
                    &desk.front.tenant,
                    case,
                    format!("H55.16-{case}"),
                    category.word(),
                    agency,
                    text,
                    sent
                ),
            )?;
        }
        Ok::<_, store::Error>(())
    });
    written.wait().unwrap();
}

store_test!(
    fn a_model_is_trained_when_enough_is_new_kept_with_its_figures_and_used(store: Store) {
        let town = Town::open(&store);
        let desk = town.house.desk.clone();
        let (tenant, now) = (desk.front.tenant.clone(), desk.now());
        let train = |by_hand| commands::train(&store, &tenant, now, by_hand).unwrap();
        sorted(&town, FRESH_MIN as usize - 1);
        assert!(train(false).is_none(), "one too few");
        sorted(&town, 200);
        let trial = train(false).unwrap();
        let of = trial.figures;
        assert_eq!(of.reports + of.held, FRESH_MIN as usize + 199);
        assert!(of.held > 60 && of.f1_before < 0.2 && of.f1_after > 0.9, "{of:?}");
        assert!(trial.taken);
        assert!(train(false).is_none(), "nothing is new");

        // Every process reads it, and it says what the trained one said.
        let feedback = Feedback::open(desk.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let used = runtime.block_on(feedback.model()).unwrap();
        assert_eq!(used.learnt, Learnt::Past(of.reports));
        let text = "khu 7 bị zuk3o wof3i";
        assert_eq!(used.suggest(text)[0].category.label(), 3);
        assert_eq!(used.suggest(text), trial.model.suggest(text));
        let (tenant, version) = (desk.front.tenant.clone(), 1_u32);
        let kept: (f64, f64, bool, i64) = town.read(move |tx, _| {
            let known = queries::newest_model(tx, &tenant, None)?;
            assert_eq!(known.map(|(version, model)| (version, model.is_some())), Some((1, true)));
            Ok(tx.one(
                "select f1_before, f1_after, taken, held from feedback_model
                 where tenant = $1 and version = $2",
                args!(&tenant, version),
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )?)
        });
        assert_eq!(kept, (of.f1_before, of.f1_after, true, of.held as i64));
    }
);
