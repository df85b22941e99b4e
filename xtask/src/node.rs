//! Programs of the Node world, at the versions that a lock file in the tree names, beside it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::run::run;

/// Installs what the lock file in a folder of the tree names, unless it is there already; answers
/// where that is.
pub(crate) fn npm(folder: &str) -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let (lock, done) = (folder.join("package-lock.json"), folder.join("node_modules/.lock-done"));
    let wanted = fs::read(&lock).with_context(|| lock.display().to_string())?;
    if !fs::read(&done).is_ok_and(|installed| installed == wanted) {
        println!("installing what {} names", lock.display());
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        run(Command::new("npm").args(arguments).current_dir(&folder))?;
        fs::write(done, wanted)?;
    }
    Ok(folder)
}
