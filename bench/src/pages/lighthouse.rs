//! Lighthouse, as other people measure: a telephone of middling power on a slow mobile network.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// How often a page is opened before its failure is believed.
const TRIES: u32 = 3;

/// Where Lighthouse is installed.
pub(super) struct Lighthouse(PathBuf);

/// What it says of one page.
pub(super) struct Seen {
    /// Scores of 100.
    pub(super) performance: f64,
    pub(super) accessibility: f64,
    /// When something is on the screen, in milliseconds on its simulated telephone.
    pub(super) first_paint: f64,
    /// What was fetched.
    pub(super) requests: Vec<Fetched>,
}

/// One thing that the browser fetched.
pub(super) struct Fetched {
    pub(super) address: String,
    /// Bytes on the wire, head included.
    pub(super) bytes: f64,
}

impl Lighthouse {
    pub(super) fn in_folder(folder: PathBuf) -> Result<Self> {
        let program = folder.join("node_modules/lighthouse/cli/index.js");
        ensure!(program.exists(), "Lighthouse is not in {}", folder.display());
        Ok(Self(program))
    }

    /// Opens a page in a fresh browser with these cookies.
    pub(super) fn look(&self, address: &str, cookies: &str) -> Result<Seen> {
        // On a busy machine the browser's trace sometimes begins too late; Lighthouse says so, and
        // asks to be run again.
        let mut seen = self.look_once(address, cookies);
        for _ in 1..TRIES {
            if seen.is_ok() {
                break;
            }
            seen = self.look_once(address, cookies);
        }
        seen
    }

    fn look_once(&self, address: &str, cookies: &str) -> Result<Seen> {
        let out = Command::new("node")
            .arg(&self.0)
            .args([address, "--output=json", "--quiet", "--form-factor=mobile"])
            .arg("--only-categories=performance,accessibility")
            .arg(format!("--extra-headers={}", serde_json::json!({ "Cookie": cookies })))
            .arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu")
            .output()
            .context("node runs Lighthouse")?;
        ensure!(out.status.success(), "Lighthouse: {}", String::from_utf8_lossy(&out.stderr));
        let said: Value = serde_json::from_slice(&out.stdout).context("what Lighthouse says")?;
        let score =
            |name: &str| number(&said["categories"][name]["score"]).map(|of_1| of_1 * 100.0);
        let fetched = said["audits"]["network-requests"]["details"]["items"].as_array();
        let fetched = fetched.context("Lighthouse names no requests")?.iter().map(|item| {
            let address = item["url"].as_str().context("a request without address")?.to_owned();
            Ok(Fetched { address, bytes: number(&item["transferSize"])? })
        });
        Ok(Seen {
            performance: score("performance")?,
            accessibility: score("accessibility")?,
            first_paint: number(&said["audits"]["first-contentful-paint"]["numericValue"])?,
            requests: fetched.collect::<Result<_>>()?,
        })
    }
}

fn number(value: &Value) -> Result<f64> {
    value.as_f64().context("Lighthouse gave no number")
}
