//! The real provider: oidc-provider (npm), in a process of its own.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Mutex,
};

use reqwest::{Client, Url, header, redirect::Policy};

use crate::house::ADDRESS;

pub(crate) struct Provider {
    process: Child,
    pub(crate) issuer: String,
    port: u16,
    folder: tempfile::TempDir,
    client: Client,
}

impl Provider {
    /// Starts it; none, and said so, where it is not installed and need not be.
    pub(crate) fn start() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = tempfile::tempdir().unwrap();
        if !Path::new(HERE).join("node_modules/oidc-provider").exists() {
            let required = std::env::var("TINHSO_TEST_REQUIRED").is_ok();
            assert!(!required, "oidc-provider is not installed (cargo xtask test does that)");
            eprintln!("SKIPPED: no oidc-provider in {HERE}; npm ci there installs it");
            return None;
        }
        let process = spawn(port, folder.path(), "1", 0);
        let issuer = format!("http://127.0.0.1:{port}");
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Some(Self { process, issuer, port, folder, client })
    }

    pub(crate) fn stop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Starts it again, with another key or another clock.
    pub(crate) fn restart(&mut self, keys: &str, ahead: i64) {
        self.stop();
        self.process = spawn(self.port, self.folder.path(), keys, ahead);
    }

    /// Says who comes next, and how surely; answers what was asked of the last one.
    pub(crate) async fn next(&self, person: &str, acr: &str) -> serde_json::Value {
        let control = format!("{}/control?person={person}&acr={acr}", self.issuer);
        let asked = self.client.get(control).send().await.unwrap().bytes().await.unwrap();
        serde_json::from_slice(&asked).unwrap()
    }

    /// What the browser does there, from where the house sent it to where it is sent back.
    pub(crate) async fn visit(&self, from: &str) -> String {
        let cookies: Mutex<BTreeMap<String, String>> = Mutex::default();
        let mut at = from.to_owned();
        for _ in 0..10 {
            let kept: Vec<String> =
                cookies.lock().unwrap().iter().map(|(k, v)| format!("{k}={v}")).collect();
            let request = self.client.get(&at).header(header::COOKIE, kept.join("; "));
            let answer = request.send().await.unwrap();
            for cookie in answer.headers().get_all(header::SET_COOKIE) {
                let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
                let value = rest.split(';').next().unwrap().to_owned();
                cookies.lock().unwrap().insert(name.to_owned(), value);
            }
            let Some(to) = answer.headers().get(header::LOCATION) else {
                panic!("the provider stops at {at}: {}", answer.status());
            };
            at = Url::parse(&at).unwrap().join(to.to_str().unwrap()).unwrap().to_string();
            if at.starts_with(&format!("{ADDRESS}/")) {
                return at;
            }
        }
        panic!("the provider never came back")
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/eid/provider");

fn spawn(port: u16, folder: &Path, keys: &str, ahead: i64) -> Child {
    let mut process = Command::new("node")
        .arg("provider.mjs")
        .current_dir(HERE)
        .env("PORT", port.to_string())
        .env("KEYS", keys)
        .env("AHEAD", ahead.to_string())
        .env("FOLDER", folder)
        .env("BACK", format!("{ADDRESS}/vao/tro-ve"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("node is installed");
    let mut line = String::new();
    BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("http://"), "the provider said {line:?}");
    process
}
