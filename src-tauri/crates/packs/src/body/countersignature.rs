//! Countersignature: the one line by which a data protection officer vouches for a head (C2SP tlog-cosignature v1).

use crate::{Body, Pack};
use ledger::{Hash, MAX_SIZE};
use serde::{Deserialize, Serialize};

/// Which head, and the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CountersignatureBody {
    /// The signature line, without its newline.
    pub line: String,
    #[cfg_attr(test, schemars(with = "String"))]
    pub root: Hash,
    pub size: u64,
}

impl Body for CountersignatureBody {
    const KIND: Pack = Pack::Countersignature;

    fn holds(&self) -> bool {
        (1..=MAX_SIZE).contains(&self.size) && self.line.len() <= 1_024 && !self.line.contains('\n')
    }
}
