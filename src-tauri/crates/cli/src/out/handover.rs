//! Lead packs, answers and retention in words.

use super::LOST;
use contract::*;
use std::io::Write;
use std::sync::atomic::Ordering;

fn fit(f: &FitView) {
    say!("A colleague who knows the roster is left with {} of {} people:", f.people, f.of);
    for step in &f.steps {
        say!("  {}: {} left", step.known, step.left);
    }
}

pub fn lead_pack(p: &LeadPackView) {
    say!("{}", p.what_it_is);
    if !p.code.is_empty() {
        say!("Your member's code in this pack: {}. Please answer by {}.", p.code, p.reply_by);
    }
    for fact in &p.facts {
        say!("{}: {}", fact.label, fact.value);
    }
    for f in &p.findings {
        say!("\nFinding {}: {}", f.n, f.title);
        say!("  {}", f.sentence);
        for line in &f.arithmetic {
            say!("  {}: {}", line.label, line.value);
        }
        if let Some(peers) = &f.peers {
            say!(
                "  {} people in {}: median {}, highest {}",
                peers.size,
                peers.group,
                peers.median,
                peers.highest
            );
        }
        if !f.rows.is_empty() {
            say!("  {}", f.columns.join(" | "));
        }
        for row in &f.rows {
            say!("  {}", row.join(" | "));
        }
        say!("  How it is found: {}", f.card.looks_for);
        say!("  It cannot see: {}", f.card.cannot_see);
        say!("  {}", f.base_rate);
        say!("  What would clear it: {}", f.what_would_clear_it);
    }
    for w in &p.withheld {
        say!("\nWithheld: {}. {}. {}", w.what, w.ground, w.reason);
    }
    for r in &p.removed {
        say!("Redacted: {} ({})", r.label, r.value);
    }
    fit(&p.fit);
}

pub fn pack_preview(p: &LeadPackPreview) {
    for change in &p.changes {
        say!("- {}\n+ {}\n    {}", change.before, change.after, change.why.join("; "));
    }
    for what in &p.widened {
        say!("Widened: {what}.");
    }
    lead_pack(&p.pack);
    if !p.blocked.is_empty() {
        say!("! {}", p.blocked);
    }
}

pub fn sent_pack(s: &SentLeadPack) {
    say!("Entry {} recorded; pack {} for code {}, answer by {}.", s.entry, s.hash, s.code, s.reply_by);
    fit(&s.fit);
}

pub fn reply(r: &ReplyView) {
    say!("Answer to {} ({}) by {} ({}), entry {}", r.lead, r.code, r.by, r.capacity, r.entry);
    if !r.conflict.is_empty() {
        say!("  Conflict declared: {}", r.conflict);
    }
    for a in &r.answers {
        say!("  Finding {}, {}: {} {}", a.finding, a.stance.replace('_', " "), a.text, a.evidence);
    }
    for again in &r.recomputed {
        say!("  Finding {} computed again: {}", again.finding, again.words);
    }
}

pub fn retention(r: &RetentionView) {
    say!("The store ends on {}.", r.ends);
    for rule in &r.rules {
        say!("  {}: {}", rule.label, rule.value);
    }
    for d in &r.due {
        let mark = if d.held {
            "held"
        } else if d.overdue {
            "due "
        } else {
            "    "
        };
        say!("{mark}  {}  {}  {} ({})", d.lead, d.due, d.class, d.state.replace('_', " "));
    }
    for h in &r.holds {
        say!("Hold on {} since {} by {}: {}", h.lead, h.since, h.by, h.reason);
    }
    for d in &r.deletions {
        let next = if d.confirmed_by.is_empty() {
            "waits for another member".to_owned()
        } else {
            format!("confirmed by {}, can be taken back until {}", d.confirmed_by, d.final_on)
        };
        say!("Deletion of {} proposed {} by {}: {}; {next}", d.lead, d.proposed, d.by, d.reason);
    }
    r.erasures.iter().for_each(erasure);
}

pub fn erasure(e: &ErasureView) {
    say!("Receipt {} of {} by {}, {}: {}", e.receipt, e.at, e.by, e.rule, e.counts);
}
