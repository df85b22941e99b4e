//! The inclusion vectors of the transparency-dev/merkle project, where they are at hand.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use journal::{TreeHash, tree::verify_inclusion};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    leaf_idx: u64,
    tree_size: u64,
    root: String,
    leaf_hash: String,
    proof: Option<Vec<String>>,
    desc: String,
    want_err: bool,
}

impl Vector {
    /// A text that is no hash at all is refused like a wrong one.
    fn is_accepted(&self) -> bool {
        let hash = |text: &String| TreeHash::try_from(STANDARD.decode(text).ok()?.as_slice()).ok();
        let proof: Option<Vec<_>> = self.proof.iter().flatten().map(hash).collect();
        let (root, leaf) = (hash(&self.root), hash(&self.leaf_hash));
        let (Some(root), Some(leaf), Some(proof)) = (root, leaf, proof) else { return false };
        verify_inclusion(&leaf, self.leaf_idx, self.tree_size, &proof, &root)
    }
}

#[test]
fn every_inclusion_vector_is_judged_as_it_should() {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = folders.find_map(|folder| {
        Some(folder.join("../shared/data/merkle/inclusion")).filter(|path| path.is_dir())
    });
    let Some(folder) = found else {
        assert!(std::env::var("TINHSO_TEST_REQUIRED").is_err(), "no Merkle vectors");
        eprintln!("SKIPPED: ../shared/data/merkle is not there, so its vectors were not tried");
        return;
    };
    let mut files = Vec::new();
    collect(&folder, &mut files);
    let mut judged = [0, 0];
    for file in &files {
        let vector: Vector = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(vector.is_accepted(), !vector.want_err, "{}: {}", file.display(), vector.desc);
        judged[usize::from(vector.want_err)] += 1;
    }
    assert!(judged[0] >= 5 && judged[1] >= 80, "{judged:?}");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
