//! Headers to fields, for one kind.

use super::{Rules, evidence};
use crate::file::{SheetInfo, SourceFile};
use crate::header::key;
use crate::mapping::{ColumnRule, DateOrder, NameSplit, NumberFormat};
use crate::{refuse, vocabulary};
use model::{Field, FieldRole, SourceKind, SourceSchema};

/// How well one kind explains the file.
pub(super) struct Assignment {
    pub(super) kind: SourceKind,
    pub(super) confidence: u8,
    pub(super) columns: Rules,
    pub(super) problems: Vec<String>,
    pub(super) has_dates: bool,
}

/// How well a header names a field: 100 its name, less for synonyms in their order, little for a part of the header.
fn quality(header: &str, field: &Field) -> u32 {
    let header = key(header);
    if header == key(&field.name) {
        return 100;
    }
    if let Some(at) = field.synonyms.iter().position(|s| key(s) == header) {
        return 95 - (at as u32).min(30);
    }
    let padded = format!(" {header} ");
    let part = field.synonyms.iter().chain([&field.name]).any(|s| {
        let wanted = key(s);
        wanted.len() >= 5 && padded.contains(&format!(" {wanted} "))
    });
    if part { 40 } else { 0 }
}

pub(super) fn assign(file: &SourceFile, kind: SourceKind, order: DateOrder) -> Assignment {
    let sheet = file.main_sheet();
    let schema = SourceSchema::of(kind);
    let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
    for (column, header) in sheet.headers.iter().enumerate() {
        if sheet.duplicates.contains(&column) || refuse::by_name(header).is_some() {
            continue;
        }
        let cells = evidence::cells(sheet, column);
        for (at, field) in schema.fields.iter().enumerate() {
            let quality = quality(header, field);
            if quality > 0 && evidence::fits(&cells, field, order) {
                pairs.push((quality, at, column));
            } else if quality == 100 {
                // The field's own name counts even where the first rows are bad, but after what fits.
                pairs.push((50, at, column));
            }
        }
    }
    // Surest pairs first; of equal ones the field and column further left.
    pairs.sort_by_key(|(quality, field, column)| (std::cmp::Reverse(*quality), *field, *column));
    let mut of_field: Vec<Option<usize>> = vec![None; schema.fields.len()];
    let mut used = vec![false; sheet.headers.len()];
    for (_, field, column) in pairs {
        if of_field[field].is_none() && !used[column] {
            of_field[field] = Some(column);
            used[column] = true;
        }
    }
    let mut guess = Guess {
        sheet,
        schema,
        order,
        used,
        columns: Rules::new(),
        problems: Vec::new(),
        words: 0,
        strange_words: 0,
    };
    for (at, field) in schema.fields.iter().enumerate() {
        if let Some(column) = of_field[at] {
            guess.take(field, column);
        }
    }
    guess.finish(kind)
}

struct Guess<'a> {
    sheet: &'a SheetInfo,
    schema: &'static SourceSchema,
    order: DateOrder,
    used: Vec<bool>,
    columns: Rules,
    problems: Vec<String>,
    /// Sample cells of closed lists, and those not in the list.
    words: usize,
    strange_words: usize,
}

impl Guess<'_> {
    fn take(&mut self, field: &Field, column: usize) {
        let header = &self.sheet.headers[column];
        let cells = evidence::cells(self.sheet, column);
        let mut rule = ColumnRule::from_header(header);
        match field.role {
            FieldRole::Instant if !evidence::is_dates(&cells, self.order) && evidence::is_clock(&cells) => {
                match self.date_column(header) {
                    Some(date) => {
                        self.used[date] = true;
                        rule.from.insert(0, self.sheet.headers[date].clone());
                    }
                    None => {
                        self.problems.push(format!(
                            "The column {header:?} holds times of day; no date column was found."
                        ));
                        return;
                    }
                }
            }
            FieldRole::Number if evidence::is_hhmm(&cells) => rule.number = NumberFormat::Hhmm,
            FieldRole::Category if !field.allowed.is_empty() => self.judge_words(field, header, &cells),
            FieldRole::Identity if field.name == "surname" => rule.split = self.name_split(header, &cells),
            _ => {}
        }
        self.columns.insert(field.name.clone(), rule);
    }

    /// The date that belongs to a time column: the one that shares most words with it, else the first.
    fn date_column(&self, time_header: &str) -> Option<usize> {
        let words = key(time_header);
        let shared =
            |header: &str| key(header).split(' ').filter(|w| words.split(' ').any(|o| o == *w)).count();
        let dates = (0..self.sheet.headers.len()).filter(|column| {
            let taken_as_is =
                self.columns.values().any(|r| r.from.len() == 1 && r.from[0] == self.sheet.headers[*column]);
            !taken_as_is && evidence::is_dates(&evidence::cells(self.sheet, *column), self.order)
        });
        let free = dates.filter(|column| {
            let date_of_time =
                self.columns.values().any(|r| r.from.len() == 2 && r.from[0] == self.sheet.headers[*column]);
            !self.used[*column] || date_of_time
        });
        free.max_by_key(|column| (shared(&self.sheet.headers[*column]), std::cmp::Reverse(*column)))
    }

    fn judge_words(&mut self, field: &Field, header: &str, cells: &[&str]) {
        let mut strange: Vec<&str> =
            cells.iter().copied().filter(|c| vocabulary::canonical(&field.allowed, c).is_none()).collect();
        self.words += cells.len();
        self.strange_words += strange.len();
        strange.sort_unstable();
        strange.dedup();
        if !strange.is_empty() {
            self.problems.push(format!(
                "{} of the words in {header:?} are not in the list of {}: say in the mapping what they stand for.",
                strange.len(),
                field.name
            ));
        }
    }

    fn name_split(&self, header: &str, cells: &[&str]) -> NameSplit {
        if self.columns.contains_key("forenames") {
            return NameSplit::None;
        }
        let commas = cells.iter().filter(|c| c.contains(',')).count();
        let blanks = cells.iter().filter(|c| c.contains(' ')).count();
        let whole = matches!(key(header).as_str(), "name" | "full name" | "employee" | "officer name");
        if commas * 2 > cells.len() {
            NameSplit::Comma
        } else if whole && blanks * 2 > cells.len() {
            NameSplit::LastWord
        } else {
            NameSplit::None
        }
    }

    /// Fills what a source may lack, and judges the whole.
    fn finish(mut self, kind: SourceKind) -> Assignment {
        let required: Vec<&Field> =
            self.schema.fields.iter().filter(|f| f.required && f.name != "claim").collect();
        let filled = required.iter().filter(|f| self.columns.contains_key(&f.name)).count();
        let missing: Vec<&&Field> = required.iter().filter(|f| !self.columns.contains_key(&f.name)).collect();
        let timeless = kind == SourceKind::Presence
            && !self.columns.contains_key("at")
            && !self.columns.contains_key("start");
        let has_officer = self.columns.contains_key("officer");
        for field in &missing {
            self.problems.push(format!("No column was found for {:?}: {}", field.name, field.description));
        }
        self.fill_unknown(kind);
        if kind == SourceKind::Overtime && !self.columns.contains_key("claim") {
            self.problems.push("No claim number was found: each row stands for its claim.".into());
        }
        let headers = self.sheet.headers.iter().filter(|h| !h.is_empty()).count().max(1);
        let explained: usize = self.columns.values().map(|r| r.from.len()).sum::<usize>().min(headers);
        let full = missing.is_empty() && !timeless;
        let mut points = 60 * filled / required.len().max(1) + 40 * explained / headers;
        // Kinds with the same headers are told apart by their words.
        points -= points.min(20 * self.strange_words / self.words.max(1));
        if !full {
            points = points.min(55);
        }
        if !has_officer {
            points = points.min(20);
        }
        let dated = |f: &&Field| matches!(f.role, FieldRole::Instant | FieldRole::Date);
        let has_dates = self.schema.fields.iter().filter(dated).any(|f| self.columns.contains_key(&f.name));
        Assignment {
            kind,
            confidence: points as u8,
            columns: self.columns,
            problems: self.problems,
            has_dates,
        }
    }

    /// Rank and unit are needed for peers, an allegation for rates, but a row without them still says something.
    fn fill_unknown(&mut self, kind: SourceKind) {
        let names: &[&str] = match kind {
            SourceKind::Officers => &["rank", "unit"],
            SourceKind::Complaints => &["category"],
            _ => &[],
        };
        for name in names {
            let unknown = || Some("unknown".to_owned());
            match self.columns.get_mut(*name) {
                Some(rule) => rule.default = unknown(),
                None => {
                    self.columns
                        .insert((*name).into(), ColumnRule { constant: unknown(), ..ColumnRule::default() });
                }
            }
        }
    }
}
