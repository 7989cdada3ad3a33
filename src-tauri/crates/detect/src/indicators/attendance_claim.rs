//! Days claimed as office with no trace of presence, while the readers of the officer's usual site around that day worked.
//!
//! A day on which too few others were seen counts as unknown (an outage), never as absent, and so does a claim that was
//! imported after the presence of its day, which was kept only inside what was there then. Any swipe or desk trace at any
//! site clears the day, and so does a duty at court or on training.

use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::{Context, Seen};
use crate::measure::{Hit, Measure, columns, line};
use crate::profile::{AttendanceClaim, Profile, Word};
use crate::span::Span;
use crate::wording::{self, count};
use model::{ArithmeticLine, EvidenceRow, NO_NUMBER, SourceKind, time};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "attendance-claim",
    needs: &[SourceKind::AttendanceClaims, SourceKind::Presence],
    needs_any: &[],
    exposure: Some(Exposure::DutyHours),
    counts: "days",
    test: Test::Officer(measure),
};

/// What the traces say of each day claimed as office.
#[derive(Default)]
struct Days<'a> {
    confirmed: usize,
    /// Readers did not work, too few people were seen to tell, or presence was imported before the claim.
    unknown: usize,
    /// Claim, and how many others were seen.
    without_trace: Vec<(&'a AttendanceClaim, u32)>,
    /// Of those, days with a remote connection.
    remote: usize,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let sites = Sites::of(profile, context);
    let days = judge(profile, &sites, context, card);
    let cited = days.without_trace.len();
    let hit = (cited > 0 && cited as i64 >= card.value("min_days")).then(|| Hit {
        sentence: sentence(&days, card),
        arithmetic: arithmetic(&days),
        sources: vec![SourceKind::AttendanceClaims, SourceKind::Presence],
        evidence_columns: columns(&["Day", "Claimed", "Hours", "Others seen by the readers"]),
        evidence: days.without_trace.iter().map(|(claim, others)| row(claim, *others, context)).collect(),
        counter_evidence: counter_evidence(profile, &sites, &days),
        strength: cited as i64 * 1000,
    });
    Measure { value: cited as u32, exposure: profile.duty_hours(), hit, ..Measure::default() }
}

/// Days of own traces at named sites, in order.
pub struct Sites(Vec<(i32, Word)>);

impl Sites {
    /// How far around a day its usual site is looked for: people move.
    const NEAR: i32 = 28;

    pub fn of(profile: &Profile, context: &Context<'_>) -> Self {
        let named = profile.presence.iter().filter(|t| t.is_on_site() && !t.site.is_empty());
        let days: BTreeSet<(i32, Word)> =
            named.map(|t| (context.day(t.span.start), t.site.clone())).collect();
        Self(days.into_iter().collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the readers of the usual site recorded on a day, of other people.
    pub fn others(&self, day: i32, context: &Context<'_>) -> Seen {
        let site = self.usual(day);
        let own = site.is_some_and(|site| self.0.binary_search(&(day, site.clone())).is_ok());
        let seen = context.seen(site, day);
        Seen { officers: seen.officers.saturating_sub(u32::from(own)), ..seen }
    }

    /// The usual site around a day; of the whole period where there is no trace near it.
    fn usual(&self, day: i32) -> Option<&Word> {
        let from = self.0.partition_point(|(d, _)| *d < day - Self::NEAR);
        let to = self.0.partition_point(|(d, _)| *d <= day + Self::NEAR);
        most_days(&self.0[from..to]).or_else(|| most_days(&self.0))
    }
}

/// The site with most days; the first by name where two are equal.
fn most_days(days: &[(i32, Word)]) -> Option<&Word> {
    let mut times: BTreeMap<&Word, usize> = BTreeMap::new();
    days.iter().for_each(|(_, site)| *times.entry(site).or_default() += 1);
    let most = times.values().copied().max()?;
    times.into_iter().find(|(_, n)| *n == most).map(|(site, _)| site)
}

fn judge<'a>(profile: &'a Profile, sites: &Sites, context: &Context<'_>, card: &Card) -> Days<'a> {
    let days_of = |span: Span| context.day(span.start)..=context.day(span.end);
    let traces = |on_site: bool| -> BTreeSet<i32> {
        let traces = profile.presence.iter().filter(|t| t.is_on_site() == on_site);
        traces.flat_map(|t| days_of(t.span)).collect()
    };
    let (seen, connected) = (traces(true), traces(false));
    let away = profile.duties.iter().filter(|d| matches!(&*d.kind, "court" | "training"));
    let away: BTreeSet<i32> = away.flat_map(|d| days_of(d.span)).collect();
    let mut days = Days::default();
    let mut claimed = BTreeSet::new();
    for claim in profile.attendance_claims.iter().filter(|c| &*c.place == "office") {
        if !claimed.insert(claim.day) || away.contains(&claim.day) {
            continue;
        }
        let readers = sites.others(claim.day, context);
        let others = readers.officers;
        if seen.contains(&claim.day) {
            days.confirmed += 1;
        } else if i64::from(others) < card.value("min_others") || readers.import <= claim.origin.import.0 {
            days.unknown += 1;
        } else {
            days.remote += usize::from(connected.contains(&claim.day));
            days.without_trace.push((claim, others));
        }
    }
    days
}

fn sentence(days: &Days<'_>, card: &Card) -> String {
    let fewest = days.without_trace.iter().map(|(_, others)| *others).min().unwrap_or(0);
    let values = [
        ("days", count(days.without_trace.len(), "day", "days")),
        ("were", if days.without_trace.len() == 1 { "was" } else { "were" }.to_owned()),
        ("fewest", count(fewest as usize, "other person", "other people")),
    ];
    wording::fill(card.words("finding"), &values)
}

fn arithmetic(days: &Days<'_>) -> Vec<ArithmeticLine> {
    let number = |n: usize| wording::thousands(n as i64);
    let all = days.confirmed + days.unknown + days.without_trace.len();
    let split = format!(
        "{} confirmed + {} unknown + {} without a trace",
        days.confirmed,
        days.unknown,
        all - days.confirmed - days.unknown
    );
    vec![
        line(
            "days claimed as office, no trace at any site, readers worked",
            number(days.without_trace.len()),
            "",
        ),
        line("days claimed as office in all", number(all), split),
        line("of the days without a trace, with a remote connection", number(days.remote), ""),
    ]
}

fn counter_evidence(profile: &Profile, sites: &Sites, days: &Days<'_>) -> Vec<String> {
    let mut found = Vec::new();
    if days.confirmed > 0 {
        found.push(format!(
            "{} by a reader.",
            count(days.confirmed, "office day is confirmed", "office days are confirmed")
        ));
    }
    if days.unknown > 0 {
        let days = count(days.unknown, "further day is", "further days are");
        let why = "the readers recorded too few people, or presence was imported before the claim";
        found.push(format!("{days} unknown because {why}; not counted."));
    }
    if sites.is_empty() {
        let never =
            "No reader ever recorded this person, so a lost, unlinked or shared card explains every day.";
        found.push(never.to_owned());
    }
    if profile.duties.is_empty() {
        found.push("No duties are on file for this person.".to_owned());
    }
    found
}

fn row(claim: &AttendanceClaim, others: u32, context: &Context<'_>) -> EvidenceRow {
    let start = time::start_of_day(claim.day, &context.calendar.zone);
    let end = time::start_of_day(claim.day + 1, &context.calendar.zone);
    let hours = match claim.hours {
        NO_NUMBER => String::new(),
        hours => hours_minutes(hours),
    };
    let others = wording::thousands(i64::from(others));
    let cells = vec![time::show_day(claim.day), claim.place.to_string(), hours, others];
    claim.origin.cite(SourceKind::AttendanceClaims, Span { start, end }, cells)
}

fn hours_minutes(thousandths: i64) -> String {
    wording::hours_minutes(thousandths * 60 / 1000)
}

#[cfg(test)]
mod tests {
    use crate::tests::example::Force;

    const WHO: u32 = 5;

    /// Twenty people; the others swipe on every day in `open`, the officer claims five days and swipes on one.
    fn force(open: &[&str]) -> Force {
        let mut force = Force::of(20);
        for day in ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"] {
            force.attendance(WHO, day, "office");
            for other in (0..20).filter(|o| *o != WHO && open.contains(&day)) {
                force.swipe(other, &format!("{day} 08:50"), "Site 01");
            }
        }
        force.swipe(WHO, "2026-03-06 08:45", "Site 01");
        force
    }

    #[test]
    fn office_days_without_a_trace_while_readers_worked_are_found() {
        let finding =
            force(&["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-06"]).only("attendance-claim", WHO);
        assert!(finding.sentence.starts_with("3 days"), "{}", finding.sentence);
        assert_eq!(finding.evidence.len(), 3);
        assert!(
            finding.counter_evidence.iter().any(|c| c.contains("unknown")),
            "{:?}",
            finding.counter_evidence
        );
    }

    #[test]
    fn presence_imported_before_the_claims_proves_nothing_and_the_run_says_so() {
        let mut force = force(&["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-06"]);
        force.presence_first = true;
        let analysis = force.analyse();
        assert!(analysis.leads.is_empty());
        let skipped = analysis.skipped.iter().find(|s| s.indicator == "attendance-claim").expect("named");
        assert_eq!(skipped.reason, "presence_first");
        assert!(skipped.message.starts_with("Presence was imported before the claims"));
    }

    #[test]
    fn a_reader_outage_is_unknown_and_not_absence() {
        assert!(force(&["2026-03-02", "2026-03-03", "2026-03-06"]).none("attendance-claim", WHO));
    }

    /// Works at one site in January and at another from March, whose readers fail on the claimed days.
    #[test]
    fn whoever_moved_is_held_against_the_readers_of_the_new_site_only() {
        let mut moved = force(&["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]);
        for day in 5..=25 {
            moved.swipe(WHO, &format!("2026-01-{day:02} 08:45"), "Site 01");
        }
        let mut stayed = moved.clone();
        for day in 9..=13 {
            moved.swipe(WHO, &format!("2026-03-{day:02} 08:45"), "Site 02");
            stayed.swipe(WHO, &format!("2026-03-{day:02} 08:45"), "Site 01");
        }
        assert!(moved.none("attendance-claim", WHO));
        assert_eq!(stayed.only("attendance-claim", WHO).evidence.len(), 4);
    }

    #[test]
    fn a_remote_day_a_training_day_and_a_swipe_elsewhere_are_not_found() {
        let open = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-06"];
        let mut elsewhere = force(&open);
        elsewhere.swipe(WHO, "2026-03-03 10:00", "Site 02");
        assert!(elsewhere.none("attendance-claim", WHO));
        let mut training = force(&open);
        training.duty(WHO, "2026-03-03 09:00", "2026-03-03 17:00", "training");
        assert!(training.none("attendance-claim", WHO));
        let mut remote = Force::of(20);
        for day in open {
            remote.attendance(WHO, day, "remote");
            (0..20).filter(|o| *o != WHO).for_each(|o| remote.swipe(o, &format!("{day} 08:50"), "Site 01"));
        }
        assert!(remote.none("attendance-claim", WHO));
    }
}
