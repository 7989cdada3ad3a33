//! How much memory the context may take, and what to say when that is not enough.

/// Memory for what crosses officers unless the caller says otherwise: 1 GiB.
pub const CONTEXT_BYTES: u64 = 1 << 30;

/// What crosses officers does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the {part} take {needed_mb} MB of the {limit_mb} MB the analysis may hold at once; allow it more memory, or import a shorter period of them"
)]
pub struct SizeError {
    /// The part that takes most, in the plural.
    pub part: &'static str,
    pub needed_mb: u64,
    pub limit_mb: u64,
}

/// Bytes by part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    pub roll: u64,
    pub cases: u64,
    pub incidents: u64,
    pub edits: u64,
    pub readers: u64,
}

impl Sizes {
    fn parts(&self) -> [(&'static str, u64); 5] {
        [
            ("case assignments", self.cases),
            ("incidents attended", self.incidents),
            ("roster edits", self.edits),
            ("site and day traces", self.readers),
            ("officers of the roll", self.roll),
        ]
    }

    pub fn add(&mut self, other: Sizes) {
        self.roll += other.roll;
        self.cases += other.cases;
        self.incidents += other.incidents;
        self.edits += other.edits;
        self.readers += other.readers;
    }

    /// Refuses what does not fit, naming the largest part.
    pub fn check(&self, limit: u64) -> Result<(), SizeError> {
        let parts = self.parts();
        if parts.iter().map(|(_, bytes)| bytes).sum::<u64>() <= limit {
            return Ok(());
        }
        let most = parts.into_iter().rev().max_by_key(|(_, bytes)| *bytes);
        let (part, bytes) = most.unwrap_or(("records", 0));
        Err(SizeError { part, needed_mb: bytes.div_ceil(1 << 20), limit_mb: limit >> 20 })
    }
}
