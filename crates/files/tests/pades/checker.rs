//! pyHanko, asked what it thinks of a file.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

/// A Python that has pyHanko, and a folder to work in.
pub(crate) struct Checker {
    python: PathBuf,
    pub(crate) folder: tempfile::TempDir,
}

/// What pyHanko says of one signature.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Opinion {
    /// The bytes are those that were signed.
    pub(crate) intact: bool,
    /// The signature is of the key in the certificate.
    pub(crate) valid: bool,
    /// The certificate leads to the one that was given to be trusted.
    pub(crate) trusted: bool,
    /// Nothing was done after it that it does not allow.
    pub(crate) bottom_line: bool,
    /// Nothing was done after it but to sign and to fill fields in.
    pub(crate) untouched: bool,
    /// Time in the signature.
    pub(crate) at: String,
    /// Name in the certificate.
    pub(crate) by: String,
}

impl Checker {
    /// None where it is not installed; `cargo xtask test` installs it, and demands it.
    pub(crate) fn find() -> Option<Self> {
        let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pades/.venv/bin/python");
        if !python.exists() {
            let required = std::env::var_os("TINHSO_TEST_REQUIRED").is_some();
            assert!(!required, "pyHanko is wanted in {}", python.display());
            eprintln!("SKIPPED: there is no pyHanko in {}", python.display());
            return None;
        }
        Some(Self { python, folder: tempfile::tempdir().unwrap() })
    }

    fn run(&self, script: &str, arguments: &[&str]) -> String {
        let script = format!("{}/tests/pades/{script}", env!("CARGO_MANIFEST_DIR"));
        let mut command = Command::new(&self.python);
        command.arg(script).args(arguments).current_dir(self.folder.path());
        let out = command.output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    /// What it thinks of every signature of a file, trusting this certificate only (PEM).
    pub(crate) fn ask(&self, pdf: &[u8], trusted: &str) -> Result<Vec<Opinion>, String> {
        std::fs::write(self.folder.path().join("asked.pdf"), pdf).unwrap();
        std::fs::write(self.folder.path().join("trusted.pem"), trusted).unwrap();
        let said = self.run("check.py", &["asked.pdf", "trusted.pem", "2026-11-24T00:00:00+00:00"]);
        serde_json::from_str(&said).map_err(|_| said)
    }

    /// An authority of certificates issues a key of this kind: `rsa` or `p256`. Answers the
    /// PKCS#12 file, under the password `mật khẩu`, and the authority's certificate.
    pub(crate) fn issued(&self, kind: &str) -> (Vec<u8>, String) {
        self.run("issue.py", &[kind]);
        let read = |name: &str| std::fs::read(self.folder.path().join(name)).unwrap();
        (read("issued.p12"), String::from_utf8(read("authority.pem")).unwrap())
    }

    /// A file as pyHanko signs and certifies it, so that only signatures may follow, or nothing.
    pub(crate) fn certified(&self, pdf: &[u8], level: &str) -> Vec<u8> {
        std::fs::write(self.folder.path().join("plain.pdf"), pdf).unwrap();
        self.run("certify.py", &["plain.pdf", "issued.p12", level, "certified.pdf"]);
        std::fs::read(self.folder.path().join("certified.pdf")).unwrap()
    }
}
