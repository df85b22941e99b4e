//! How often a second the disk makes four kibibytes durable: the ground under all the rest.

use std::{
    fs::OpenOptions,
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
