//! Go's `sumdb/note` and `sumdb/tlog`, which know nothing of this program, verify a checkpoint,
//! an inclusion proof and a consistency proof of ours.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::common::Journal;
use journal::{Receipt, TileReader, leaf_text, tree::consistency_proof};
use serde_json::{Value, json};
use store::Store;

const MODULES: &str = "/usr/share/gocode";

#[test]
fn go_verifies_our_checkpoints_and_proofs() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = build(folder.path()) else { return };
    let store = Store::sqlite(&folder.path().join("test.db")).unwrap();
    let evidence = evidence(&Journal::new(&store, "H55"));
    assert_eq!(run(&program, &evidence).as_deref(), Some("verified 900\n"));

    for (field, from, to) in
        [("record", "dossier.accepted", "dossier.accepte"), ("new", "\n900\n", "\n901\n")]
    {
        let mut forged = evidence.clone();
        forged[field] = json!(forged[field].as_str().unwrap().replace(from, to));
        assert_eq!(run(&program, &forged), None, "a forged {field} is refused");
    }
    let mut forged = evidence.clone();
    forged["pos"] = json!(5);
    assert_eq!(run(&program, &forged), None, "a wrong position is refused");
    let mut forged = evidence;
    forged["consistency"][0] = forged["inclusion"][0].clone();
    assert_eq!(run(&program, &forged), None, "a forged history is refused");
}

fn evidence(journal: &Journal) -> Value {
    let events = journal.dossiers(300);
    journal.append(&events);
    journal.seal(350).unwrap();
    let old = journal.newest_checkpoint();
    journal.seal(550).unwrap();
    let (tenant, receipt) = (journal.tenant.clone(), Receipt::of(&journal.tenant, &events[4]));
    let (receipt, consistency) = journal
        .store
        .read(move |tx| {
            let consistency = consistency_proof(&mut TileReader::new(tx, &tenant), 350, 900)?;
            Ok::<_, journal::Error>((receipt.complete(tx)?, consistency))
        })
        .wait()
        .unwrap();
    let sealing = receipt.sealing.unwrap();
    json!({
        "vkey": journal.key.verifier().to_string(),
        "old": old.as_str(),
        "new": sealing.checkpoint,
        "record": leaf_text(&journal.tenant, &events[4]),
        "pos": sealing.pos,
        "inclusion": sealing.proof,
        "consistency": consistency,
    })
}

/// Builds the Go program into `folder`; says loudly where there is no Go.
fn build(folder: &Path) -> Option<PathBuf> {
    let program = folder.join("verify");
    let modules = Path::new(MODULES).join("src/golang.org/x/mod/sumdb/tlog").is_dir();
    let built = Command::new("go")
        .args(["build", "-o"])
        .arg(&program)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journal/go/main.go"))
        .env("GO111MODULE", "off")
        .env("GOPATH", MODULES)
        .env("GOFLAGS", "")
        .env("GOCACHE", folder.join("cache"))
        .output();
    match built {
        Ok(built) if modules => {
            assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
            Some(program)
        }
        _ => {
            assert!(std::env::var("TINHSO_TEST_REQUIRED").is_err(), "no Go, or no sumdb packages");
            eprintln!("SKIPPED: Go and golang-golang-x-mod-dev are not installed");
            None
        }
    }
}

/// What the program prints, or `None` where it refuses.
fn run(program: &Path, evidence: &Value) -> Option<String> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(evidence.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}
