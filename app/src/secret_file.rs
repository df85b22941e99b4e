//! Secrets from files that nobody else may read.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use kernel::Secret;

/// Longest secret, in bytes.
const BYTES_MAX: u64 = 64 * 1024;

/// The content of a file, without the line break at its end.
///
/// # Errors
/// Where the file is missing or empty, or others than its owner may read it.
pub(crate) fn read(path: &Path) -> Result<Secret> {
    let about = || format!("the secret in {}", path.display());
    let found = fs::metadata(path).with_context(about)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if found.permissions().mode() & 0o077 != 0 {
            bail!("{} may be read by others; run: chmod 600 {}", about(), path.display());
        }
    }
    if found.len() > BYTES_MAX {
        bail!("{} is longer than any secret", about());
    }
    let mut bytes = fs::read(path).with_context(about)?;
    while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.pop();
    }
    if bytes.is_empty() {
        bail!("{} is empty", about());
    }
    Ok(Secret::new(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_secret_that_others_may_read_is_none() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(&path, "open sesame\n").unwrap();
        let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        mode(0o644);
        let refused = read(&path).unwrap_err().to_string();
        assert!(refused.contains("chmod 600") && !refused.contains("sesame"));
        mode(0o600);
        assert_eq!(read(&path).unwrap().expose(), b"open sesame");
        fs::write(&path, "\n").unwrap();
        assert!(read(&path).is_err());
    }
}
