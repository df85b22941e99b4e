//! The description, and what operators and auditors read.

use std::sync::Arc;

use journal::{LogKey, Origin, Sealer};
use one_stop::testing::House;
use store::store_test;
use web::http::metrics::Metrics;

use crate::client::*;

fn block<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(story)
}

store_test!(
    fn an_auditor_takes_the_journal_along_without_signing_in(store: Store) {
        let house = House::open(&store, MONDAY);
        let (tenant, mint) = (house.desk.front.tenant.clone(), house.desk.front.mint.clone());
        let key = LogKey::generate(&mint, Origin::of(&tenant));
        house.desk.publish_journal_key(key.verifier());
        block(async {
            let nobody = Client::nobody(&house);
            assert_eq!(nobody.get("/api/v1/journal/checkpoint").await.status, 404);
            let counter = Client::of(&house, RECEIVER);
            let code = counter.files(birth()).await;
            counter.files(birth()).await;
            let (sealer, now) = (Sealer::new(tenant, key.clone(), "test"), house.desk.now());
            store.write(move |tx| sealer.seal(tx, now, 100)).await.unwrap();

            let note = nobody.get("/api/v1/journal/checkpoint").await;
            assert_eq!(note.headers["content-type"], "text/plain; charset=utf-8");
            let signed = journal::SignedCheckpoint::from_text(note.text());
            let shown = nobody.get("/api/v1/journal/key").await.text();
            let checkpoint = signed.open(&[shown.trim().parse().unwrap()]).unwrap();
            assert_eq!(checkpoint.size, 2);
            let tile = nobody.get("/api/v1/journal/tile/0/000.p/2").await;
            assert_eq!(tile.bytes.len(), 64);
            assert_eq!(nobody.get("/api/v1/journal/tile/0/000").await.status, 404, "not full");
            assert_eq!(nobody.get("/api/v1/journal/tile/0/x").await.status, 404);

            let receipt = counter.get(&format!("/api/v1/dossiers/{code}/receipt")).await.text();
            let proof = journal::Receipt::from_json(&receipt).unwrap();
            assert_eq!(proof.prove(&[key.verifier().clone()]).unwrap().root, checkpoint.root);
        });
    }
);

store_test!(
    fn operators_see_figures_and_no_person(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            Client::of(&house, RECEIVER).files(birth()).await;
            let metrics = Arc::new(Metrics::default());
            let watch = one_stop::operations(&house.desk, metrics);
            for path in ["/healthz", "/readyz"] {
                assert_eq!(house.send_to(&watch, path).await.status, 200, "{path}");
            }
            let text = house.send_to(&watch, "/metrics").await.text();
            assert!(text.contains("tinhso_journal_unsealed 1\n"), "{text}");
            assert!(text.contains("tinhso_sessions 1\n"), "{text}");
        });
    }
);
