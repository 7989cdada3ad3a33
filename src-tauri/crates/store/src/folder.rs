//! The folder a store is: its files, and how they are written so that a crash leaves the old or the new one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Paths of a store's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
    pub fn root(&self) -> &Path {
        &self.root
    }
    /// Public facts: id, policy, format.
    pub fn facts(&self) -> PathBuf {
        self.root.join("store.toml")
    }
    /// The encrypted database.
    pub fn db(&self) -> PathBuf {
        self.root.join("store.db")
    }
    /// The store key, sealed to every member.
    pub fn keys(&self) -> PathBuf {
        self.root.join("keys.age")
    }
    /// The vault key, sealed to those who may open identities.
    pub fn vault(&self) -> PathBuf {
        self.root.join("vault.age")
    }
    /// The pseudonym key, sealed to those who may import.
    pub fn pseudonyms(&self) -> PathBuf {
        self.root.join("pseudonyms.age")
    }
    /// The newest signed checkpoint.
    pub fn head(&self) -> PathBuf {
        self.root.join("head")
    }
    /// Empty; held locked while a program has the store open.
    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }
    /// Every file that a backup copies beside the database.
    pub fn companions(&self) -> [PathBuf; 4] {
        [self.keys(), self.vault(), self.pseudonyms(), self.head()]
    }
}

/// Makes a folder (and its parents) that only its owner can enter.
pub fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Opens a new file that only its owner can read; refuses an existing one.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().write(true).create_new(true)).open(path)
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

/// Replaces a file as a whole: written beside it, synced, renamed over it, the folder synced. Mode 0600.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(".new");
    let beside = parent.join(beside);
    // What a crash left of an earlier attempt was never the file.
    if let Err(e) = fs::remove_file(&beside)
        && e.kind() != io::ErrorKind::NotFound
    {
        return Err(e);
    }
    let done = write_synced(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        // Best effort: the error that matters is the one before.
        let _ = fs::remove_file(&beside);
    }
    done?;
    // The parent of a bare file name is the empty path, which no system call takes.
    sync_folder(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_private(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Reads a whole file of at most `limit` bytes; a longer one is `FileTooLarge`.
pub fn read_limited(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Keeps other programs out of a folder until it is dropped, also by a kill.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// `None` when another program holds it.
pub(crate) fn try_lock(path: &Path) -> io::Result<Option<Lock>> {
    let file = private(OpenOptions::new().write(true).create(true).truncate(false)).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(e)) => Err(e),
    }
}
