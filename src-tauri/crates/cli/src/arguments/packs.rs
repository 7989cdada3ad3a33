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
    /// Check a ledger pack, a request or an answer, and show it in words; nothing is signed or decrypted
    Review {
        pack: PathBuf,
        #[command(flatten)]
        gap: Gap,
    },
    /// Countersign a ledger pack that holds
    Countersign {
        pack: PathBuf,
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        gap: Gap,
    },
    /// Acknowledge that a backup of the store was put back, as the ledger pack shows; then it can be countersigned
    Acknowledge {
        pack: PathBuf,
        #[command(flatten)]
        gap: Gap,
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
    /// Question an entry of a ledger pack that was countersigned
    Challenge {
        pack: PathBuf,
        #[arg(long)]
        entry: u32,
        #[arg(long)]
        question: String,
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        gap: Gap,
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
