//! What is printed: words for people, or one JSON document.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what a command line is for")]

use contract::*;
use serde::Serialize;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether words were lost on the way out for another reason than that nobody reads them any more.
static LOST: AtomicBool = AtomicBool::new(false);

/// `println!` panics when a pipe is closed, and a panic would skip locking the store.
macro_rules! say {
    ($($word:tt)*) => {
        if let Err(e) = writeln!(std::io::stdout(), $($word)*)
            && e.kind() != std::io::ErrorKind::BrokenPipe
        {
            LOST.store(true, Ordering::Relaxed);
        }
    };
}

mod handover;
pub mod packs;
pub use handover::*;

/// Whether everything printed so far reached its reader, or its reader left.
pub fn arrived() -> bool {
    let flushed = match std::io::stdout().flush() {
        Ok(()) => true,
        Err(e) => e.kind() == std::io::ErrorKind::BrokenPipe,
    };
    flushed && !LOST.load(Ordering::Relaxed)
}

/// A failure: to standard error, in words.
pub fn failure(e: &Failure) {
    eprintln!("countersign: {}", e.message);
    if !e.hint.is_empty() {
        eprintln!("  {}", e.hint);
    }
}

pub fn line(text: &str) {
    say!("{text}");
}

/// Progress and remarks, which must not disturb a JSON document.
pub fn remark(text: &str) {
    eprintln!("{text}");
}

/// Prints the document, or lets `words` print it for people.
pub fn document<T: Serialize>(json: bool, value: &T, words: impl FnOnce(&T)) {
    if json {
        match serde_json::to_string_pretty(value) {
            Ok(text) => {
                say!("{text}");
            }
            Err(_) => eprintln!("countersign: the document could not be written as JSON"),
        }
    } else {
        words(value);
    }
}

/// What came of an act is a file: nothing to say to people, who named it.
pub fn written(json: bool, path: &Path) {
    document(json, &Written { written: path.display().to_string() }, |_| {});
}

/// What was done was done to a lead.
pub fn lead_done(json: bool, lead: String) {
    document(json, &LeadRef { lead }, |_| {});
}

pub fn store(s: &StoreView) {
    say!("{} ({}), policy {}, ends {}", s.name, s.id, s.policy, s.ends);
    say!("  {} imports, {} leads, {} ledger entries", s.imports, s.leads, s.ledger_entries);
    for m in &s.members {
        say!("  {} {}: {}", m.role, m.name, m.fingerprint);
    }
    for warning in &s.warnings {
        say!("  ! {warning}");
    }
}

pub fn proposal(p: &ImportProposal) {
    say!("{} ({}), {} % sure, {}", p.kind, p.file_name, p.confidence, p.format);
    for c in &p.columns {
        let use_of = c
            .target
            .as_deref()
            .map_or_else(|| format!("dropped: {}", c.dropped.as_deref().unwrap_or("")), str::to_owned);
        say!("  {:<28} {:<40} {}", c.header, use_of, c.samples.first().map_or("", String::as_str));
    }
    for problem in &p.problems {
        say!("  {problem}");
    }
    for field in &p.missing {
        say!("  missing: {field}");
    }
}

pub fn import_report(r: &ImportReportView) {
    say!("Import {}: {} ({})", r.import.import, r.import.title, r.import.kind);
    for fact in r.facts.iter().chain(&r.sheets) {
        say!("  {:<60} {}", fact.label, fact.value);
    }
    for reject in &r.rejected {
        say!("  rejected {} in {}: {} ({})", reject.count, reject.column, reject.reason, reject.places);
    }
    for column in &r.dropped_columns {
        say!("  column not taken: {} ({})", column.label, column.value);
    }
    for remark in &r.remarks {
        say!("  {remark}");
    }
}

pub fn run(r: &RunView) {
    say!("Run {}: {} officers, {} rows, {} s, cards {}", r.run, r.officers, r.rows, r.seconds, r.cards);
    for i in &r.indicators {
        let about =
            [&i.skipped, &i.limits, &i.expected_false, &i.baseline].into_iter().filter(|t| !t.is_empty());
        let about: Vec<&str> = about.map(String::as_str).collect();
        say!("  {:<20} {:>5} found  {}", i.id, i.found, about.join(" "));
    }
}

pub fn lead_row(l: &LeadRow) {
    say!("{}  {}  {:<8} {:<6} {:<9} {}", l.lead, l.subject, l.route, l.priority, l.state, l.summary);
}

pub fn lead(l: &LeadView) {
    say!("{}  {}  {} {} {}", l.lead, l.subject, l.route, l.priority, l.state);
    say!("{} · {} to {}", l.who, l.first_day, l.last_day);
    for f in &l.findings {
        say!("\n{} ({})\n  {}", f.title, f.nature, f.sentence);
        for a in &f.arithmetic {
            say!("    {:<60} {} {}", a.label, a.value, a.note);
        }
        for e in &f.innocent_explanations {
            say!("  to check: {e}");
        }
        say!("  would clear it: {}", f.what_would_clear_it);
        say!("  {} evidence rows. {}", f.evidence_rows, f.base_rate);
    }
    for d in &l.decisions {
        say!("\nDecision {} by {} ({}): {}", d.outcome, d.by, d.standing, d.reason);
    }
    for n in &l.names_asked {
        say!(
            "\nName of {} asked for by {} on {}, entry {}: {} {}",
            n.officer,
            n.by,
            n.at,
            n.entry,
            n.state,
            n.reason
        );
    }
    say!("\nA lead is not a verdict: someone has to look at it.");
}

pub fn evidence(f: &FindingView, page: &EvidencePage) {
    say!("    {}  locator", f.evidence_columns.join(" | "));
    for row in &page.rows {
        say!("    {}  {}", row.cells.join(" | "), row.locator);
    }
}

fn entry(e: &EntryView) {
    say!("{:>5}  {}  {:<14} {:<18} {}  {}", e.seq, e.at, e.by, e.what, e.about, e.outcome);
}

pub fn ledger(page: &LedgerPage) {
    page.entries.iter().for_each(entry);
}

pub fn patterns(p: &LedgerPatterns) {
    for r in &p.reviewers {
        say!("{}: {} unmaskings, {} decided, {} of them nowhere", r.by, r.unmaskings, r.decided, r.nowhere);
    }
    if let Some(chance) = p.by_chance {
        say!("  By lot alone, people would be as far apart in {:.0} % of cases.", chance * 100.0);
    }
    let weeks: Vec<String> = p.weeks.iter().map(ToString::to_string).collect();
    say!("Unmaskings by week: {}", weeks.join(" "));
    for r in &p.reused {
        let entries: Vec<String> = r.entries.iter().map(ToString::to_string).collect();
        say!("Wording of entries {}: {}", entries.join(", "), r.text);
    }
    for n in &p.nowhere {
        say!("Entry {}: lead {} ended without action", n.entry, n.lead);
    }
    say!("Settings, exports and failed attempts, newest {} of {}:", p.watched.len(), p.watched_in_all);
    p.watched.iter().for_each(entry);
}

fn checks(all: &[CheckView]) {
    for c in all {
        let mark = match c.outcome.as_str() {
            "proved" => "ok  ",
            "look" => "look",
            _ => "FAIL",
        };
        say!("{mark}  {}  {}", c.what, c.detail);
    }
}

pub fn verification(v: &Verification) {
    checks(&v.checks);
    say!("{}", if v.proved { "Nothing failed." } else { "The ledger does not verify." });
}

/// A name, only ever to a terminal.
pub fn revealed(r: &Revealed) {
    say!("Entry {} recorded. {}:", r.seq, r.officer);
    for f in &r.fields {
        say!("  {}: {}", f.label, f.value);
    }
}

pub fn member(m: &MemberView) {
    say!("{} {}: {}", m.role, m.name, m.fingerprint);
}

pub fn indicator(i: &IndicatorView) {
    say!("{}  {} ({}, {})", i.id, i.title, i.nature, i.route);
    say!("  {}", i.looks_for);
    for p in &i.parameters {
        let changed =
            if p.value == p.default { String::new() } else { format!(", shipped as {}", p.default) };
        say!("  {} = {} {} ({} to {}{changed}): {}", p.name, p.value, p.unit, p.min, p.max, p.about);
    }
    match i.found {
        Some(found) if i.skipped.is_empty() => {
            say!("  last run: {found} findings. {} {}", i.expected_false, i.baseline)
        }
        Some(_) => say!("  last run: {}", i.skipped),
        None => say!("  not run yet"),
    }
    say!("  {} Cannot see: {}", i.base_rate, i.cannot_see);
    for c in &i.changes {
        say!("  changed {} by {}: {} from {} to {}", c.at, c.by, c.name, c.before, c.after);
    }
}

pub fn preview(p: &Preview) {
    say!("Would list {}, now {}.", p.officers_then, p.officers_now);
    if !p.needs_run {
        say!("Leads gained {}, lost {}.", p.leads_gained, p.leads_lost);
    }
}

fn figure(value: Option<f64>) -> String {
    value.map_or("withheld".into(), |v| format!("{v:.3}"))
}

fn span(i: &Interval) -> String {
    format!("{:.2} ({:.2} to {:.2})", i.value, i.low, i.high)
}

pub fn oversight(o: &OversightView) {
    if !o.nothing.is_empty() {
        say!("{}", o.nothing);
    }
    say!("Figures that rest on fewer than {} are withheld.", o.min_cell);
    for t in &o.tables {
        say!("\nLead rate by {}{}", t.heading, if t.protected { " (protected)" } else { "" });
        for r in &t.rows {
            let ratio = r.ratio.as_ref().map_or("withheld".into(), span);
            say!("  {:<28} rate {}  ratio {ratio}", r.group, figure(r.rate));
        }
    }
    for s in &o.shuffled {
        say!(
            "Dealt out by lot, {}: gap {:.1}, by lot {:.1} ({:.1} to {:.1})",
            s.heading,
            s.observed,
            s.expected,
            s.low,
            s.high
        );
    }
    if let Some(c) = &o.concentration {
        for a in &c.alarms {
            say!("Unit {}: more leads than expected ({:.1})", a.unit, a.expected);
        }
    }
    for r in &o.reviewers {
        say!(
            "{}: {} decided, median {} s on the evidence, accepted {}",
            r.reviewer,
            r.decided,
            r.median_seconds,
            span(&r.accepted)
        );
        r.remarks.iter().for_each(|remark| say!("  {remark}"));
    }
    match &o.agreement {
        Some(a) => say!("Second looks: {}, alike {:.2}, by lot {:.2}", a.leads, a.alike, a.by_lot),
        None => say!("No second look has been taken; {} wait.", o.waiting),
    }
}
