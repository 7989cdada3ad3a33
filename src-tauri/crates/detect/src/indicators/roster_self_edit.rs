//! Edits to one's own duty that add paid time, by somebody whose role does not include roster editing.
//!
//! A row counts when the editor is the officer, minutes were gained, nobody else approved it, and the officer held no
//! `roster_editor` authority on the day of the edit. Swaps gain nothing and do not count.

use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::measure::{Hit, Measure, capped, columns, counter, left_out, line, reached_if, reached_or};
use crate::profile::{Profile, RosterEdit};
use crate::span::Span;
use crate::wording::{self, count, hours_minutes};
use model::{ArithmeticLine, EvidenceRow, NO_OFFICER, SourceKind, time};

pub const INDICATOR: Indicator = Indicator {
    id: "roster-self-edit",
    needs: &[SourceKind::RosterEdits, SourceKind::Authorities],
    needs_any: &[],
    exposure: Some(Exposure::DutyHours),
    counts: "edits",
    test: Test::Officer(measure),
};

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let own = profile.roster_edits.iter().filter(|e| e.editor == profile.officer && e.gained > 0);
    let (approved, unapproved): (Vec<_>, Vec<_>) = own.partition(|e| has_approver(profile, e));
    let (authorised, cited): (Vec<&RosterEdit>, Vec<&RosterEdit>) = unapproved
        .into_iter()
        .partition(|e| context.may(profile.officer, "roster_editor", context.day(e.at)));
    let minutes = cited.iter().map(|e| e.gained).sum::<i64>() / 1000;
    let (edits, any) = (cited.len() as i64, !cited.is_empty());
    let (often, long) = (edits >= card.value("min_edits"), minutes >= card.value("min_minutes"));
    let holds = vec![
        ("min_edits", reached_if(any, reached_or(long, edits))),
        ("min_minutes", reached_if(any, reached_or(often, minutes))),
    ];
    let hit = (any && (often || long)).then(|| {
        let counter = [
            counter(approved.len(), "own edit names an approver", "own edits name an approver"),
            counter(
                authorised.len(),
                "own edit was made in an editing role",
                "own edits were made in an editing role",
            ),
            no_approvers(context),
        ];
        Hit {
            sentence: sentence(profile, &cited, minutes, card),
            arithmetic: arithmetic(profile, &cited, minutes, context)
                .into_iter()
                .chain(left_out(cited.len()))
                .collect(),
            sources: vec![SourceKind::RosterEdits, SourceKind::Authorities],
            evidence_columns: columns(&["Changed", "Duty", "Field", "From", "To", "Gain", "Reason"]),
            evidence: capped(&cited).iter().map(|e| row(e, context)).collect(),
            counter_evidence: counter.into_iter().flatten().collect(),
            strength: minutes * 1000 / 60,
        }
    });
    Measure { value: cited.len() as u32, exposure: profile.duty_hours(), hit, holds, ..Measure::default() }
}

fn has_approver(profile: &Profile, edit: &RosterEdit) -> bool {
    edit.approver != NO_OFFICER && edit.approver != profile.officer
}

/// A source in which nobody ever approves cannot speak against one officer.
pub fn no_approvers(context: &Context<'_>) -> Option<String> {
    let silent = "No edit of anybody in this source names an approver, so a missing one says little.";
    (!context.approvers_named).then(|| silent.to_owned())
}

/// Whether the edited duty had started; without a duty on file nothing is known.
fn after_start(profile: &Profile, edit: &RosterEdit, context: &Context<'_>) -> bool {
    let duties =
        profile.duties.iter().filter(|d| d.is_worked() && context.day(d.span.start) == edit.duty_date);
    duties.map(|d| d.span.start).min().is_some_and(|start| edit.at > start)
}

fn sentence(profile: &Profile, cited: &[&RosterEdit], minutes: i64, card: &Card) -> String {
    let same_person = cited.iter().filter(|e| e.approver == profile.officer).count();
    let approval = if same_person == 0 { "none" } else { "self" };
    let values = [
        ("changes", count(cited.len(), "change", "changes")),
        ("gained", hours_minutes(minutes)),
        ("approval", card.words(approval).to_owned()),
    ];
    wording::fill(card.words("finding"), &values)
}

fn arithmetic(
    profile: &Profile,
    cited: &[&RosterEdit],
    minutes: i64,
    context: &Context<'_>,
) -> Vec<ArithmeticLine> {
    let started = cited.iter().filter(|e| after_start(profile, e, context)).count() as i64;
    let parts = wording::sum_of(cited.iter().map(|e| e.gained / 1000));
    let minutes = format!("{} min", wording::thousands(minutes));
    let all = profile.roster_edits.len();
    vec![
        line("edits to own duty, premium gained, no approver", wording::thousands(cited.len() as i64), ""),
        line(
            "premium minutes gained",
            minutes,
            if parts.is_empty() { "sum of the gains below".into() } else { parts },
        ),
        line("of these, made after the duty had started", wording::thousands(started), "duties on file only"),
        line("all edits to this person's duties, by anybody", wording::thousands(all as i64), ""),
    ]
}

fn row(edit: &RosterEdit, context: &Context<'_>) -> EvidenceRow {
    let cells = vec![
        context.moment(edit.at),
        time::show_day(edit.duty_date),
        edit.field.to_string(),
        edit.before.to_string(),
        edit.after.to_string(),
        hours_minutes(edit.gained / 1000),
        edit.reason.to_string(),
    ];
    edit.origin.cite(SourceKind::RosterEdits, Span { start: edit.at, end: edit.at }, cells)
}

#[cfg(test)]
mod tests {
    use crate::tests::example::Force;

    const WHO: u32 = 3;

    fn force(editor: u32, gained: i64, approver: u32) -> Force {
        let mut force = Force::of(12);
        force.authority(9, "roster_editor", "2026-01-01", "");
        for day in ["2026-03-02", "2026-03-10", "2026-04-01"] {
            force.edit(WHO, &format!("{day} 07:12"), editor, day, gained, approver);
        }
        force
    }

    #[test]
    fn own_edits_for_gain_without_role_or_approver_are_found_with_their_sum() {
        let finding = force(WHO, 150, u32::MAX).only("roster-self-edit", WHO);
        assert!(finding.sentence.starts_with("3 changes to their own duties"), "{}", finding.sentence);
        assert!(finding.sentence.contains("7 h 30 min"), "{}", finding.sentence);
        assert_eq!(
            (finding.arithmetic[1].value.as_str(), finding.arithmetic[1].note.as_str()),
            ("450 min", "3 × 150")
        );
        assert_eq!(finding.evidence.len(), 3);
    }

    #[test]
    fn somebody_elses_edit_a_swap_and_an_approved_edit_are_not() {
        assert!(force(9, 150, u32::MAX).none("roster-self-edit", WHO));
        assert!(force(WHO, 0, u32::MAX).none("roster-self-edit", WHO));
        assert!(force(WHO, 150, 9).none("roster-self-edit", WHO));
    }

    #[test]
    fn approving_oneself_is_no_approval() {
        let finding = force(WHO, 150, WHO).only("roster-self-edit", WHO);
        assert!(finding.sentence.contains("approved by the same person"), "{}", finding.sentence);
    }

    #[test]
    fn an_authorised_editor_is_not_found_but_one_whose_role_had_ended_is() {
        let mut authorised = force(WHO, 150, u32::MAX);
        authorised.authority(WHO, "roster_editor", "2026-03-01", "");
        assert!(authorised.none("roster-self-edit", WHO));
        let mut ended = force(WHO, 150, u32::MAX);
        ended.authority(WHO, "roster_editor", "2025-01-01", "2026-03-01");
        ended.only("roster-self-edit", WHO);
    }
}
