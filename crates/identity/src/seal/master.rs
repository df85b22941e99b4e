//! The one key that must not be lost: where it comes from.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::Mac;
use kernel::Mint;
use thiserror::Error;

use super::mac;

/// 32 bytes that wrap all data keys. Whoever loses it loses all personal data; whoever has it
/// and the store can read them. Keep a copy of it away from the backups of the store.
pub struct MasterKey([u8; 32]);

/// Why there is no master key.
#[derive(Debug, Error)]
pub enum MasterKeyFault {
    /// The file cannot be read or written.
    #[error("master key {path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Others than the owner may read the file.
    #[error("master key {path}: others may read it; allow only the owner (chmod 600)")]
    Exposed {
        /// Which file.
        path: PathBuf,
    },
    /// Not 32 bytes in base64.
    #[error("a master key is 32 bytes in base64")]
    Malformed,
}

impl MasterKey {
    /// A fresh key.
    #[must_use]
    pub fn fresh(mint: &Mint) -> Self {
        Self(mint.bytes())
    }

    /// Reads a key from the configuration.
    ///
    /// # Errors
    /// [`MasterKeyFault::Malformed`].
    pub fn parse(text: &str) -> Result<Self, MasterKeyFault> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| MasterKeyFault::Malformed)?;
        bytes.try_into().map(Self).map_err(|_| MasterKeyFault::Malformed)
    }

    /// Reads the key from a file, or creates the file, readable by its owner alone, with a
    /// fresh key. A file that is damaged is never replaced.
    ///
    /// # Errors
    /// [`MasterKeyFault`].
    pub fn load_or_create(path: &Path, mint: &Mint) -> Result<Self, MasterKeyFault> {
        let fault = |source| MasterKeyFault::File { path: path.to_owned(), source };
        match fs::read_to_string(path) {
            Ok(text) => {
                let exposed = is_exposed(path).map_err(fault)?;
                if exposed {
                    return Err(MasterKeyFault::Exposed { path: path.to_owned() });
                }
                Self::parse(&text)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create(path, &Self::fresh(mint)).map_err(fault)?;
                // Another process may have been faster; what the file says holds.
                Self::parse(&fs::read_to_string(path).map_err(fault)?)
            }
            Err(error) => Err(fault(error)),
        }
    }

    /// A key for one purpose.
    pub(super) fn derive(&self, purpose: &str) -> [u8; 32] {
        mac(&self.0).chain_update(purpose).finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

/// Writes the whole key under another name first, so that a crash leaves no half of it, and
/// never over an existing file.
fn create(path: &Path, key: &MasterKey) -> io::Result<()> {
    let draft = path.with_extension(format!("new-{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    writeln!(file, "{}", STANDARD.encode(key.0))?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => sync_folder(path),
    }
}

/// The name of the file must survive a power cut as well as its content.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent().filter(|folder| cfg!(unix) && !folder.as_os_str().is_empty()) {
        Some(folder) => fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(unix)]
fn is_exposed(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_: &Path) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let first = MasterKey::load_or_create(&path, &Mint::seeded(1)).unwrap();
        let again = MasterKey::load_or_create(&path, &Mint::seeded(2)).unwrap();
        assert_eq!(first.0, again.0);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
        assert!(!is_exposed(&path).unwrap());
    }

    #[test]
    fn a_damaged_or_exposed_file_is_refused_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        MasterKey::load_or_create(&path, &Mint::seeded(1)).unwrap();
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..20]).unwrap();
        let damaged = MasterKey::load_or_create(&path, &Mint::seeded(1));
        assert!(matches!(damaged, Err(MasterKeyFault::Malformed)));
        assert_eq!(fs::read(&path).unwrap(), whole[..20]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            let exposed = MasterKey::load_or_create(&path, &Mint::seeded(1));
            assert!(matches!(exposed, Err(MasterKeyFault::Exposed { .. })));
        }
    }
}
