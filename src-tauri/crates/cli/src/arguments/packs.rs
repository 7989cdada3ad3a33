//! What may be typed about packs.

use crate::handover::LeadPackVerb;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Whether a pack that was lost on the way may be done without.
#[derive(Debug, Clone, Copy, Args)]
pub struct Gap {
    /// Take it although an earlier pack of this sender is lost
    #[arg(long)]
    pub without_earlier: bool,
}

/// Where a data protection officer reads the ledger: in a pack, or in the store itself.
#[derive(Debug, Args)]
pub struct LedgerSource {
    /// The pack
    #[arg(required_unless_present = "store")]
    pub pack: Option<PathBuf>,
    /// Instead of a pack: the store itself, which you are enrolled in
    #[arg(long, conflicts_with_all = ["pack", "without_earlier"])]
    pub store: Option<PathBuf>,
    #[command(flatten)]
    pub gap: Gap,
}

#[derive(Debug, Subcommand)]
pub enum PackVerb {
    #[command(flatten)]
    OfLead(LeadPackVerb),
    /// Who sent what to whom, and what it holds; nothing is acted on
    Show {
        file: PathBuf,
        #[command(flatten)]
        gap: Gap,
    },
    /// Write a ledger pack for the data protection officers
    Ledger {
        store: PathBuf,
        #[arg(long)]
        out: PathBuf,
    },
    /// Take a countersignature, a grant, a refusal or a challenge into the store
    Apply {
        store: PathBuf,
        file: PathBuf,
        #[command(flatten)]
        gap: Gap,
    },
}

#[derive(Debug, Subcommand)]
pub enum Dpo {
    /// The stores this profile countersigned: entries, root, when
    Status,
    /// Check a ledger pack, a request or an answer, or the ledger of a store, and show it in words; nothing is signed or
    /// decrypted
    Review {
        #[command(flatten)]
        from: LedgerSource,
    },
    /// Countersign a ledger that holds
    Countersign {
        #[command(flatten)]
        from: LedgerSource,
        /// Where the signature goes; the store itself keeps it otherwise
        #[arg(long, required_unless_present = "store", conflicts_with = "store")]
        out: Option<PathBuf>,
    },
    /// Acknowledge that a backup of the store was put back, as the ledger shows; then it can be countersigned
    Acknowledge {
        #[command(flatten)]
        from: LedgerSource,
    },
    /// Grant a request: what was asked for, or less
    Grant {
        request: PathBuf,
        #[arg(long)]
        out: PathBuf,
        /// name, unit, contact or source_locators; repeat for several; all that was asked otherwise
        #[arg(long = "scope")]
        scope: Vec<String>,
        /// Minutes the name may be seen; as asked otherwise
        #[arg(long, default_value_t = 0, hide_default_value = true)]
        minutes: u32,
        /// Days in which it may be opened, at most 30
        #[arg(long, default_value_t = 7)]
        days: u32,
        #[command(flatten)]
        gap: Gap,
    },
    /// Refuse a request, with the reason
    Refuse {
        request: PathBuf,
        #[arg(long)]
        reason: String,
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        gap: Gap,
    },
    /// Question an entry of a ledger that was countersigned
    Challenge {
        #[command(flatten)]
        from: LedgerSource,
        #[arg(long)]
        entry: u32,
        #[arg(long)]
        question: String,
        /// Where the challenge goes; the store itself keeps it otherwise
        #[arg(long, required_unless_present = "store", conflicts_with = "store")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum ChallengeVerb {
    /// Every challenge, the open ones first
    List { store: PathBuf },
    /// Record an answer and write it as a pack
    Answer {
        store: PathBuf,
        /// Such as C-7K2M0X
        code: String,
        #[arg(long)]
        answer: String,
        #[arg(long)]
        out: PathBuf,
    },
}
