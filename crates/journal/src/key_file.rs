//! The file in which the signing key is kept.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
};

use kernel::Mint;

use crate::{Error, LogKey, Origin};

/// The signing key in the file `path`; a fresh one with the name `origin` where there is no
/// file yet. The file is for its owner alone (mode 0600). Whoever loses it loses the power to
/// go on with the journal under the same name; whoever steals it can forge checkpoints.
///
/// # Errors
/// [`Error::KeyFile`], [`Error::KeyExposed`], [`Error::Key`], or [`Error::KeyOrigin`] where the
/// file belongs to another journal.
pub fn load_or_create(path: &Path, mint: &Mint, origin: &Origin) -> Result<LogKey, Error> {
    let fault = |source| Error::KeyFile { path: path.to_owned(), source };
    let key = match load(path)? {
        Some(key) => key,
        None => {
            let key = LogKey::generate(mint, origin.clone());
            match create(path, &key) {
                Ok(()) => key,
                // Another process made it at the same moment: its key is the journal's.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    load(path)?.ok_or_else(|| fault(error))?
                }
                Err(error) => return Err(fault(error)),
            }
        }
    };
    let found = key.verifier().origin();
    if found == origin { Ok(key) } else { Err(Error::KeyOrigin(found.clone())) }
}

fn load(path: &Path) -> Result<Option<LogKey>, Error> {
    let fault = |source| Error::KeyFile { path: path.to_owned(), source };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(error)),
    };
    if is_exposed(&file).map_err(fault)? {
        return Err(Error::KeyExposed(path.to_owned()));
    }
    let mut text = String::new();
    file.take(1024).read_to_string(&mut text).map_err(fault)?;
    text.parse().map(Some)
}

/// Written aside and linked into place, so that no half-written key is ever found.
fn create(path: &Path, key: &LogKey) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let aside = path.with_extension(format!("new-{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside)?;
    let written = writeln!(file, "{}", key.secret_text())
        .and_then(|()| file.sync_all())
        // Unlike a rename, a link fails where the name is taken.
        .and_then(|()| std::fs::hard_link(&aside, path))
        .and_then(|()| File::open(folder)?.sync_all());
    std::fs::remove_file(&aside)?;
    written
}

#[cfg(unix)]
fn is_exposed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_: &File) -> io::Result<bool> {
    Ok(false)
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mint) = (folder.path().join("journal.key"), Mint::seeded(1));
        let origin = "tinhso/H55".parse().unwrap();
        let made = load_or_create(&path, &mint, &origin).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let again = load_or_create(&path, &mint, &origin).unwrap();
        assert_eq!(again.verifier(), made.verifier());

        let other = "tinhso/H01".parse().unwrap();
        assert!(matches!(load_or_create(&path, &mint, &other), Err(Error::KeyOrigin(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(load_or_create(&path, &mint, &origin), Err(Error::KeyExposed(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "PRIVATE+KEY+").unwrap();
        assert!(load_or_create(&path, &mint, &origin).is_err(), "a cut-off file is no key");
    }
}
