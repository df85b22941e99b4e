//! A folder of contents, each kept once under its own hash.
//!
//! A content is written beside the shelves, checked, made durable, and only then renamed into
//! its place: whoever finds it under its hash finds all of it, after a crash as well. Writing
//! the same content again is harmless, from any number of threads or machines, and puts right
//! a copy that was damaged.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use kernel::Instant;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Error, Kind, Result, Sha256Hash};

/// The most that one file handed in may have: 20 MB.
pub const UPLOAD_BYTES_MAX: u64 = 20_000_000;

/// What was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The hash, by which it is found again.
    pub hash: Sha256Hash,
    /// Its length in bytes.
    pub size: u64,
    /// What it is, by its content.
    pub kind: Kind,
}

/// The folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs {
    root: Arc<Path>,
}

impl Blobs {
    /// Opens the folder, and makes it where it is missing.
    ///
    /// # Errors
    /// [`Error::Io`] or [`Error::DiskFull`] where the folder cannot be made.
    pub fn open(root: &Path) -> Result<Self> {
        fs::create_dir_all(root.join("tmp"))?;
        Ok(Self { root: root.into() })
    }

    /// Keeps a content that claims to be of a kind; when this returns, it is on the disk.
    ///
    /// # Errors
    /// Over `limit` bytes, not of that kind, cut off, or not to be read or written: then
    /// nothing of it was kept.
    pub fn put(&self, claimed: Kind, content: impl Read, limit: u64) -> Result<Stored> {
        let draft = Draft::create(&self.root.join("tmp"))?;
        let (hash, size) = copy(content, &draft.file, limit)?;
        claimed.check(&draft.file)?;
        draft.file.sync_all()?;
        let shelf = self.shelf(hash);
        if !shelf.is_dir() {
            fs::create_dir_all(&shelf)?;
            File::open(&self.root)?.sync_all()?;
        }
        fs::rename(&draft.path, shelf.join(hash.to_string()))?;
        File::open(&shelf)?.sync_all()?;
        Ok(Stored { hash, size, kind: claimed })
    }

    /// The content, after its hash was checked.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Altered`] where somebody changed it on the disk.
    pub fn get(&self, hash: Sha256Hash) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        self.find(hash)?.read_to_end(&mut content)?;
        unaltered(hash, Sha256Hash::of(&content))?;
        Ok(content)
    }

    /// Reads the content through, in little memory, and answers its length in bytes.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Altered`] where somebody changed it on the disk.
    pub fn verify(&self, hash: Sha256Hash) -> Result<u64> {
        let (found, size) = copy(self.find(hash)?, io::sink(), u64::MAX)?;
        unaltered(hash, found)?;
        Ok(size)
    }

    /// Removes drafts that a crash left behind, if last written before this instant, and
    /// answers how many. Kept contents are never touched.
    ///
    /// # Errors
    /// [`Error::Io`] where the folder cannot be read.
    pub fn sweep(&self, before: Instant) -> Result<u64> {
        let mut swept = 0;
        for draft in fs::read_dir(self.root.join("tmp"))? {
            let draft = draft?;
            if Instant::try_from(draft.metadata()?.modified()?).is_ok_and(|at| at < before) {
                fs::remove_file(draft.path())?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    fn find(&self, hash: Sha256Hash) -> Result<File> {
        File::open(self.shelf(hash).join(hash.to_string())).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => Error::NotFound(hash),
            _ => e.into(),
        })
    }

    /// One of 256 folders, so that none grows past what a file system lists well.
    fn shelf(&self, hash: Sha256Hash) -> PathBuf {
        self.root.join(format!("{:02x}", hash.as_bytes()[0]))
    }
}

/// A content that is being written. Dropping it removes it; renaming it away leaves nothing to
/// remove.
struct Draft {
    path: PathBuf,
    file: File,
}

impl Draft {
    fn create(folder: &Path) -> Result<Self> {
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        loop {
            let name = format!("{}-{}", process::id(), SERIAL.fetch_add(1, Relaxed));
            let path = folder.join(name);
            match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Self { path, file }),
                // Of a crash, or of a process of the same number on another machine.
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(e.into()),
            }
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Failing to tidy must not hide why the content was refused; `sweep` comes by later.
        let _ = fs::remove_file(&self.path);
    }
}

fn copy(mut from: impl Read, mut to: impl Write, limit: u64) -> Result<(Sha256Hash, u64)> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok((Sha256Hash::from(<[u8; 32]>::from(hasher.finalize())), size)),
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e.into()),
        };
        size += read as u64;
        if size > limit {
            return Err(Error::TooLarge { limit });
        }
        hasher.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
    }
}

fn unaltered(kept: Sha256Hash, found: Sha256Hash) -> Result<()> {
    if kept == found { Ok(()) } else { Err(Error::Altered { kept, found }) }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::testing::{pdf, png};

    struct Room {
        folder: tempfile::TempDir,
        blobs: Blobs,
    }

    fn room() -> Room {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(&folder.path().join("files")).unwrap();
        Room { folder, blobs }
    }

    /// Every file below the folder, the drafts too.
    fn files(at: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(at).unwrap().map(|e| e.unwrap().path());
        entries.flat_map(|p| if p.is_dir() { files(&p) } else { vec![p] }).collect()
    }

    #[test]
    fn what_was_kept_is_found_under_its_hash_after_a_restart() {
        let room = room();
        let stored = room.blobs.put(Kind::Pdf, &pdf()[..], UPLOAD_BYTES_MAX).unwrap();
        assert_eq!(stored.hash, Sha256Hash::of(&pdf()));
        assert_eq!((stored.size, stored.kind), (pdf().len() as u64, Kind::Pdf));

        let restarted = Blobs::open(&room.folder.path().join("files")).unwrap();
        assert_eq!(restarted.get(stored.hash).unwrap(), pdf());
        assert_eq!(restarted.verify(stored.hash).unwrap(), stored.size);
    }

    #[test]
    fn two_who_hand_in_the_same_scan_share_one_copy() {
        let room = room();
        let hashes: Vec<_> = thread::scope(|scope| {
            let put = || {
                let blobs = room.blobs.clone();
                move || blobs.put(Kind::Png, &png()[..], UPLOAD_BYTES_MAX).unwrap().hash
            };
            let writers: Vec<_> = (0..8).map(|_| scope.spawn(put())).collect();
            writers.into_iter().map(|w| w.join().unwrap()).collect()
        });
        assert!(hashes.iter().all(|h| *h == hashes[0]));
        assert_eq!(files(room.folder.path()).len(), 1);
    }

    #[test]
    fn a_name_with_tricks_in_it_never_meets_the_disk() {
        let room = room();
        for name in ["../../../etc/cron.d/x.pdf", "/etc/passwd.pdf", "C:\\x\\..\\a.pdf", "a\0b.pdf"]
        {
            let kind = Kind::of_name(name).unwrap();
            room.blobs.put(kind, &pdf()[..], UPLOAD_BYTES_MAX).unwrap();
        }
        let kept = files(room.folder.path());
        assert_eq!(kept.len(), 1, "four names, one content");
        assert!(kept[0].ends_with(Sha256Hash::of(&pdf()).to_string()));
    }

    #[test]
    fn what_is_refused_leaves_nothing_behind() {
        let room = room();
        let put = |kind, content: &[u8], limit| room.blobs.put(kind, content, limit).unwrap_err();
        let cut_off = &pdf()[..pdf().len() - 9];
        assert!(matches!(put(Kind::Pdf, cut_off, UPLOAD_BYTES_MAX), Error::CutOff { .. }));
        assert!(matches!(put(Kind::Png, &pdf(), UPLOAD_BYTES_MAX), Error::OtherKind { .. }));
        let size = pdf().len() as u64;
        assert!(
            matches!(put(Kind::Pdf, &pdf(), size - 1), Error::TooLarge { limit } if limit < size)
        );
        assert!(matches!(put(Kind::Pdf, b"", UPLOAD_BYTES_MAX), Error::Empty));
        assert_eq!(files(room.folder.path()), Vec::<PathBuf>::new());
        room.blobs.put(Kind::Pdf, &pdf()[..], size).unwrap();
    }

    #[test]
    fn a_connection_that_breaks_leaves_nothing_behind() {
        struct Breaks;
        impl Read for Breaks {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::ConnectionReset.into())
            }
        }
        let room = room();
        let upload = b"%PDF-1.7 the first part of a scan".chain(Breaks);
        let refused = room.blobs.put(Kind::Pdf, upload, UPLOAD_BYTES_MAX);
        assert!(matches!(refused, Err(Error::Io(_))));
        assert_eq!(files(room.folder.path()), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_full_disk_is_told_from_other_trouble() {
        let room = room();
        assert!(matches!(Blobs::open(Path::new("/dev/null/files")), Err(Error::Io(_))));
        if let Ok(full) = OpenOptions::new().write(true).open("/dev/full") {
            let refused = copy(&pdf()[..], full, UPLOAD_BYTES_MAX);
            assert!(matches!(refused, Err(Error::DiskFull(_))));
        }
        fs::remove_dir_all(room.folder.path()).unwrap();
        let gone = room.blobs.put(Kind::Pdf, &pdf()[..], UPLOAD_BYTES_MAX);
        assert!(matches!(gone, Err(Error::Io(_))), "the folder was taken away");
    }

    #[test]
    fn whoever_alters_a_byte_is_found_out_and_handing_it_in_again_mends_it() {
        let room = room();
        let hash = room.blobs.put(Kind::Pdf, &pdf()[..], UPLOAD_BYTES_MAX).unwrap().hash;
        let path = files(room.folder.path()).remove(0);
        let mut forged = pdf();
        forged[20] ^= 1;
        fs::write(&path, &forged).unwrap();
        let found = Sha256Hash::of(&forged);
        for refused in [room.blobs.get(hash).unwrap_err(), room.blobs.verify(hash).unwrap_err()] {
            assert!(
                matches!(refused, Error::Altered { kept, found: f } if kept == hash && f == found)
            );
        }
        assert!(matches!(room.blobs.get(found), Err(Error::NotFound(h)) if h == found));

        room.blobs.put(Kind::Pdf, &pdf()[..], UPLOAD_BYTES_MAX).unwrap();
        assert_eq!(room.blobs.get(hash).unwrap(), pdf());
    }

    #[test]
    fn drafts_of_a_crash_are_swept_by_age() {
        let room = room();
        let draft = room.folder.path().join("files/tmp/4711-0");
        fs::write(&draft, b"%PDF-1.7 half").unwrap();
        let written = Instant::try_from(fs::metadata(&draft).unwrap().modified().unwrap()).unwrap();
        assert_eq!(room.blobs.sweep(written).unwrap(), 0, "it may still be in somebody's hands");
        let later = written + jiff::SignedDuration::from_hours(1);
        assert_eq!(room.blobs.sweep(later).unwrap(), 1);
        assert!(!draft.exists());
    }
}
