//! What may be typed about figures and reports.

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Oversight {
    #[arg(required = true)]
    pub store: Option<PathBuf>,
    #[command(subcommand)]
    pub verb: Option<OversightVerb>,
}

#[derive(Debug, Subcommand)]
pub enum OversightVerb {
    /// Write a document: one of the four
    Report {
        store: PathBuf,
        #[command(flatten)]
        document: Document,
        #[arg(long)]
        out: PathBuf,
    },
}

/// One of the documents that can be written.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Document {
    /// What is analysed, why, and how to object, for everyone
    #[arg(long)]
    workforce: bool,
    /// Outcomes by indicator, rank band and year, for everyone
    #[arg(long)]
    outcomes: bool,
    /// Evidence for the impact assessment
    #[arg(long)]
    dpia: bool,
    /// The log of section 62 of the Data Protection Act 2018, as CSV
    #[arg(long)]
    s62: bool,
}

impl Document {
    pub fn what(&self) -> &'static str {
        let all = [(self.workforce, "workforce"), (self.outcomes, "outcomes"), (self.dpia, "dpia")];
        // clap lets exactly one through.
        all.into_iter().find(|(wanted, _)| *wanted).map_or("s62", |(_, what)| what)
    }
}
