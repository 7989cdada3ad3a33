//! The imports taken so far and their reports, as a person reads them.

use crate::Error;
use crate::outgoing::Texts;
use crate::session::Session;
use contract::{Fact, ImportReportView, ImportView, RejectedView};
use model::{Gate, ImportId, ImportReport, SourceSchema};
use store::imports::Import;

fn import_view(import: &Import, report: &ImportReport) -> Result<ImportView, Error> {
    let gate: Gate = serde_json::from_str(&import.gate_json)?;
    let zone = model::time::zone(&import.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    Ok(ImportView {
        import: import.id.0,
        kind: import.kind.to_string(),
        title: SourceSchema::of(import.kind).title.clone(),
        at: model::time::show_moment(import.at, &zone),
        by: import.by.clone(),
        rows: report.rows_accepted as u32,
        rejected: report.rows_rejected() as u32,
        first_day: report.first_day.map(model::time::show_day),
        last_day: report.last_day.map(model::time::show_day),
        lawful_basis: gate.lawful_basis,
        mapping: toml::from_str::<intake::Mapping>(&import.mapping_toml).map(|m| m.name).unwrap_or_default(),
        zone: import.zone.clone(),
    })
}

pub(crate) fn list(session: &Session) -> Result<Vec<ImportView>, Error> {
    let imports = store::imports::all(&*session.reader())?;
    imports.iter().map(|i| import_view(i, &serde_json::from_str(&i.report_json)?)).collect()
}

fn count_facts(report: &ImportReport) -> Vec<Fact> {
    let facts = [
        ("Rows read", report.rows_read),
        ("Rows accepted", report.rows_accepted),
        ("Rows rejected", report.rows_rejected()),
        ("Rows outside the period", report.outside_period),
        ("Rows already imported from another file, skipped", report.duplicate_rows),
        ("Off-duty presence dropped (counts as unknown)", report.dropped_off_duty),
        ("Officers", report.officers),
        ("Ids not on the roll, kept under provisional codes", report.unknown_officers),
        ("Rows of those", report.unknown_officer_rows),
        ("Texts in which a name or detail was replaced", report.scrubbed_texts),
        ("Texts that could not be judged", report.flagged_texts),
        ("Times that occurred twice at a clock change (the earlier was taken)", report.ambiguous_times),
        ("Times that never occurred (moved forward)", report.skipped_times),
    ];
    let shown = facts.into_iter().enumerate().filter(|(i, (_, n))| *i < 3 || *n > 0);
    shown.map(|(_, (label, n))| Fact { label: label.into(), value: group(n) }).collect()
}

/// `64,357`.
fn group(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn dropped_words(reason: &str) -> &'static str {
    match reason {
        "refused" => "refused: this kind of data is never taken in",
        "duplicate_header" => "the header occurs twice",
        "not_mapped" => "not used by the mapping",
        _ => "not part of this kind of source",
    }
}

pub(crate) fn report_view(session: &Session, import: ImportId) -> Result<ImportReportView, Error> {
    let import = store::imports::get(&*session.reader(), import)?;
    let report: ImportReport = serde_json::from_str(&import.report_json)?;
    let place = |(sheet, row): &(String, u64)| {
        if sheet.is_empty() { format!("row {row}") } else { format!("{sheet} row {row}") }
    };
    let rejected = report.rejected.iter().map(|r| RejectedView {
        reason: r.reason.clone(),
        column: r.column.clone(),
        count: r.count as u32,
        places: r.places.iter().map(place).collect::<Vec<_>>().join(", "),
    });
    let dropped = report
        .dropped_columns
        .iter()
        .map(|c| Fact { label: c.header.clone(), value: dropped_words(&c.reason).into() });
    let sheets = report.sheets.iter().map(|s| Fact { label: s.name.clone(), value: group(s.rows) });
    Ok(ImportReportView {
        import: import_view(&import, &report)?,
        rows_read: report.rows_read as u32,
        rows_accepted: report.rows_accepted as u32,
        facts: count_facts(&report),
        rejected: rejected.collect(),
        dropped_columns: dropped.collect(),
        sheets: sheets.filter(|f| !f.label.is_empty()).collect(),
        gaps: report
            .gap_weeks()
            .into_iter()
            .map(|m| format!("week of {}", model::time::show_day(m)))
            .collect(),
        remarks: report.remarks.clone(),
    })
}

/// The report as a text file.
pub(crate) fn report_text(session: &Session, import: ImportId) -> Result<String, Error> {
    let view = report_view(session, import)?;
    let mut texts = Texts::default();
    view.dropped_columns.iter().for_each(|c| texts.add("the columns not taken", c.label.as_str()));
    view.rejected.iter().for_each(|r| texts.add("the columns of rejected rows", r.column.as_str()));
    view.sheets.iter().for_each(|s| texts.add("the names of the sheets", s.label.as_str()));
    view.remarks.iter().for_each(|r| texts.add("the remarks", r.as_str()));
    texts.refuse_names(session, "import report")?;
    let mut out = format!(
        "Import {}: {}\n{} by {}\n\n",
        view.import.import, view.import.title, view.import.at, view.import.by
    );
    let mut block = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out += &format!("{title}\n  {}\n\n", lines.join("\n  "));
        }
    };
    let facts = |facts: &[Fact]| facts.iter().map(|f| format!("{}: {}", f.label, f.value)).collect();
    block("Counts", facts(&view.facts));
    let rejected = |r: &RejectedView| format!("{} in {}: {} ({})", r.reason, r.column, r.count, r.places);
    block(
        "Rejected rows (row numbers count the header as row 1)",
        view.rejected.iter().map(rejected).collect(),
    );
    block("Columns not taken", facts(&view.dropped_columns));
    block("Sheets", facts(&view.sheets));
    block("Weeks without rows", view.gaps.clone());
    block("Remarks", view.remarks.clone());
    Ok(out)
}
