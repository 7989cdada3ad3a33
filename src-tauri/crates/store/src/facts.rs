//! What anyone may read of a store without a key: `store.toml`.

use crate::folder::{self, Folder};
use crate::{OpenError, RawKey};
use model::StoreId;
use serde::{Deserialize, Serialize};

/// The folder format this program writes and reads.
pub const FORMAT: u32 = 1;

/// Longest `store.toml`, in bytes.
const MAX_FACTS: u64 = 4 * 1024;

/// Who can open a sealed identity; fixed for a store's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    Recorded,
    Countersigned,
}

impl Policy {
    pub fn as_str(self) -> &'static str {
        match self {
            Policy::Recorded => "recorded",
            Policy::Countersigned => "countersigned",
        }
    }
}

/// The public facts. They hold no name; what they say is compared with the encrypted copy at every open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    pub format: u32,
    pub id: StoreId,
    pub policy: Policy,
    /// Tells a wrong key from a damaged database.
    key_check: String,
}

impl Facts {
    pub(crate) fn new(id: StoreId, policy: Policy, key: &RawKey) -> Self {
        Self { format: FORMAT, id, policy, key_check: key.check() }
    }

    /// The same store under another key.
    pub(crate) fn under(&self, key: &RawKey) -> Self {
        Self { key_check: key.check(), ..self.clone() }
    }

    /// Eight public bytes of a hash of the store key, in hexadecimal: another key, another check.
    pub fn key_check(&self) -> &str {
        &self.key_check
    }

    /// Reads the facts of a folder without any key.
    pub fn read(folder: &Folder) -> Result<Self, OpenError> {
        let bytes = match folder::read_limited(&folder.facts(), MAX_FACTS) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied => return Err(e.into()),
            Err(_) => return Err(OpenError::NotAStore),
        };
        let text = str::from_utf8(&bytes).map_err(|_| OpenError::NotAStore)?;
        #[derive(Deserialize)]
        struct OnlyFormat {
            format: u32,
        }
        let OnlyFormat { format } = toml::from_str(text).map_err(|_| OpenError::NotAStore)?;
        if format > FORMAT {
            return Err(OpenError::Newer { found: format, known: FORMAT });
        }
        toml::from_str(text).map_err(|_| OpenError::NotAStore)
    }

    pub(crate) fn write(&self, folder: &Folder) -> std::io::Result<()> {
        let text = toml::to_string(self).map_err(|_| std::io::ErrorKind::InvalidData)?;
        folder::write_atomic(&folder.facts(), text.as_bytes())
    }

    pub(crate) fn fits(&self, key: &RawKey) -> bool {
        self.key_check == key.check()
    }
}
