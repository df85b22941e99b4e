//! Real components that the tests need: found, installed where that can be done, or named.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{
    node::npm,
    python::venv,
    run::{run, works},
};

/// Programs that the tests start.
pub(crate) struct Provided {
    /// Folder of `initdb`, `pg_ctl` and `pgbench`.
    pub(crate) postgres: PathBuf,
}

/// Finds PostgreSQL, Chromium, Node and Python; on Debian, as root, installs what is missing.
pub(crate) fn provide() -> Result<Provided> {
    let missing = |postgres: &Option<PathBuf>| {
        let mut packages = Vec::new();
        if postgres.is_none() {
            packages.push("postgresql");
        }
        if !works("chromium", &["--version"]) {
            packages.push("chromium");
        }
        if !works("chromedriver", &["--version"]) {
            packages.push("chromium-driver");
        }
        if !works("node", &["--version"]) {
            packages.push("nodejs");
        }
        if !works("npm", &["--version"]) {
            packages.push("npm");
        }
        if !works("python3", &["-c", "import ensurepip"]) {
            packages.extend(["python3", "python3-venv"]);
        }
        packages
    };
    let mut postgres = find_postgres();
    let packages = missing(&postgres);
    if !packages.is_empty() {
        install(&packages)?;
        postgres = find_postgres();
    }
    for folder in NPM {
        npm(folder)?;
    }
    for folder in PYTHON {
        venv(folder)?;
    }
    match postgres {
        Some(postgres) => Ok(Provided { postgres }),
        None => bail!("PostgreSQL was installed, but initdb is not under /usr/lib/postgresql"),
    }
}

/// Folders of tests whose real components come by npm, as their locks name them.
const NPM: [&str; 2] = ["crates/web/tests/eid/provider", "systems/services/tests/services/tus"];

/// Folders of tests whose real components come by pip, as their `requirements.txt` name them.
const PYTHON: [&str; 4] = [
    "crates/files/tests/pades",
    "systems/feedback/tests/clients",
    "systems/notices/tests/telling/mail",
    "systems/reports/tests/clients",
];

/// The newest server under Debian's folder, or beside `pg_config`.
fn find_postgres() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok())
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    let newest = versions.pop().map(|(_, folder)| folder);
    newest.filter(|folder| folder.join("initdb").exists()).or_else(|| {
        let out = Command::new("pg_config").arg("--bindir").output().ok()?;
        let folder = PathBuf::from(String::from_utf8(out.stdout).ok()?.trim());
        folder.join("initdb").exists().then_some(folder)
    })
}

fn install(packages: &[&str]) -> Result<()> {
    let root = works("sh", &["-c", "test \"$(id -u)\" = 0"]);
    if !Path::new("/usr/bin/apt-get").exists() || !root {
        bail!(
            "please install first: {} (on Debian: sudo apt-get install {})",
            packages.join(", "),
            packages.join(" ")
        );
    }
    println!("installing {}", packages.join(", "));
    run(Command::new("apt-get").args(["update", "-qq"]))?;
    run(Command::new("apt-get")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}
