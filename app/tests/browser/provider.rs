//! The identity provider: oidc-provider (npm), as the tests of the citizens' door start it.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};

/// A provider that lets whoever comes in as the person it was told of; killed when dropped.
pub(crate) struct Provider {
    process: Child,
    issuer: String,
    _keys: tempfile::TempDir,
}

impl Provider {
    /// Starts it for a house at this address; none, and said so, where it is not installed and
    /// need not be.
    pub(crate) fn start(home: &str) -> Option<Self> {
        if !Path::new(HERE).join("node_modules/oidc-provider").exists() {
            let required = std::env::var("TINHSO_TEST_REQUIRED").is_ok();
            assert!(!required, "oidc-provider is not installed (cargo xtask test does that)");
            eprintln!("SKIPPED: no oidc-provider in {HERE}; npm ci there installs it");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let keys = tempfile::tempdir().unwrap();
        let mut process = Command::new("node")
            .arg("provider.mjs")
            .current_dir(HERE)
            .env("PORT", port.to_string())
            .env("FOLDER", keys.path())
            .env("BACK", format!("{home}/vao/tro-ve"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node is installed");
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let issuer = line.trim().to_owned();
        assert!(issuer.starts_with("http://"), "the provider said {line:?}");
        Some(Self { process, issuer, _keys: keys })
    }

    /// It as the configuration describes it.
    pub(crate) fn settings(&self) -> String {
        format!(
            "[eid]\nname = \"VNeID\"\nissuer = \"{}\"\nclient_id = \"tinh\"\n\
             client_secret = \"bi-mat-cua-tinh\"\n[eid.acr]\n\"urn:muc:1\" = 1\n\
             \"urn:muc:2\" = 2\n[eid.claims]\nnumber = \"so_dinh_danh\"\n",
            self.issuer
        )
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/web/tests/eid/provider");
