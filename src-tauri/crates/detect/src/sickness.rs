//! Spells of sickness of one officer, without those that are nobody's business here.
//!
//! Rows that follow each other without work in between are one spell, so that a certificate renewed every fortnight, or a
//! part-timer's free days, do not make several of one. A spell that touches parental or disability absence, or whose
//! reason speaks of either, is left out as a whole.

use crate::civil::days_of;
use crate::context::Context;
use crate::profile::{Absence, Profile};
use std::collections::BTreeSet;

/// Without duties on file, rows at most so many days apart are one spell: a weekend and a bank holiday.
const APART_WITHOUT_DUTIES: i32 = 3;
/// With duties on file, rows without work in between are one spell up to so many days apart.
const APART: i32 = 14;
const PRIVATE: [&str; 6] = ["disab", "pregnan", "matern", "parent", "adopt", "miscarr"];

/// First and last day, and the rows.
#[derive(Debug, Clone)]
pub struct Spell<'a> {
    pub first: i32,
    pub last: i32,
    pub rows: Vec<&'a Absence>,
}

impl Spell<'_> {
    /// Civil days, the first and the last among them.
    pub fn days(&self) -> i32 {
        self.last - self.first + 1
    }
}

/// In order of time.
pub fn spells<'a>(profile: &'a Profile, context: &Context<'_>) -> Vec<Spell<'a>> {
    let worked = profile.duties.iter().filter(|d| d.is_worked());
    let worked: BTreeSet<i32> = worked.map(|d| context.day(d.span.start)).collect();
    let apart = if profile.duties.is_empty() { APART_WITHOUT_DUTIES } else { APART };
    let mut spells: Vec<Spell<'_>> = Vec::new();
    for row in profile.absences.iter().filter(|a| &*a.kind == "sick") {
        let (first, last) = days_of(row.span, context);
        match spells.last_mut() {
            Some(open)
                if first <= open.last
                    || first - open.last - 1 <= apart
                        && worked.range(open.last + 1..first).next().is_none() =>
            {
                open.last = open.last.max(last);
                open.rows.push(row);
            }
            _ => spells.push(Spell { first, last, rows: vec![row] }),
        }
    }
    let private = private(profile, context);
    spells.retain(|spell| {
        let touches = |(first, last): &(i32, i32)| *first <= spell.last + 1 && spell.first <= *last + 1;
        !private.iter().any(touches)
    });
    spells
}

/// Days of parental and disability absence, and of sickness whose reason speaks of either.
fn private(profile: &Profile, context: &Context<'_>) -> Vec<(i32, i32)> {
    let is_private = |row: &&Absence| {
        let reason = row.reason_group.to_lowercase();
        matches!(&*row.kind, "parental" | "disability") || PRIVATE.iter().any(|word| reason.contains(word))
    };
    profile.absences.iter().filter(is_private).map(|row| days_of(row.span, context)).collect()
}
