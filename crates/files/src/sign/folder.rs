//! Where the keys of agencies are kept: a folder beside the store, a file for each agency.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use kernel::AgencyCode;

use super::{Fault, Signer};

/// Longest file of a key with its certificates, in bytes.
const FILE_BYTES_MAX: u64 = 256 * 1024;

/// The folder of keys. It is read at each signature, so that a key that was imported counts at
/// once.
#[derive(Debug, Clone)]
pub struct Certificates {
    root: PathBuf,
}

impl Certificates {
    /// The keys in this folder, which need not be there yet.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self { root: folder.to_owned() }
    }

    /// The key of an agency, where it has one.
    ///
    /// # Errors
    /// [`Fault::Exposed`] where others can read it too, and where it cannot be read at all.
    pub fn of(&self, agency: &AgencyCode) -> Result<Option<Signer>, Fault> {
        let path = self.path(agency);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if is_exposed(&file)? {
            return Err(Fault::Exposed(path));
        }
        let mut text = String::new();
        file.take(FILE_BYTES_MAX).read_to_string(&mut text)?;
        Signer::from_pem(&text).map(Some)
    }

    /// Whether an agency has a key, without looking into it.
    #[must_use]
    pub fn has(&self, agency: &AgencyCode) -> bool {
        self.path(agency).exists()
    }

    /// Keeps the key of an agency, instead of the one that it had.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn keep(&self, agency: &AgencyCode, signer: &Signer) -> Result<(), Fault> {
        fs::create_dir_all(&self.root)?;
        let path = self.path(agency);
        let aside = path.with_extension(format!("new-{}", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&aside)?;
        file.write_all(signer.to_pem()?.as_bytes())?;
        file.sync_all()?;
        fs::rename(&aside, &path)?;
        File::open(&self.root)?.sync_all()?;
        Ok(())
    }

    /// A code is letters, digits and dots: never a path.
    fn path(&self, agency: &AgencyCode) -> PathBuf {
        self.root.join(format!("{agency}.pem"))
    }
}

#[cfg(unix)]
fn is_exposed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_: &File) -> io::Result<bool> {
    Ok(false)
}
