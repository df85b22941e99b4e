//! Whatever a file or a stranger brings: evidence is read, or refused, and never a panic; and
//! what was altered is never proved.

use journal::{
    Checkpoint, EventKind, LogKey, Origin, Receipt, Sealing, SignedCheckpoint, TreeHash,
    VerifierKey, tile,
};
use kernel::Mint;
use proptest::{prelude::*, sample::Index};

fn key() -> LogKey {
    LogKey::generate(&Mint::seeded(1), Origin::of(&"H55".parse().unwrap()))
}

fn note() -> String {
    let origin = key().verifier().origin().clone();
    let checkpoint = Checkpoint { origin, size: 1, root: TreeHash::leaf(b"one") };
    checkpoint.sign(&key()).as_str().to_owned()
}

/// A receipt of a journal with one event.
fn receipt() -> String {
    let event = "0198f4c2-0000-7000-8000-000000000001";
    let leaf = TreeHash::leaf(b"one");
    let sealing = Sealing { pos: 0, size: 1, proof: Vec::new(), checkpoint: note() };
    serde_json::json!({
        "format": "tinhso-receipt/1", "tenant": "H55", "event": event, "leaf": leaf,
        "sealing": sealing,
    })
    .to_string()
}

/// A good text with one stretch of it overwritten.
fn slipped(good: String) -> impl Strategy<Value = String> {
    let letters: Vec<char> = good.chars().collect();
    (any::<Index>(), 0..30_usize, ".{0,12}").prop_map(move |(at, len, put)| {
        let at = at.index(letters.len());
        let end = (at + len).min(letters.len());
        let head: String = letters[..at].iter().collect();
        head + &put + &letters[end..].iter().collect::<String>()
    })
}

#[test]
fn the_good_ones_are_good() {
    let keys = [key().verifier().clone()];
    assert!(SignedCheckpoint::from_text(note()).open(&keys).is_ok());
    assert_eq!(Receipt::from_json(&receipt()).unwrap().prove(&keys).unwrap().size, 1);
}

proptest! {
    #[test]
    fn a_checkpoint_is_opened_or_refused(text in prop_oneof![any::<String>(), slipped(note())]) {
        let keys = [key().verifier().clone()];
        if let Ok(opened) = SignedCheckpoint::from_text(text.clone()).open(&keys) {
            prop_assert_eq!((opened.size, opened.root), (1, TreeHash::leaf(b"one")), "{}", text);
        }
    }

    #[test]
    fn a_receipt_is_proved_or_refused(text in prop_oneof![any::<String>(), slipped(receipt())]) {
        let keys = [key().verifier().clone()];
        if let Ok(proof) = Receipt::from_json(&text).and_then(|receipt| receipt.prove(&keys)) {
            prop_assert_eq!((proof.pos, proof.size), (0, 1));
            prop_assert_eq!(proof.root, TreeHash::leaf(b"one"));
        }
    }

    #[test]
    fn keys_and_names_are_read_or_refused(
        text in prop_oneof![
            any::<String>(),
            slipped(key().secret_text()),
            slipped(key().verifier().to_string()),
        ],
    ) {
        let _ = text.parse::<LogKey>();
        let _ = text.parse::<VerifierKey>();
        let _ = text.parse::<Origin>();
        let _ = text.parse::<EventKind>();
    }

    #[test]
    fn any_node_has_a_tile(height in 0..64_u32, index in any::<u64>(), size in any::<u64>()) {
        let (tile, range) = tile::TileId::of_node(height, index);
        prop_assert!(range.end <= tile::TILE_WIDTH);
        prop_assert!(tile.width(size) <= tile::TILE_WIDTH);
    }
}
