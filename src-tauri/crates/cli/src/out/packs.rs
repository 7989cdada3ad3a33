//! Packs in words.

use super::{LOST, checks};
use contract::*;
use std::io::Write;
use std::sync::atomic::Ordering;

pub fn pack(p: &PackView) {
    say!("{} number {} of {} {}, made {}", p.what, p.sequence, p.sender.role, p.sender.name, p.at);
    say!("  sender's words: {}", p.sender.fingerprint);
    say!("  store {}, for {}: {}", p.store, p.to.join(", "), p.purpose);
    for f in &p.facts {
        say!("  {}: {}", f.label, f.value);
    }
    if p.taken {
        say!("  It was taken before.");
    }
    if !p.problem.is_empty() {
        say!("  ! {}", p.problem);
    }
}

pub fn applied(a: &AppliedPack) {
    let lead = if a.lead.is_empty() { String::new() } else { format!(" on lead {}", a.lead) };
    say!("{}{lead}: entry {}. {}", a.what, a.entry, a.words);
}

pub fn challenge(c: &ChallengeView) {
    let state = if c.open { "open" } else { "answered" };
    say!("{} ({state}) by {} at {}, entry {} {}", c.code, c.by, c.at, c.entry, c.lead);
    say!("  {}", c.question);
    if !c.open {
        say!("  answer: {}", c.answer);
    }
}

pub fn countersigned_before(c: &CountersignedView) {
    say!("{} ({}): {} entries at {}, root {}", c.name, c.store, c.size, c.at, c.root);
    if c.open_questions > 0 {
        say!("  {} questions without an answer", c.open_questions);
    }
}

pub fn countersigned(c: &Countersigned) {
    checks(&c.checks);
    say!("Countersigned {} entries of store {}, root {}.", c.size, c.store, c.root);
}

pub fn answered(a: &AnsweredRequest) {
    if a.granted {
        say!("Granted entry {}: {} of {}, to be opened before {}.", a.entry, a.officer, a.lead, a.until);
    } else {
        say!("Refused entry {}: {} of {}. Nothing was decrypted.", a.entry, a.officer, a.lead);
    }
}

pub fn answer(a: &AnswerView) {
    say!("{} about entry {} was answered in entry {}: {}", a.code, a.entry, a.at_entry, a.answer);
}

pub fn ledger(r: &LedgerPackReview) {
    say!("From {}, made {}", r.pack.sender.name, r.pack.at);
    for e in &r.entries {
        super::entry(e);
        for f in &e.text {
            say!("         {}: {}", f.label, f.value);
        }
    }
    super::patterns(&r.patterns);
    review(&r.ledger);
}

pub fn review(r: &LedgerReview) {
    say!("Ledger of {} ({}), {} entries, root {}", r.name, r.store, r.size, r.root);
    if let Some(before) = &r.before {
        say!("You countersigned {} of them at {}.", before.size, before.at);
    }
    checks(&r.checks);
    for f in &r.figures {
        say!("  {}: {}", f.label, f.value);
    }
    if !r.open_challenges.is_empty() {
        say!("Challenges without an answer: {}", r.open_challenges.join(", "));
    }
    say!("{}", if r.proved { "Nothing failed." } else { "It cannot be countersigned." });
}

pub fn request(r: &RequestReview) {
    say!(
        "Entry {} of {} ({}): {} asks at {} for {} of lead {}",
        r.entry,
        r.name,
        r.store,
        r.by,
        r.at,
        r.officer,
        r.lead
    );
    let j = &r.justification;
    say!("  case {}", j.case_reference);
    say!("  necessary: {}", j.necessity);
    say!("  proportionate: {}", j.proportionality);
    say!("  tried before: {}", j.alternatives);
    say!("  for {} minutes: {}", j.minutes, scope(j));
    let over = if r.over_budget { ", over the budget" } else { "" };
    say!("  {} asked for in the 30 days before{over}", r.asked_30_days);
    say!("The entry is in the ledger you countersigned, and the sealed identity is one that was imported.");
    if !r.answered.is_empty() {
        say!("You answered: {}", r.answered);
    }
}

fn scope(j: &model::RawJustification) -> String {
    let words: Vec<String> = j.scope.iter().map(|s| format!("{s:?}").to_lowercase()).collect();
    words.join(", ")
}
