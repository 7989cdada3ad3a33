//! Edits made after the duty was over that add premium time and that nobody approved.
//!
//! The duty is the officer's duty that starts on the edited date; where none is on file, the date's end plus
//! `unknown_duty_hours` stands in, so that a night duty is not called over while it runs.

use super::roster_self_edit::no_approvers;
use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::measure::{Hit, Measure, capped, columns, counter, left_out, line, reached_if, reached_or};
use crate::profile::{Profile, RosterEdit};
use crate::span::Span;
use crate::wording::{self, count, hours_minutes};
use model::{EvidenceRow, NO_OFFICER, SourceKind, time};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "roster-late-edit",
    needs: &[SourceKind::RosterEdits],
    needs_any: &[],
    exposure: Some(Exposure::DutyHours),
    counts: "edits",
    test: Test::Officer(measure),
};

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let ends = duty_ends(profile, context);
    let over = |e: &&RosterEdit| e.gained > 0 && e.at > end_of(e.duty_date, &ends, context, card);
    let (approved, cited): (Vec<&RosterEdit>, Vec<&RosterEdit>) =
        profile.roster_edits.iter().filter(over).partition(|e| has_approver(profile, e));
    let minutes = cited.iter().map(|e| e.gained).sum::<i64>() / 1000;
    let (edits, any) = (cited.len() as i64, !cited.is_empty());
    let (often, long) = (edits >= card.value("min_edits"), minutes >= card.value("min_minutes"));
    let holds = vec![
        ("min_edits", reached_if(any, reached_or(long, edits))),
        ("min_minutes", reached_if(any, reached_or(often, minutes))),
    ];
    let hit = (any && (often || long)).then(|| {
        let counter = [
            counter(approved.len(), "late edit names an approver", "late edits name an approver"),
            no_approvers(context),
        ];
        let mut sources = vec![SourceKind::RosterEdits];
        sources.extend((!ends.is_empty()).then_some(SourceKind::Duties));
        Hit {
            sentence: sentence(profile, &cited, minutes, card),
            arithmetic: arithmetic(profile, &cited, minutes, &ends)
                .into_iter()
                .chain(left_out(cited.len()))
                .collect(),
            sources,
            evidence_columns: columns(&[
                "Changed",
                "Duty",
                "Duty ended",
                "Field",
                "From",
                "To",
                "Gain",
                "Changed by",
            ]),
            evidence: capped(&cited).iter().map(|e| row(profile, e, &ends, context)).collect(),
            counter_evidence: counter.into_iter().flatten().collect(),
            strength: minutes * 1000 / 60,
        }
    });
    Measure { value: cited.len() as u32, exposure: profile.duty_hours(), hit, holds, ..Measure::default() }
}

/// Approved by somebody other than the editor and the officer.
fn has_approver(profile: &Profile, edit: &RosterEdit) -> bool {
    edit.approver != NO_OFFICER && edit.approver != profile.officer && edit.approver != edit.editor
}

/// The latest end of the duties that start on each day.
fn duty_ends(profile: &Profile, context: &Context<'_>) -> BTreeMap<i32, i64> {
    let mut ends = BTreeMap::new();
    for duty in profile.duties.iter().filter(|d| d.is_worked()) {
        let end = ends.entry(context.day(duty.span.start)).or_insert(duty.span.end);
        *end = duty.span.end.max(*end);
    }
    ends
}

fn end_of(date: i32, ends: &BTreeMap<i32, i64>, context: &Context<'_>, card: &Card) -> i64 {
    let unknown =
        || time::start_of_day(date + 1, &context.calendar.zone) + card.value("unknown_duty_hours") * 3600;
    ends.get(&date).copied().unwrap_or_else(unknown)
}

fn sentence(profile: &Profile, cited: &[&RosterEdit], minutes: i64, card: &Card) -> String {
    let own = cited.iter().filter(|e| e.editor == profile.officer).count();
    let by = match own {
        0 => card.words("by_others").to_owned(),
        n if n == cited.len() => card.words("by_self").to_owned(),
        n => wording::fill(card.words("by_both"), &[("own", wording::thousands(n as i64))]),
    };
    let values = [
        ("changes", count(cited.len(), "change", "changes")),
        ("gained", hours_minutes(minutes)),
        ("were", if cited.len() == 1 { "was" } else { "were" }.to_owned()),
        ("by", by),
    ];
    wording::fill(card.words("finding"), &values)
}

fn arithmetic(
    profile: &Profile,
    cited: &[&RosterEdit],
    minutes: i64,
    ends: &BTreeMap<i32, i64>,
) -> Vec<model::ArithmeticLine> {
    let parts = wording::sum_of(cited.iter().map(|e| e.gained / 1000));
    let editors: BTreeSet<u32> = cited.iter().map(|e| e.editor).collect();
    let own = cited.iter().filter(|e| e.editor == profile.officer).count() as i64;
    let on_file = cited.iter().filter(|e| ends.contains_key(&e.duty_date)).count() as i64;
    let minutes = format!("{} min", wording::thousands(minutes));
    vec![
        line("edits after the duty, premium gained, no approver", wording::thousands(cited.len() as i64), ""),
        line(
            "premium minutes gained",
            minutes,
            if parts.is_empty() { "sum of the gains below".into() } else { parts },
        ),
        line(
            "made by the officer",
            wording::thousands(own),
            format!("{} in all", editor_count(editors.len())),
        ),
        line(
            "duty found on file",
            wording::thousands(on_file),
            "for the rest, the end of the day and a margin",
        ),
    ]
}

fn editor_count(number: usize) -> String {
    count(number, "editor", "editors")
}

fn row(
    profile: &Profile,
    edit: &RosterEdit,
    ends: &BTreeMap<i32, i64>,
    context: &Context<'_>,
) -> EvidenceRow {
    let by =
        if edit.editor == profile.officer { "the officer".to_owned() } else { context.code(edit.editor) };
    let cells = vec![
        context.moment(edit.at),
        time::show_day(edit.duty_date),
        ends.get(&edit.duty_date).map_or_else(|| "not on file".to_owned(), |end| context.moment(*end)),
        edit.field.to_string(),
        edit.before.to_string(),
        edit.after.to_string(),
        hours_minutes(edit.gained / 1000),
        by,
    ];
    edit.origin.cite(SourceKind::RosterEdits, Span { start: edit.at, end: edit.at }, cells)
}

#[cfg(test)]
mod tests {
    use crate::tests::example::Force;

    const WHO: u32 = 4;
    const EDITOR: u32 = 9;

    fn force(hour: &str, approver: u32) -> Force {
        let mut force = Force::of(12);
        for day in 2..5 {
            force.duty(WHO, &format!("2026-03-0{day} 14:00"), &format!("2026-03-0{day} 22:00"), "late");
            force.edit(
                WHO,
                &format!("2026-03-0{day} {hour}"),
                EDITOR,
                &format!("2026-03-0{day}"),
                150,
                approver,
            );
        }
        force
    }

    #[test]
    fn edits_after_the_duty_for_gain_name_who_made_them() {
        let finding = force("22:30", u32::MAX).only("roster-late-edit", WHO);
        assert!(finding.sentence.contains("7 h 30 min"), "{}", finding.sentence);
        assert_eq!(finding.evidence[0].cells[7], Force::code(EDITOR));
        assert_eq!(finding.evidence[0].cells[2], "2 Mar 2026 22:00");
    }

    #[test]
    fn an_edit_while_the_duty_runs_and_an_approved_correction_are_not_late() {
        assert!(force("21:59", u32::MAX).none("roster-late-edit", WHO));
        assert!(force("22:30", 8).none("roster-late-edit", WHO));
    }

    #[test]
    fn an_editor_who_approves_their_own_edit_approved_nothing() {
        force("22:30", EDITOR).only("roster-late-edit", WHO);
    }

    #[test]
    fn a_night_duty_is_not_over_at_midnight_even_when_it_is_not_on_file() {
        let night = |hour: &str| {
            let mut force = Force::of(12);
            for day in 2..5 {
                let next = day + 1;
                force.edit(
                    WHO,
                    &format!("2026-03-0{next} {hour}"),
                    EDITOR,
                    &format!("2026-03-0{day}"),
                    90,
                    u32::MAX,
                );
            }
            force
        };
        assert!(night("05:00").none("roster-late-edit", WHO));
        night("13:00").only("roster-late-edit", WHO);
    }
}
