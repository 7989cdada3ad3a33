//! Measure 14: paid details that lie inside the flat four-hour minimum of a court attendance, none of which is a clash.

use crate::data::Place;
use crate::measure::Measure;
use calamine::{Data, Range, Reader};
use detect::{Cards, LoadError, Options, People, Segments, analyse};
use model::{Column, ImportId, Pseudonym, SourceKind, Table, time};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

const ZONE: &str = "America/New_York";

/// One row of pay.
pub struct Claim {
    officer: String,
    day: i32,
    /// Minutes after midnight; the end may be past midnight.
    start: i64,
    end: i64,
    paid: f64,
    court: bool,
}

/// What was found.
struct Boston {
    details: usize,
    /// Details that begin inside the paid, not the worked, time of a court attendance, and their officers.
    inside_minimum: usize,
    their_officers: usize,
    /// Findings of `overtime-clash`.
    flagged: usize,
}

fn text(cell: &Data) -> String {
    cell.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `HHMM`, sometimes without its leading zero.
fn clock(text: &str) -> Option<i64> {
    let number: i64 = text.trim_end_matches(".0").parse().ok()?;
    Some(number / 100 * 60 + number % 100)
}

fn day(cell: &Data) -> Option<i32> {
    match cell {
        // Excel counts days from 1899-12-30.
        Data::DateTime(at) => Some(at.as_f64() as i32 - 25_569),
        Data::Float(at) => Some(*at as i32 - 25_569),
        other => time::parse_day(&text(other)),
    }
}

/// The rows of one workbook.
fn claims(place: &Place, name: &str, headings: [&str; 5], court: bool) -> Option<Vec<Claim>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(place.file(name)?).ok()?;
    of_sheets(book.worksheets().into_iter().map(|(_, sheet)| sheet), headings, court)
}

/// Their rows, by the headings of officer, day, start, end and paid hours; `None` where no sheet has any.
pub fn of_sheets(
    sheets: impl Iterator<Item = Range<Data>>,
    headings: [&str; 5],
    court: bool,
) -> Option<Vec<Claim>> {
    let mut found = Vec::new();
    for sheet in sheets {
        let mut rows = sheet.rows();
        let header: Vec<String> = rows.next()?.iter().map(text).collect();
        let at = headings.map(|h| header.iter().position(|t| t == h));
        let [Some(officer), Some(on), Some(start), Some(end), Some(paid)] = at else { continue };
        found.extend(rows.filter_map(|row| {
            let (start, end) = (clock(&text(&row[start]))?, clock(&text(&row[end]))?);
            let end = if end < start { end + 1_440 } else { end };
            let paid = text(&row[paid]).parse().ok()?;
            Some(Claim { officer: text(&row[officer]), day: day(&row[on])?, start, end, paid, court })
        }));
    }
    (!found.is_empty()).then_some(found)
}

/// Details that begin after the hearing and before the paid hours of the attendance are over.
fn inside_minimum(claims: &[Claim]) -> (usize, BTreeSet<&str>) {
    let mut courts: BTreeMap<(&str, i32), Vec<&Claim>> = BTreeMap::new();
    claims.iter().filter(|c| c.court).for_each(|c| courts.entry((&c.officer, c.day)).or_default().push(c));
    let inside = |detail: &&Claim| {
        let same = courts.get(&(detail.officer.as_str(), detail.day));
        same.is_some_and(|courts| {
            courts.iter().any(|c| {
                let paid_until = c.start + (c.paid * 60.0) as i64;
                c.start <= detail.start && detail.start < paid_until
            })
        })
    };
    let found: Vec<&Claim> = claims.iter().filter(|c| !c.court).filter(inside).collect();
    (found.len(), found.iter().map(|c| c.officer.as_str()).collect())
}

struct Pay(Table);

impl Segments for Pay {
    fn partitions(&self) -> u32 {
        1
    }

    fn load(&self, kind: SourceKind, _: u32) -> Result<Vec<(ImportId, Table)>, LoadError> {
        let table = if kind == SourceKind::Overtime { self.0.clone() } else { Table::new(kind) };
        Ok(vec![(ImportId(1), table)])
    }
}

/// The claims as import leaves them; officers numbered in order of their number.
fn table(claims: &[Claim]) -> (Table, People) {
    let zone = time::zone(ZONE).expect("bundled zone data");
    let officers: BTreeSet<&str> = claims.iter().map(|c| c.officer.as_str()).collect();
    let index: BTreeMap<&str, u32> = officers.iter().enumerate().map(|(at, o)| (*o, at as u32)).collect();
    let mut table = Table::new(SourceKind::Overtime);
    let place = |table: &Table, name| table.position(name).expect("a column of overtime");
    let at = ["claim", "worked_start", "worked_end", "paid_hours"].map(|n| place(&table, n));
    for (row, claim) in claims.iter().enumerate() {
        table.officers.push(index[claim.officer.as_str()]);
        table.rows.push(row as u32);
        table.columns.iter_mut().for_each(Column::push_absent);
        let midnight = time::start_of_day(claim.day, &zone);
        let moment = |minutes: i64| midnight + minutes * 60;
        for (column, value) in at.iter().zip([
            row as i64 + 1,
            moment(claim.start),
            moment(claim.end),
            (claim.paid * 1000.0) as i64,
        ]) {
            match &mut table.columns[*column] {
                Column::Token(cells) => cells[row] = value as u64,
                Column::Instant(cells) | Column::Number(cells) => cells[row] = value,
                _ => {}
            }
        }
    }
    let pseudonyms: Vec<Pseudonym> =
        (0..officers.len() as u64).map(|n| Pseudonym::from_bits(n + 1)).collect();
    (table, People { provisional: vec![false; pseudonyms.len()], pseudonyms })
}

/// The measure, said aloud where the files are not there.
pub fn measure(place: &Place) -> Measure {
    let name = "Boston: clashes among court attendances and details";
    let Some(found) = read(place) else {
        let why = "the Boston files are not on this machine, or their headings are not known";
        return Measure::missing("14a", name, "at most 0", why);
    };
    let note = format!(
        "{} details; {} of {} officers begin inside the paid minimum of a court attendance",
        found.details, found.inside_minimum, found.their_officers
    );
    Measure::at_most("14a", name, found.flagged as f64, 0.0, note)
}

/// Court attendances and details of 2022; `None` where the files are not there.
fn read(place: &Place) -> Option<Boston> {
    let court = ["ID", "OTDATE", "STARTTIME", "ENDTIME", "OTHOURS"];
    let detail = ["Emp. ID", "Detail Date", "Start Time", "End Time", "Hours Paid"];
    let mut all = claims(place, "boston/court_overtime_2022_half_a.xlsx", court, true)?;
    all.extend(claims(place, "boston/paid_details_2022_half_a.xlsx", detail, false)?);
    let (inside, officers) = inside_minimum(&all);
    let their_officers = officers.len();
    let details = all.iter().filter(|c| !c.court).count();
    let (table, people) = table(&all);
    let cancel = AtomicBool::new(false);
    let progress = |_: u32, _: u32| {};
    let options = Options {
        zone: ZONE.to_owned(),
        threads: 0,
        seed: 1,
        previous_runs: 0,
        context_bytes: detect::CONTEXT_BYTES,
        cancel: &cancel,
        progress: &progress,
    };
    let analysis = analyse(&Pay(table), &people, &Cards::shipped(), &options).ok()?;
    let findings = analysis.leads.iter().flat_map(|l| &l.findings);
    let flagged = findings.filter(|f| f.indicator == "overtime-clash").count();
    Some(Boston { details, inside_minimum: inside, their_officers, flagged })
}
