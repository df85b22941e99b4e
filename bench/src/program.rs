//! The program under test, on a data folder that outlives the run.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

/// A working day of the demonstration, in the usual hours; history ends there.
const AT: &str = "2026-12-01T09:00";
/// A generation is finished when this file is there.
const DONE: &str = "demonstration";

/// A demonstration province in a folder.
pub(crate) struct Province {
    program: PathBuf,
    data: PathBuf,
    dossiers: u64,
}

impl Province {
    pub(crate) fn of(program: PathBuf, folder: &Path, dossiers: u64) -> Self {
        Self { program, data: folder.join(format!("province-{dossiers}")), dossiers }
    }

    /// Makes the data where they are missing; answers how many seconds that took.
    pub(crate) fn make(&self) -> Result<Option<f64>> {
        if self.data.join(DONE).exists() {
            return Ok(None);
        }
        if self.data.exists() {
            fs::remove_dir_all(&self.data).context("half a province")?;
        }
        let started = Instant::now();
        let made = self.command().args(["--no-serve"]).status()?;
        ensure!(made.success(), "the province was not made: {made}");
        Ok(Some(started.elapsed().as_secs_f64()))
    }

    /// Starts the program on a free port, and waits for its first answer.
    pub(crate) fn serve(&self) -> Result<Served> {
        let told = self.data.join("address");
        if told.exists() {
            fs::remove_file(&told)?;
        }
        let started = Instant::now();
        let child = self.command().args(["--listen", "127.0.0.1:0"]).spawn()?;
        let mut served =
            Served { child, address: ([127, 0, 0, 1], 0).into(), started: Duration::ZERO };
        served.address = wait_for(&told)?;
        ensure!(answers(served.address)?, "the program is not well");
        served.started = started.elapsed();
        Ok(served)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        let dossiers = self.dossiers.to_string();
        command.args(["demo", "--seed", "7", "--at", AT, "--dossiers", &dossiers]);
        command.arg("--data").arg(&self.data).stdout(Stdio::null());
        command
    }
}

/// A program that serves; stopped when dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: SocketAddr,
    /// From its start to its first answer.
    pub(crate) started: Duration,
}

impl Served {
    /// Memory that it holds, in MiB, as Linux counts it.
    pub(crate) fn resident(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()).context("VmRSS")?;
        Ok(kib.parse::<f64>()? / 1024.0)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Whether it was already gone makes no difference here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn wait_for(file: &Path) -> Result<SocketAddr> {
    let deadline = Instant::now() + Duration::from_secs(60);
    while Instant::now() < deadline {
        match fs::read_to_string(file) {
            Ok(text) if text.ends_with('\n') => {
                return Ok(text.trim().trim_start_matches("http://").parse()?);
            }
            _ => thread::sleep(Duration::from_millis(1)),
        }
    }
    bail!("the program did not serve within a minute")
}

fn answers(address: SocketAddr) -> Result<bool> {
    use std::io::{Read as _, Write as _};
    let mut connection = std::net::TcpStream::connect(address)?;
    connection.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200"))
}
