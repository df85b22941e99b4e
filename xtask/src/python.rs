//! Programs of the Python world, at the versions that a file in the tree names, beside it.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::run::run;

/// Installs what `requirements.txt` in a folder of the tree names into an environment of its own,
/// unless it is there already.
pub(crate) fn venv(folder: &str) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let folder = folder.canonicalize().with_context(|| folder.display().to_string())?;
    let (names, room) = (folder.join("requirements.txt"), folder.join(".venv"));
    let (python, done) = (room.join("bin/python"), room.join("done"));
    let wanted = fs::read(&names).with_context(|| names.display().to_string())?;
    if !fs::read(&done).is_ok_and(|installed| installed == wanted) {
        println!("installing what {} names", names.display());
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&room))?;
        let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        run(Command::new(&python).args(quiet).arg(&names))?;
        fs::write(done, wanted)?;
    }
    Ok(())
}
