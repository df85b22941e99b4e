//! Programs of the Node world, at the versions that a lock file in the tree names.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::run::run;

/// What `npm ci` reads.
const LISTS: [&str; 2] = ["package.json", "package-lock.json"];
/// A copy of the lock file, written when all of it is installed.
const DONE: &str = "installed.json";

/// Installs into `folder` what the lists in `from` name; nothing is done where that was done.
pub(crate) fn npm(from: &Path, folder: &Path) -> Result<()> {
    let wanted = fs::read(from.join(LISTS[1])).with_context(|| from.display().to_string())?;
    let done = folder.join(DONE);
    if fs::read(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("installing what {} names", from.join(LISTS[1]).display());
    fs::create_dir_all(folder)?;
    for list in LISTS {
        fs::copy(from.join(list), folder.join(list))?;
    }
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    run(Command::new("npm").args(arguments).current_dir(folder))?;
    Ok(fs::write(done, wanted)?)
}
