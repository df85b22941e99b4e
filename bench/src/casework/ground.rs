//! The ground under all the rest: how often a second the disk makes four kibibytes durable, and
//! what the processors worked, which does not depend on who else is at work on the machine.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    time::{Duration, Instant},
};

use anyhow::Result;

pub(super) fn fsyncs_per_second(time: Duration) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("fsync");
    let mut file = OpenOptions::new().create_new(true).append(true).open(path)?;
    let started = Instant::now();
    let mut count = 0_u32;
    while started.elapsed() < time {
        file.write_all(&[0x55; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    Ok(f64::from(count) / started.elapsed().as_secs_f64())
}

/// How fast it went, and what it cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// Transitions a second.
    pub(super) rate: f64,
    /// Microseconds of all processors for each; none where the system does not say.
    pub(super) cost: Option<f64>,
}

/// Measures from now on.
pub(super) struct Watch {
    started: Instant,
    worked: Option<f64>,
}

impl Watch {
    pub(super) fn start() -> Self {
        Self { worked: worked(), started: Instant::now() }
    }

    /// The pace of that many transitions until now.
    pub(super) fn stop(&self, transitions: f64) -> Pace {
        let rate = transitions / self.started.elapsed().as_secs_f64();
        let worked = worked().zip(self.worked).map(|(now, before)| now - before);
        Pace { rate, cost: worked.map(|worked| worked / transitions) }
    }
}

/// Microseconds that this process has worked, as Linux counts them in hundredths of a second.
fn worked() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, may hold spaces.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) * 10_000.0)
}
