//! The program under test, on a data folder of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// The data folder of a demonstration; outlives the programs that serve it.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// Writes a configuration for this folder, served at an address, with these sections.
    pub(crate) fn configure(&self, home: &str, sections: &[String]) -> PathBuf {
        let file = self.0.path().join("tinhso.toml");
        let listen = home.trim_start_matches("http://");
        let text = format!(
            "tenant = \"H55\"\nname = \"Tỉnh Thái Nguyên\"\naddress = \"{home}\"\n\
             listen = \"{listen}\"\ndata = \"{}\"\n{}",
            self.data().display(),
            sections.concat()
        );
        fs::write(&file, text).unwrap();
        file
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tinhso"));
        command.args(words).arg("--data").arg(self.data()).output().unwrap()
    }
}

/// A program that serves; killed when dropped.
pub(crate) struct Serving {
    child: Child,
    pub(crate) address: String,
}

impl Serving {
    /// Starts the demonstration on a free port, as it is at a day and hour, and waits until it
    /// answers.
    pub(crate) fn start(folder: &Folder, at: &str) -> Self {
        Self::start_at(folder, at, "127.0.0.1:0")
    }

    /// As [`Serving::start`], with more to show: so many dossiers.
    pub(crate) fn with_history(folder: &Folder, at: &str, dossiers: &str) -> Self {
        Self::demonstrate(folder, at, "127.0.0.1:0", (dossiers, "7"))
    }

    /// As [`Serving::start`], on a port that was found to be free.
    pub(crate) fn start_at(folder: &Folder, at: &str, listen: &str) -> Self {
        Self::demonstrate(folder, at, listen, ("150", "3"))
    }

    fn demonstrate(
        folder: &Folder,
        at: &str,
        listen: &str,
        (dossiers, seed): (&str, &str),
    ) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tinhso"));
        command.args(["demo", "--listen", listen, "--dossiers", dossiers, "--seed", seed]);
        command.arg("--data").arg(folder.data()).args(["--at", at]);
        Self::await_address(command, folder)
    }

    /// Serves a folder in earnest, as its configuration says.
    pub(crate) fn configured(folder: &Folder, config: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tinhso"));
        command.args(["serve", "--config"]).arg(config);
        Self::await_address(command, folder)
    }

    fn await_address(mut command: Command, folder: &Folder) -> Self {
        let told = folder.data().join("address");
        let _ = fs::remove_file(&told);
        let child = command.stdout(Stdio::null()).spawn().unwrap();
        let address = wait_for(&told);
        Self { child, address }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn wait_for(file: &Path) -> String {
    let deadline = Instant::now() + Duration::from_secs(120);
    while Instant::now() < deadline {
        match fs::read_to_string(file) {
            Ok(text) if text.ends_with('\n') => return text.trim().to_owned(),
            _ => thread::sleep(Duration::from_millis(50)),
        }
    }
    panic!("the program did not serve within two minutes");
}
