mod people;
mod planted;
mod shape;
mod tables;
mod work;

use super::*;
use crate::plant::Behaviour;
use calamine::Reader;
use model::SourceSchema;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

/// One export read back: header and rows as text.
struct Sheet {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Cells of the columns that map to the named fields.
    fn columns(&self, kind: SourceKind, fields: &[&str]) -> Vec<Vec<&str>> {
        let places: Vec<usize> = fields.iter().map(|field| self.place(kind, field)).collect();
        self.rows.iter().map(|row| places.iter().map(|place| row[*place].as_str()).collect()).collect()
    }

    fn place(&self, kind: SourceKind, field: &str) -> usize {
        self.header.iter().position(|h| field_of(kind, h) == Some(field)).expect("the field is in the file")
    }
}

fn field_of(kind: SourceKind, header: &str) -> Option<&'static str> {
    let header = header.to_lowercase();
    let named = |f: &&model::Field| f.name == header || f.synonyms.contains(&header);
    SourceSchema::of(kind).fields.iter().find(named).map(|f| f.name.as_str())
}

fn read_delimited(path: &Path) -> Sheet {
    let bytes = std::fs::read(path).unwrap();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{FEFF}').to_owned(),
        Err(error) => error.into_bytes().into_iter().map(char::from).collect(),
    };
    let first = text.lines().next().unwrap();
    let delimiter = *[b';', b'\t', b','].iter().find(|d| first.as_bytes().contains(d)).unwrap();
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    Sheet { header, rows }
}

/// All sheets of the workbook under the first one's header; Excel days become minutes since 1970.
fn read_workbook(path: &Path) -> Sheet {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let mut sheet = Sheet { header: Vec::new(), rows: Vec::new() };
    for (_, range) in book.worksheets() {
        let range = range.range((2, 0), range.end().unwrap());
        let mut rows = range.rows().map(|row| {
            let text = |cell: &calamine::Data| match cell {
                calamine::Data::DateTime(at) => {
                    (((at.as_f64() - 25_569.0) * 1_440.0).round() as i64).to_string()
                }
                other => other.to_string(),
            };
            row.iter().map(text).collect::<Vec<String>>()
        });
        sheet.header = rows.next().unwrap();
        sheet.rows.extend(rows);
    }
    sheet
}

fn read(made: &Made, kind: SourceKind) -> Sheet {
    let (_, path, _) = made.files.iter().find(|(k, _, _)| *k == kind).unwrap();
    if kind == SourceKind::Overtime { read_workbook(path) } else { read_delimited(path) }
}

struct World {
    _dir: tempfile::TempDir,
    made: Made,
    sheets: BTreeMap<SourceKind, Sheet>,
}

impl World {
    fn make(plan: &Plan) -> World {
        let dir = tempfile::tempdir().unwrap();
        let made = write(plan, dir.path()).unwrap();
        let sheets = made.files.iter().map(|(kind, ..)| (*kind, read(&made, *kind))).collect();
        World { _dir: dir, made, sheets }
    }

    /// The demo's own force, made once for all tests.
    fn demo() -> &'static World {
        static WORLD: OnceLock<World> = OnceLock::new();
        WORLD.get_or_init(|| World::make(&Plan::default()))
    }

    fn columns(&self, kind: SourceKind, fields: &[&str]) -> Vec<Vec<&str>> {
        self.sheets[&kind].columns(kind, fields)
    }

    fn planted(&self, behaviour: Behaviour) -> Vec<&str> {
        let wanted = |l: &&Label| l.planted && l.behaviour == behaviour.as_str();
        self.made.labels.iter().filter(wanted).map(|l| l.officer_id.as_str()).collect()
    }

    fn looking_alike(&self, note: &str) -> Vec<&str> {
        let labels = self.made.labels.iter().filter(|l| !l.planted && l.note.contains(note));
        let found: Vec<&str> = labels.map(|l| l.officer_id.as_str()).collect();
        assert!(!found.is_empty(), "no look-alike: {note}");
        found
    }

    /// Start and end of each worked duty, by officer.
    fn worked(&self) -> HashMap<&str, Vec<(i64, i64)>> {
        let mut worked: HashMap<&str, Vec<(i64, i64)>> = HashMap::new();
        for row in self.columns(SourceKind::Duties, &["officer", "start", "end", "kind"]) {
            if !matches!(row[3], "rest" | "leave") {
                worked.entry(row[0]).or_default().push((minute(row[1]), minute(row[2])));
            }
        }
        worked
    }

    fn overtime(&self) -> Vec<(&str, i64, i64)> {
        let rows = self.columns(SourceKind::Overtime, &["officer", "worked_start", "worked_end"]);
        rows.into_iter().map(|r| (r[0], r[1].parse().unwrap(), r[2].parse().unwrap())).collect()
    }

    fn absences(&self) -> HashMap<&str, Vec<(i64, i64)>> {
        let mut away: HashMap<&str, Vec<(i64, i64)>> = HashMap::new();
        for row in self.columns(SourceKind::Absences, &["officer", "start", "end"]) {
            away.entry(row[0]).or_default().push((minute(row[1]), minute(row[2]) + 1_440));
        }
        away
    }
}

/// Minutes since 1970 of `2026-03-09 07:00`, `09/03/2026 07:00` or a bare date of either form.
fn minute(text: &str) -> i64 {
    let (date, time) = text.split_once(' ').unwrap_or((text, "00:00"));
    let date = match date.split('/').collect::<Vec<_>>()[..] {
        [day, month, year] => format!("{year}-{month}-{day}"),
        _ => date.to_owned(),
    };
    let clock: Vec<i64> = time.split(':').map(|part| part.parse().unwrap()).collect();
    i64::from(model::time::parse_day(&date).unwrap()) * 1_440 + clock[0] * 60 + clock[1]
}

fn overlap(a: (i64, i64), b: (i64, i64)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn small() -> Plan {
    Plan { officers: 80, days: 60, ..Plan::default() }
}
