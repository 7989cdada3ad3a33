//! What is printed: words for people, or one JSON document.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what a command line is for")]

use contract::*;
use serde::Serialize;

/// A failure: to standard error, in words.
pub fn failure(e: &Failure) {
    eprintln!("countersign: {}", e.message);
    if !e.hint.is_empty() {
        eprintln!("  {}", e.hint);
    }
}

pub fn line(text: &str) {
    println!("{text}");
}

/// Progress and remarks, which must not disturb a JSON document.
pub fn remark(text: &str) {
    eprintln!("{text}");
}

/// Prints the document, or lets `words` print it for people.
pub fn document<T: Serialize>(json: bool, value: &T, words: impl FnOnce(&T)) {
    if json {
        match serde_json::to_string_pretty(value) {
            Ok(text) => println!("{text}"),
            Err(_) => eprintln!("countersign: the document could not be written as JSON"),
        }
    } else {
        words(value);
    }
}

pub fn store(s: &StoreView) {
    println!("{} ({}), policy {}, ends {}", s.name, s.id, s.policy, s.ends);
    println!("  {} imports, {} leads, {} ledger entries", s.imports, s.leads, s.ledger_entries);
    for m in &s.members {
        println!("  {} {}: {}", m.role, m.name, m.fingerprint);
    }
    for warning in &s.warnings {
        println!("  ! {warning}");
    }
}

pub fn proposal(p: &ImportProposal) {
    println!("{} ({}), {} % sure, {}", p.kind, p.file_name, p.confidence, p.format);
    for c in &p.columns {
        let use_of = c
            .target
            .as_deref()
            .map_or_else(|| format!("dropped: {}", c.dropped.as_deref().unwrap_or("")), str::to_owned);
        println!("  {:<28} {:<40} {}", c.header, use_of, c.samples.first().map_or("", String::as_str));
    }
    for problem in &p.problems {
        println!("  {problem}");
    }
    for field in &p.missing {
        println!("  missing: {field}");
    }
}

pub fn import_report(r: &ImportReportView) {
    println!("Import {}: {} ({})", r.import.import, r.import.title, r.import.kind);
    for fact in r.facts.iter().chain(&r.sheets) {
        println!("  {:<60} {}", fact.label, fact.value);
    }
    for reject in &r.rejected {
        println!("  rejected {} in {}: {} ({})", reject.count, reject.column, reject.reason, reject.places);
    }
    for column in &r.dropped_columns {
        println!("  column not taken: {} ({})", column.label, column.value);
    }
    for remark in &r.remarks {
        println!("  {remark}");
    }
}

pub fn run(r: &RunView) {
    println!("Run {}: {} officers, {} rows, {} s, cards {}", r.run, r.officers, r.rows, r.seconds, r.cards);
    for i in &r.indicators {
        let about = [&i.skipped, &i.expected_false, &i.baseline].into_iter().filter(|t| !t.is_empty());
        let about: Vec<&str> = about.map(String::as_str).collect();
        println!("  {:<20} {:>5} found  {}", i.id, i.found, about.join(" "));
    }
}

pub fn lead_row(l: &LeadRow) {
    println!("{}  {}  {:<8} {:<6} {:<9} {}", l.lead, l.officer, l.route, l.priority, l.state, l.summary);
}

pub fn lead(l: &LeadView) {
    println!("{}  {}  {} {} {}", l.lead, l.officer, l.route, l.priority, l.state);
    println!("{} · {} to {}", l.who, l.first_day, l.last_day);
    for f in &l.findings {
        println!("\n{} ({})\n  {}", f.title, f.nature, f.sentence);
        for a in &f.arithmetic {
            println!("    {:<60} {} {}", a.label, a.value, a.note);
        }
        for e in &f.innocent_explanations {
            println!("  to check: {e}");
        }
        println!("  would clear it: {}", f.what_would_clear_it);
        println!("  {} evidence rows. {}", f.evidence_rows, f.base_rate);
    }
    for d in &l.decisions {
        println!("\nDecision {} by {} ({}): {}", d.outcome, d.by, d.standing, d.reason);
    }
    println!("\nA lead is not a verdict: someone has to look at it.");
}

pub fn evidence(f: &FindingView, page: &EvidencePage) {
    println!("    {}  locator", f.evidence_columns.join(" | "));
    for row in &page.rows {
        println!("    {}  {}", row.cells.join(" | "), row.locator);
    }
}

pub fn ledger(page: &LedgerPage) {
    for e in &page.entries {
        println!("{:>5}  {}  {:<14} {:<18} {}  {}", e.seq, e.at, e.by, e.what, e.about, e.outcome);
    }
}

pub fn verification(v: &Verification) {
    for c in &v.checks {
        let mark = match c.outcome.as_str() {
            "proved" => "ok  ",
            "look" => "look",
            _ => "FAIL",
        };
        println!("{mark}  {}  {}", c.what, c.detail);
    }
    println!("{}", if v.proved { "Nothing failed." } else { "The ledger does not verify." });
}

/// A name, only ever to a terminal.
pub fn revealed(r: &Revealed) {
    println!("Entry {} recorded. {}:", r.seq, r.officer);
    for f in &r.fields {
        println!("  {}: {}", f.label, f.value);
    }
}
