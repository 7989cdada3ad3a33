//! Finding and replacing.

use super::fold::{Folded, fold};
use super::{Meaning, NameSet, Scrubbed, common, patterns};
use model::Pseudonym;
use std::ops::Range;

/// Longest text judged, in characters; a longer one is no short text and is withheld as a whole.
const LONGEST: usize = 500;
/// Stands where several officers share the name.
const SHARED: &str = "[name]";

/// A phrase of the roll found in the folded text, word boundaries checked.
struct Found<'a> {
    at: Range<usize>,
    meaning: &'a Meaning,
}

pub(super) fn scrub(set: &NameSet, text: &str, doubt: bool) -> Scrubbed {
    if text.len() > LONGEST && text.chars().count() > LONGEST {
        return Scrubbed { text: "[long text withheld]".into(), replaced: 0, flagged: true };
    }
    let mut cuts: Vec<(Range<usize>, String)> = Vec::new();
    let mut flagged = false;
    if !set.is_empty() {
        let folded = fold(text);
        flagged = known(set, text, &folded, doubt, &mut cuts);
    }
    if text.bytes().any(|b| b.is_ascii_digit() || b == b'@') {
        let drawn: Vec<Range<usize>> = patterns::drawn().find_iter(text).map(|m| m.range()).collect();
        let own = |at: &Range<usize>| drawn.iter().any(|d| d.start <= at.start && at.end <= d.end);
        for (placeholder, shape) in patterns::shapes() {
            for found in shape.find_iter(text).filter(|m| !own(&m.range())) {
                take(&mut cuts, found.range(), placeholder);
            }
        }
    }
    flagged |= doubt && capitalised_pair(text, &cuts);
    Scrubbed { replaced: cuts.len() as u32, text: rebuild(text, cuts), flagged }
}

/// Keeps a cut unless an earlier, surer one overlaps it.
fn take(cuts: &mut Vec<(Range<usize>, String)>, at: Range<usize>, by: &str) -> bool {
    let free = cuts.iter().all(|(c, _)| at.end <= c.start || c.end <= at.start);
    if free {
        cuts.push((at, by.to_owned()));
    }
    free
}

fn rebuild(text: &str, mut cuts: Vec<(Range<usize>, String)>) -> String {
    if cuts.is_empty() {
        return text.to_owned();
    }
    cuts.sort_unstable_by_key(|c| c.0.start);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, by) in cuts {
        out.push_str(&text[from..at.start]);
        out.push_str(&by);
        from = at.end;
    }
    out.push_str(&text[from..]);
    out
}

/// Cuts for known ids and names, ids and full names first; returns whether something stayed in doubt.
fn known(
    set: &NameSet,
    text: &str,
    folded: &Folded,
    free_text: bool,
    cuts: &mut Vec<(Range<usize>, String)>,
) -> bool {
    let mut found = phrases(set, folded);
    // Longest first, so that a part of a longer name is not judged by itself.
    found.sort_by_key(|f| (std::cmp::Reverse(f.at.len()), f.at.start));
    let original = |at: &Range<usize>| folded.origin[at.start] as usize..folded.origin[at.end] as usize;
    for f in found.iter().filter(|f| !f.meaning.id_of.is_empty()) {
        take(cuts, original(&f.at), &who(set, &f.meaning.id_of));
    }
    for s in found.iter().filter(|f| !f.meaning.surname_of.is_empty()) {
        for f in found.iter().filter(|f| !f.meaning.forename_of.is_empty()) {
            if let Some(at) = adjacent(folded, s, f) {
                let both: Vec<u32> = s
                    .meaning
                    .surname_of
                    .iter()
                    .filter(|o| f.meaning.forename_of.contains(o))
                    .copied()
                    .collect();
                if !both.is_empty() {
                    take(cuts, original(&at), &who(set, &both));
                }
            }
        }
    }
    let mut doubt = false;
    for f in &found {
        let at = original(&f.at);
        if cuts.iter().any(|(c, _)| at.start < c.end && c.start < at.end) {
            continue;
        }
        // "van der Berghe" has its capital late.
        let capital = text[at.clone()].split(' ').any(|word| word.starts_with(char::is_uppercase));
        let (titled, start) = lead_in(text, at.start);
        if f.meaning.surname_of.is_empty() {
            // A forename alone is nobody in particular.
            doubt |= capital && !f.meaning.forename_of.is_empty();
        } else if titled || (capital && !f.meaning.common) {
            // A word of a list ("CASE PREPARATION") is rarely the officer of that name, and giving it their code would tell
            // the reader whose code it is.
            let by = if titled || free_text { who(set, &f.meaning.surname_of) } else { SHARED.to_owned() };
            take(cuts, start..at.end, &by);
        } else {
            doubt |= capital;
        }
    }
    doubt
}

/// The officer meant, where it is one; else a placeholder.
fn who(set: &NameSet, officers: &[u32]) -> String {
    let mut codes = officers.iter().map(|o| set.entries[*o as usize].officer);
    let first: Option<Pseudonym> = codes.next();
    match first {
        Some(code) if codes.all(|c| c == code) => code.to_string(),
        _ => SHARED.to_owned(),
    }
}

/// Every stretch of the text that stands alone and is a phrase of the roll.
fn phrases<'a>(set: &'a NameSet, folded: &Folded) -> Vec<Found<'a>> {
    let (text, phrases) = (folded.text.as_str(), set.phrases());
    let (mut found, mut starts) = (Vec::new(), Vec::new());
    let mut before = None;
    for (at, c) in text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]) {
        if !is_word(c) {
            starts.retain(|start| at - start <= phrases.longest);
            let stretches = starts.iter().map(|start| *start..at).filter(|range| !joins_numbers(text, range));
            found.extend(stretches.filter_map(|at| {
                let meaning = phrases.meanings.get(&text[at.clone()])?;
                Some(Found { at, meaning })
            }));
        }
        if !is_word(before) {
            starts.push(at);
        }
        before = c;
    }
    found
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Whether a number is a piece of a date, a time or a longer number.
fn joins_numbers(text: &str, at: &Range<usize>) -> bool {
    if !text[at.clone()].bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let joins = |c: Option<char>| c.is_some_and(|c| matches!(c, ':' | '/' | '.' | '-'));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut before = text[..at.start].chars().rev();
    let mut after = text[at.end..].chars();
    (joins(before.next()) && digit(before.next())) || (joins(after.next()) && digit(after.next()))
}

/// `Forename Surname`, `Surname, Forename`, with an initial between them.
fn adjacent(folded: &Folded, a: &Found<'_>, b: &Found<'_>) -> Option<Range<usize>> {
    let (first, second) = if a.at.start < b.at.start { (a, b) } else { (b, a) };
    let between = folded.text.get(first.at.end..second.at.start)?;
    let middle = between.trim_matches([' ', ',', '.']);
    let close = !between.is_empty() && between.len() <= 6 && middle.len() <= 1;
    close.then_some(first.at.start..second.at.end)
}

/// Whether a title stands before a name, and where the name's initials begin.
fn lead_in(text: &str, mut start: usize) -> (bool, usize) {
    loop {
        let before = text[..start].trim_end_matches([' ', '.']);
        let from = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
        let word = before.get(from..).unwrap_or("");
        let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        if initial && start - from <= 4 {
            start = from;
            continue;
        }
        return (common::is_title(&word.to_lowercase()), start);
    }
}

/// Two capitalised words in a row that are neither known nor the start of a sentence.
fn capitalised_pair(text: &str, cuts: &[(Range<usize>, String)]) -> bool {
    let mut previous: Option<usize> = None;
    let mut at = 0;
    for word in text.split(|c: char| !(c.is_alphabetic() || c == '\'' || c == '-')) {
        let start = at;
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
        if word.is_empty() {
            continue;
        }
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase) && letters.clone().count() >= 1;
        let mixed = letters.all(|c| !c.is_uppercase() || word.contains(['-', '\'']));
        let cut = cuts.iter().any(|(c, _)| start < c.end && c.start < start + word.len());
        if !capital || !mixed || cut || common::is_opener(&word.to_lowercase()) {
            previous = None;
            continue;
        }
        if previous.is_some_and(|end| matches!(&text[end..start], " " | ", " | ",")) {
            return true;
        }
        previous = Some(start + word.len());
    }
    false
}
