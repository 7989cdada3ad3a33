//! The period of a lead as days: bands of duty and absence, marks for what is cited.

use crate::rows::of_officer;
use crate::session::Session;
use crate::{Error, analyse};
use contract::{Band, Mark, MemberTimeline, Timeline};
use jiff::tz::TimeZone;
use model::{Lead, LeadId, NO_INSTANT, OfficerIndex, Pseudonym, SourceKind};
use store::Read;
use store::evidence::Cited;

/// Longest period drawn, in days; a longer one keeps its end.
const MAX_DAYS: i32 = 800;
/// Most marks drawn; the table holds the rest.
const MAX_MARKS: usize = 400;

struct Drawing {
    first: i32,
    last: i32,
    zone: TimeZone,
}

impl Drawing {
    /// Runs of days that intervals touch, as bands.
    fn bands(&self, spans: &mut Vec<(i64, i64)>, kind: &str) -> Vec<Band> {
        spans.sort_unstable();
        let mut runs: Vec<(i32, i32)> = Vec::new();
        for (start, end) in spans {
            let from = model::time::day_of(*start, &self.zone);
            // An interval that ends at midnight does not touch the next day.
            let to = model::time::day_of((*end - 1).max(*start), &self.zone);
            // A night duty belongs to the day it starts on.
            let to = if kind == "duty" || kind == "overtime" { from } else { to };
            match runs.last_mut() {
                Some(run) if from <= run.1 + 1 => run.1 = run.1.max(to),
                _ => runs.push((from, to)),
            }
        }
        let inside = runs.into_iter().filter(|(a, b)| *b >= self.first && *a <= self.last);
        inside
            .map(|(a, b)| {
                let (a, b) = (a.max(self.first), b.min(self.last));
                Band { day: (a - self.first) as u32, days: (b - a + 1) as u32, kind: kind.to_owned() }
            })
            .collect()
    }
}

type Spans = Vec<(i64, i64)>;

fn spans<R: Read>(
    reader: &R,
    officer: OfficerIndex,
    kind: SourceKind,
    names: (&str, &str),
) -> Result<Vec<(String, i64, i64)>, Error> {
    let mut found = Vec::new();
    for (_, table) in of_officer(reader, kind, officer)? {
        let (starts, ends) = (table.instants(names.0), table.instants(names.1));
        let words = table.words("kind");
        for row in 0..table.len() {
            let word = words.map_or("", |w| w.get(row)).to_owned();
            found.push((word, starts[row], ends[row]));
        }
    }
    Ok(found)
}

/// Traces left inside a building; a swipe has a moment, a desk booking a time.
fn stays<R: Read>(reader: &R, officer: Option<OfficerIndex>) -> Result<Vec<(String, i64, i64)>, Error> {
    let Some(officer) = officer else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (_, table) in of_officer(reader, SourceKind::Presence, officer)? {
        let words = table.words("kind");
        let [at, start, end] = ["at", "start", "end"].map(|n| table.instants(n));
        for row in 0..table.len() {
            let moment = |all: &[i64]| all.get(row).copied().filter(|t| *t != NO_INSTANT);
            if let Some(from) = moment(at).or_else(|| moment(start)) {
                let word = words.map_or("", |w| w.get(row)).to_owned();
                found.push((word, from, moment(end).unwrap_or(from + 1)));
            }
        }
    }
    Ok(found)
}

/// The period of a lead. Bands are one officer's days; laid over one another, several officers' would say nothing.
pub(super) fn draw<R: Read>(reader: &R, lead: &Lead, cited: &[Cited], zone: &str) -> Result<Timeline, Error> {
    let officer = lead.subject.officer().map(|code| store::officers::index_of(reader, code)).transpose()?;
    draw_for(reader, lead, officer, cited.iter(), zone)
}

/// The same for each member of a group, with the rows that name them.
pub(crate) fn of_members(session: &Session, id: LeadId) -> Result<Vec<MemberTimeline>, Error> {
    let reader = session.reader();
    super::mine(session, &*reader, id)?;
    let body = store::leads::body(&*reader, id)?.ok_or_else(|| Error::not_found("lead"))?;
    let lead: Lead = serde_json::from_str(&body)?;
    let cited = store::evidence::of_lead(&*reader, id)?;
    let zone = analyse::zone(&*reader)?;
    let member = |code: &Pseudonym| {
        let officer = code.to_string();
        let index = store::officers::index_of(&*reader, *code)?;
        let naming = cited.iter().filter(|c| c.row.cells.contains(&officer));
        Ok(MemberTimeline { timeline: draw_for(&*reader, &lead, Some(index), naming, &zone)?, officer })
    };
    lead.subject.members().iter().map(member).collect()
}

fn draw_for<'a, R: Read>(
    reader: &R,
    lead: &Lead,
    officer: Option<OfficerIndex>,
    cited: impl Iterator<Item = &'a Cited>,
    zone: &str,
) -> Result<Timeline, Error> {
    let first = lead.first_day.max(lead.last_day - MAX_DAYS);
    let drawing =
        Drawing { first, last: lead.last_day, zone: model::time::zone(zone).unwrap_or(TimeZone::UTC) };
    let spans = |kind, names| officer.map_or_else(|| Ok(Vec::new()), |o| spans(reader, o, kind, names));
    let duties = spans(SourceKind::Duties, ("start", "end"))?;
    let absences = spans(SourceKind::Absences, ("start", "end"))?;
    let overtime = spans(SourceKind::Overtime, ("worked_start", "worked_end"))?;
    let presence = stays(reader, officer)?;
    let pick = |all: &[(String, i64, i64)], wanted: &dyn Fn(&str) -> bool| -> Spans {
        all.iter().filter(|(w, _, _)| wanted(w)).map(|(_, a, b)| (*a, *b)).collect()
    };
    let mut leave = pick(&duties, &|w| w == "leave");
    leave.extend(pick(&absences, &|w| w != "sick" && w != "disability"));
    let mut bands = drawing.bands(&mut pick(&duties, &|w| w != "rest" && w != "leave"), "duty");
    bands.extend(drawing.bands(&mut leave, "leave"));
    bands.extend(drawing.bands(&mut pick(&absences, &|w| w == "sick" || w == "disability"), "sick"));
    bands.extend(drawing.bands(&mut pick(&overtime, &|_| true), "overtime"));
    bands.extend(
        drawing.bands(&mut pick(&presence, &|w| matches!(w, "swipe_in" | "swipe_out" | "desk")), "presence"),
    );
    let marks = cited.filter_map(|c| {
        let day = model::time::day_of(c.row.at, &drawing.zone);
        (first..=lead.last_day).contains(&day).then(|| Mark {
            day: (day - first) as u32,
            finding: c.finding,
            label: model::time::show_day(day),
        })
    });
    Ok(Timeline {
        first: model::time::iso_day(first),
        last: model::time::iso_day(lead.last_day),
        days: (lead.last_day - first + 1).max(1) as u32,
        bands,
        marks: marks.take(MAX_MARKS).collect(),
    })
}
