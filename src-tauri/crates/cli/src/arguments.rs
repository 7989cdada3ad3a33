//! What may be typed.

use crate::handover::{RepVerb, RetentionVerb};
use clap::{Args, Parser, Subcommand};
use contract::ParameterRef;
use std::path::PathBuf;

mod oversight;
mod packs;
pub mod typed;

pub use oversight::{Oversight, OversightVerb};
pub use packs::{ChallengeVerb, Dpo, Gap, LedgerSource, PackVerb};

/// Analyse police workforce records with privacy inside: pseudonyms, explainable leads, a ledger of every unmasking.
#[derive(Debug, Parser)]
#[command(name = "countersign", version)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Debug, Args)]
pub struct Common {
    /// Print one JSON document, described in schemas/
    #[arg(long, global = true)]
    pub json: bool,
    /// Read the passphrase from the first line of a file
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "passphrase_stdin")]
    pub passphrase_file: Option<PathBuf>,
    /// Read the passphrase from the first line of standard input
    #[arg(long, global = true)]
    pub passphrase_stdin: bool,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// The member's own keys
    #[command(subcommand)]
    Profile(Profile),
    /// Make, look at, back up and restore a store
    #[command(subcommand)]
    Store(StoreVerb),
    /// Take files in
    Import(Import),
    /// Write the mapping guessed or recognised for a file, to check, change and share
    Mapping {
        store: PathBuf,
        file: PathBuf,
        #[arg(long, value_parser = typed::kinds())]
        kind: Option<String>,
        /// IANA zone of the file's times, such as America/New_York
        #[arg(long)]
        zone: Option<String>,
        #[arg(long)]
        out: PathBuf,
    },
    /// Codes that may be one officer
    #[command(subcommand)]
    Officers(OfficersVerb),
    /// Run every indicator
    Analyse { store: PathBuf },
    /// List leads
    Leads {
        store: PathBuf,
        /// With every evidence row and its locator
        #[arg(long)]
        evidence: bool,
        /// Only what the last run made or found something new for
        #[arg(long)]
        fresh: bool,
        /// Only what waits for your second look
        #[arg(long)]
        second: bool,
        /// new, in_review, decided, closed or expired; repeat for several
        #[arg(long = "state")]
        states: Vec<String>,
    },
    /// What is looked for, with settings; try or change one
    Indicators {
        store: PathBuf,
        /// Change a setting: roster-self-edit.min_edits=3
        #[arg(long, value_name = "ID.NAME=VALUE", conflicts_with = "preview", value_parser = typed::setting)]
        set: Option<ParameterRef>,
        /// Say how many would be listed with a setting, and change nothing
        #[arg(long, value_name = "ID.NAME=VALUE", value_parser = typed::setting)]
        preview: Option<ParameterRef>,
    },
    /// Fairness, agreement between reviewers, and reports
    Oversight(Oversight),
    /// One lead
    #[command(subcommand)]
    Lead(LeadVerb),
    /// Record a justification, then show the name on a terminal or seal it to your own card; under the policy countersigned,
    /// ask with --request first, and without a justification open what was granted
    Unmask {
        store: PathBuf,
        lead: String,
        /// The officer the lead is about, or whose name is needed where it is about a group
        #[arg(long)]
        officer: Option<String>,
        #[arg(long, required_unless_present = "granted")]
        justification: Option<PathBuf>,
        /// Ask the data protection officer: write the request to this file
        #[arg(long, conflicts_with = "out")]
        request: Option<PathBuf>,
        /// Open the grant that was applied
        #[arg(long, conflicts_with_all = ["justification", "request"])]
        granted: bool,
        /// Seal the result to your own card in this file instead of showing it
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Evidence and the files it came from
    #[command(subcommand)]
    Evidence(EvidenceVerb),
    /// The tamper-evident ledger
    #[command(subcommand)]
    Ledger(LedgerVerb),
    /// Whose packs count
    #[command(subcommand)]
    People(People),
    /// Sealed files from and for other people
    #[command(subcommand)]
    Pack(PackVerb),
    /// The data protection officer's side: with packs and no store, or on the store itself
    #[command(subcommand)]
    Dpo(Dpo),
    /// Questions of the data protection officer about entries
    #[command(subcommand)]
    Challenge(ChallengeVerb),
    /// A representative reads a lead pack and answers it
    #[command(subcommand)]
    Rep(RepVerb),
    /// How long leads stay, holds, deletions and erasures
    #[command(subcommand)]
    Retention(RetentionVerb),
    /// Everything the store holds about one officer, sealed to a card
    SubjectAccess {
        store: PathBuf,
        officer: String,
        #[arg(long)]
        out: PathBuf,
        /// The card it is sealed to; your own otherwise
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Make a made-up force: its files, a profile where there is none, a store, import and analysis
    Demo {
        folder: PathBuf,
        #[arg(long, default_value_t = 600)]
        officers: u32,
        #[arg(long, default_value_t = 181)]
        days: u32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Plant nothing: ordinary life only
        #[arg(long)]
        clean: bool,
        /// Only write the files
        #[arg(long)]
        files_only: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum Profile {
    /// Make keys in the profile folder
    New {
        #[arg(long)]
        name: String,
        #[arg(long, value_parser = ["reviewer", "dpo", "representative", "custodian"])]
        role: String,
    },
    /// Write the public member card
    Card {
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum People {
    /// Everyone this profile knows
    List,
    /// Know somebody by their member card; compare the six words by telephone first
    Add { card: PathBuf },
}

#[derive(Debug, Subcommand)]
pub enum StoreVerb {
    /// Make an encrypted store
    Create {
        store: PathBuf,
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "")]
        purpose: String,
        /// Default: countersigned when a DPO's card is enrolled, else recorded
        #[arg(long, value_parser = ["recorded", "countersigned"])]
        policy: Option<String>,
        /// Last day of the store, such as 2027-12-31
        #[arg(long)]
        ends: String,
        /// A member card to enrol; repeat for several
        #[arg(long = "member")]
        members: Vec<PathBuf>,
        /// Also make a recovery identity and print it once
        #[arg(long)]
        recovery: bool,
    },
    /// What the store holds
    Status { store: PathBuf },
    /// Copy the store to a new folder and verify the copy
    Backup {
        store: PathBuf,
        /// Without it a folder beside the store, named after it and the number of its ledger entries
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Enrol a member card; by a member who holds what its role holds
    AddMember { store: PathBuf, card: PathBuf },
    /// Remove a member; the store gets a new key
    RemoveMember {
        store: PathBuf,
        /// The six words of the member's fingerprint, as `store status` lists them
        fingerprint: String,
    },
    /// Destroy the store's keys; its ledger stays and can be verified
    End {
        store: PathBuf,
        /// Needed before the store's last day, when a second member has to end it too
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Put a backup into a new folder; the act is logged
    Restore {
        /// The folder to make
        store: PathBuf,
        #[arg(long)]
        from: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct Import {
    pub store: PathBuf,
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Kind of source; guessed otherwise
    #[arg(long, value_parser = typed::kinds())]
    pub kind: Option<String>,
    /// Mapping file; guessed or recognised otherwise
    #[arg(long)]
    pub mapping: Option<PathBuf>,
    /// The recorded reasons
    #[arg(long)]
    pub gate: PathBuf,
}

#[derive(Debug, Subcommand)]
pub enum OfficersVerb {
    /// Codes that are not on the roll and look like one that is
    Proposals { store: PathBuf },
    /// Count the rows of both codes as one officer's from the next analysis on; logged as a combination
    Link {
        store: PathBuf,
        /// Number of the proposal
        proposal: u32,
        #[arg(long)]
        reason: String,
        /// Refuse the proposal, or undo the link
        #[arg(long)]
        refuse: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum LeadVerb {
    /// The whole lead
    Show { store: PathBuf, lead: String },
    /// Record a decision
    Decide {
        store: PathBuf,
        lead: String,
        /// no_further_action, welfare, prevention_notice, reflective_practice, performance, vetting, severity_assessment,
        /// criminal_referral or data_error
        #[arg(long)]
        outcome: String,
        #[arg(long)]
        reason: String,
        /// agree or disagree, once per finding
        #[arg(long = "agreement", required = true)]
        agreements: Vec<String>,
    },
    /// Take the standing decision back, or open a closed lead again
    Undo { store: PathBuf, lead: String },
    /// Close a decided lead
    Close { store: PathBuf, lead: String },
    /// Stand back from a lead: it is hidden from you from then on
    Recuse {
        store: PathBuf,
        lead: String,
        #[arg(long)]
        reason: String,
    },
    /// Add a note that nobody can change
    Note {
        store: PathBuf,
        lead: String,
        #[arg(long)]
        text: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum EvidenceVerb {
    /// Resolve the locators of a lead to import, file and row: recorded first, like an unmasking
    Locate {
        store: PathBuf,
        lead: String,
        /// The officer to record it under: one of the lead's, and needed where it is about several
        #[arg(long)]
        officer: Option<String>,
        #[arg(long)]
        justification: PathBuf,
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum LedgerVerb {
    /// Entries, newest first
    List {
        store: PathBuf,
        /// First letters of a kind, such as unmask
        #[arg(long, default_value = "")]
        kind: String,
        /// Only of this member
        #[arg(long, default_value = "")]
        by: String,
        /// Code, lead or words
        #[arg(long, default_value = "")]
        search: String,
        /// First day, such as 2026-07-01
        #[arg(long, value_parser = typed::day)]
        from: Option<String>,
        /// Last day
        #[arg(long, value_parser = typed::day)]
        until: Option<String>,
    },
    /// Unmaskings by person and week and where they led, wording used again, settings changed, exports, failed attempts
    Patterns { store: PathBuf },
    /// Check everything that can be checked, in words
    Verify { store: PathBuf },
    /// The keys whose signatures count, as a policy file
    Keys { store: PathBuf },
    /// The whole ledger as one file for countersign-verify, or printed without --out
    Export {
        store: PathBuf,
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// A proof that one entry is in the ledger
    Proof {
        store: PathBuf,
        seq: u32,
        #[arg(long)]
        out: PathBuf,
        /// Also write the entry's exact bytes to this file
        #[arg(long)]
        leaf: Option<PathBuf>,
    },
}
