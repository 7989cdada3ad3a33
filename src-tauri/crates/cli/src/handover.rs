//! What may be typed about lead packs, answers, retention and the end of a store.

use crate::arguments::typed;
use clap::Subcommand;
use contract::WithholdItem;
use std::path::PathBuf;

/// Packs about one lead.
#[derive(Debug, Subcommand)]
pub enum LeadPackVerb {
    /// Give a redacted lead to the officer's representative; without --out, show what would leave
    Lead {
        store: PathBuf,
        lead: String,
        /// Whose representative it is for, where the lead is about a group
        #[arg(long)]
        officer: Option<String>,
        /// The representative's member card
        #[arg(long, requires = "out")]
        to: Option<PathBuf>,
        #[arg(long, requires = "to")]
        out: Option<PathBuf>,
        /// WHAT:GROUND:REASON, such as "rows 2:c:prejudices the other inquiry"; repeat for several
        #[arg(long, value_parser = typed::withheld)]
        withhold: Vec<WithholdItem>,
        /// Day for the answer; two weeks from now otherwise
        #[arg(long, default_value = "")]
        reply_by: String,
        /// Who authorised it and why, for a lead on its way to a criminal referral
        #[arg(long, default_value = "")]
        exception: String,
    },
    /// Write the notice slip for the officer, a page to print
    Notice {
        store: PathBuf,
        lead: String,
        #[arg(long)]
        out: PathBuf,
    },
    /// Every answer to a lead
    Replies { store: PathBuf, lead: String },
}

/// A representative's side: no store is needed.
#[derive(Debug, Subcommand)]
pub enum RepVerb {
    /// Open a lead pack
    Read {
        pack: PathBuf,
        #[arg(long)]
        without_earlier: bool,
    },
    /// Seal an answer to the reviewer who gave the pack
    Reply {
        pack: PathBuf,
        /// TOML: capacity, conflict, and [[answers]] with finding, stance, text, evidence
        #[arg(long)]
        answers: PathBuf,
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum RetentionVerb {
    /// Rules, leads by the day their time is up, holds, deletions and receipts
    List { store: PathBuf },
    /// Mark undecided leads whose time is up as expired
    Expire { store: PathBuf },
    /// Keep a lead from expiry, deletion and erasure
    Hold {
        store: PathBuf,
        lead: String,
        #[arg(long)]
        reason: String,
    },
    /// End a hold
    Release { store: PathBuf, lead: String },
    /// Propose a deletion; as another member, confirm it; after 30 days, carry it out
    Delete {
        store: PathBuf,
        lead: String,
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Take a lead back from deletion
    Recover { store: PathBuf, lead: String },
    /// Erase one officer; a receipt without content stays
    Erase {
        store: PathBuf,
        officer: String,
        #[arg(long, value_parser = ["right to erasure", "retention", "court order"])]
        rule: String,
    },
}
