//! A private PostgreSQL server on a free loopback port, gone when the tests are.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::run::{run, works};

/// A running server; stopped and removed when dropped.
pub(crate) struct Server {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
    as_root: bool,
}

impl Server {
    /// Makes a cluster in a temporary folder and starts it. `durable` keeps fsync on, which
    /// benchmarks need and tests do not.
    pub(crate) fn start(programs: &Path, durable: bool) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("tinhso-postgres-").tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let as_root = works("sh", &["-c", "test \"$(id -u)\" = 0"]);
        let server = Self { folder, programs: programs.to_owned(), port, as_root };
        if as_root {
            // The server refuses to run as root.
            run(Command::new("chown").arg("postgres").arg(server.folder.path()))?;
        }
        server.init().context("initdb")?;
        server.launch(durable).context("pg_ctl start")?;
        Ok(server)
    }

    /// How to reach it, as a libpq-style string.
    pub(crate) fn config(&self) -> String {
        format!("host=127.0.0.1 port={} user=postgres dbname=postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if self.as_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path()).stdout(Stdio::null());
        command
    }

    fn init(&self) -> Result<()> {
        let arguments = ["-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8", "-D"];
        run(self.command("initdb").args(arguments).arg(self.data()))
    }

    fn launch(&self, durable: bool) -> Result<()> {
        let fsync = if durable { "on" } else { "off" };
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c max_connections=300 -c fsync={fsync}",
            self.port,
            self.folder.path().display()
        );
        let log = self.folder.path().join("log");
        run(self
            .command("pg_ctl")
            .args(["start", "-w", "-o", &options, "-l"])
            .arg(log)
            .arg("-D")
            .arg(self.data()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        let stopped = run(self.command("pg_ctl").args(["stop", "-m", "immediate", "-D"]).arg(data));
        if let Err(error) = stopped {
            eprintln!("the private PostgreSQL was not stopped: {error:#}");
        }
    }
}
