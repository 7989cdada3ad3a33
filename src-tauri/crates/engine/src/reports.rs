//! Documents for people outside the review: two for the public, one for the impact assessment, one for the statute's log.

use crate::outgoing::Texts;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, analyse, book, indicators, oversight};
use contract::ErrorCode;
use detect::fairness::{MIN_CELL, cells};
use jiff::tz::TimeZone;
use ledger::{Kind, Leaf};
use model::{Gate, Nature, SourceKind, SourceSchema};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use store::Read;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#111}\
    h1{font-size:1.7em;line-height:1.2}h2{font-size:1.2em;margin-top:1.8em}table{border-collapse:collapse;width:100%;\
    font-size:.9em}th,td{text-align:left;vertical-align:top;padding:.35em .5em;border-bottom:1px solid #bbb}\
    td.n{text-align:right}.quiet{color:#555}@page{margin:18mm}tr{break-inside:avoid}";

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A self-contained page; every text in `body` is escaped already.
fn page(title: &str, made: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><h1>{title}</h1><p class=\"quiet\">{}</p>\n{body}</body></html>\n",
        escape(made)
    )
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escape(text))
}

fn items<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let each: String = texts.into_iter().map(|t| format!("<li>{}</li>", escape(t))).collect();
    format!("<ul>{each}</ul>\n")
}

fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let row = |cells: &[String], tag: &str| {
        let cells: String = cells.iter().map(|c| format!("<{tag}>{}</{tag}>", escape(c))).collect();
        format!("<tr>{cells}</tr>")
    };
    let heads: Vec<String> = heads.iter().map(|h| (*h).to_owned()).collect();
    let body: String = rows.iter().map(|r| row(r, "td")).collect();
    format!("<table><thead>{}</thead><tbody>{body}</tbody></table>\n", row(&heads, "th"))
}

/// Makes one document: `workforce`, `outcomes`, `dpia` or `s62`.
pub(crate) fn make(session: &Session, what: &str) -> Result<String, Error> {
    let reader = session.new_reader()?;
    let zone = model::time::zone(&analyse::zone(&reader)?).unwrap_or(TimeZone::UTC);
    let made =
        format!("Made {} from the settings in force.", model::time::show_moment(session.clock.now(), &zone));
    let mut typed = Texts::default();
    match what {
        "workforce" | "dpia" => typed.reasons(session, &reader)?,
        "s62" => typed.ledger(&reader)?,
        // Titles, bands and counts: nobody typed them.
        _ => {}
    }
    typed.refuse_names(session, "document")?;
    match what {
        "workforce" => workforce(session, &reader, &made),
        "outcomes" => outcomes(&reader, &made),
        "dpia" => dpia(session, &reader, &made),
        "s62" => s62(&reader),
        _ => Err(Error::new(ErrorCode::NotFound, "There is no such document.", "")),
    }
}

/// Records that a document left the store.
pub(crate) fn note(session: &Session, what: &str) -> Result<(), Error> {
    let entry = Entry::new(Kind::Export).with("what", format!("{what} document"));
    book::record(session, |_| Ok(((), vec![entry])))
}

/// What is imported: gates by kind, the newest last.
fn gates<R: Read>(reader: &R) -> Result<BTreeMap<SourceKind, Vec<Gate>>, Error> {
    let mut all: BTreeMap<SourceKind, Vec<Gate>> = BTreeMap::new();
    for import in store::imports::all(reader)? {
        all.entry(import.kind).or_default().push(serde_json::from_str(&import.gate_json)?);
    }
    Ok(all)
}

fn workforce<R: Read>(session: &Session, reader: &R, made: &str) -> Result<String, Error> {
    let facts = &session.facts;
    let mut body = paragraph(
        "This notice says which workforce records are compared, what is looked for, and how to object. It names nobody.",
    );
    body += "<h2>Why</h2>";
    let purpose = if facts.purpose.is_empty() { "No purpose was written down." } else { &facts.purpose };
    body += &paragraph(purpose);
    body += "<h2>Which records</h2>";
    let rows: Vec<Vec<String>> = gates(reader)?
        .into_iter()
        .map(|(kind, gates)| {
            let gate = &gates[gates.len() - 1];
            let period = format!("{} to {}", gate.period_start, gate.period_end);
            vec![
                SourceSchema::of(kind).title.clone(),
                gate.lawful_basis.clone(),
                gate.necessity.clone(),
                period,
            ]
        })
        .collect();
    body += &table(&["Record", "Lawful basis", "Why it is necessary", "Period"], &rows);
    body += "<h2>What is looked for</h2>";
    for card in indicators::cards(reader)?.all() {
        let _ = write!(body, "<h3>{}</h3>", escape(&card.title));
        body += &paragraph(&card.looks_for);
        let settings: Vec<String> =
            card.parameters.values().map(|p| format!("{}: {} {}", p.about, p.value, p.unit)).collect();
        body += &items(&settings);
        body += &paragraph(&format!("Known weakness: {}", card.known_failure));
    }
    body += "<h2>What a result is</h2>";
    body += &paragraph(
        "A result is a lead: something a person should look at. It is not a finding of fact and never a ranking of \
         people. Nobody is named until a reviewer has written down why the name is needed, and that entry cannot be \
         removed. Sickness alone never leads to a conduct matter. Protected characteristics are used only to check, in \
         counts of ten or more, whether results fall unevenly.",
    );
    body += "<h2>How long it is kept</h2>";
    body += &paragraph(&format!("The store ends on {}.", model::time::show_day(facts.ends)));
    body += "<h2>How to ask or object</h2>";
    let officers: Vec<String> = facts
        .members
        .iter()
        .filter(|m| m.role() == seal::Role::Dpo)
        .map(|m| format!("Data protection officer: {}", m.name()))
        .collect();
    body += &paragraph(
        "You may ask what is held about you, object to its use, or have it corrected. Your staff association or trade \
         union can speak for you. You may complain to the Information Commissioner.",
    );
    body += &items(&officers);
    Ok(page("How workforce records are compared", made, &body))
}

/// The classes an outcome belongs to in public.
fn class(outcome: &str) -> usize {
    match outcome {
        "no_further_action" => 0,
        "data_error" => 1,
        "welfare" => 2,
        _ => 3,
    }
}

fn shown(counts: &[u32], hidden: bool) -> Vec<String> {
    counts.iter().map(|n| if hidden { "withheld".to_owned() } else { n.to_string() }).collect()
}

fn outcomes<R: Read>(reader: &R, made: &str) -> Result<String, Error> {
    let all = oversight::outcomes(reader)?;
    let mut split: BTreeMap<[String; 2], Vec<u32>> = BTreeMap::new();
    // The second table gives away the sum over the bands of one indicator and year: each such group is guarded by itself.
    let mut bands: BTreeMap<[String; 2], BTreeMap<String, Vec<u32>>> = BTreeMap::new();
    for ([title, band, year], by_outcome) in &all {
        let group = [title.clone(), year.clone()];
        let row = split.entry(group.clone()).or_insert_with(|| vec![0; 4]);
        by_outcome.iter().for_each(|(outcome, n)| row[class(outcome)] += n);
        bands.entry(group).or_default().insert(band.clone(), vec![by_outcome.values().sum()]);
    }
    let mut body = paragraph(&format!(
        "Findings decided by people, by indicator, rank band and year of the decision. A row that rests on fewer than \
         {MIN_CELL}, or from which one could be worked out, is withheld."
    ));
    body += "<h2>Decided findings</h2>";
    let mut rows: Vec<Vec<String>> = Vec::new();
    for ([title, year], counts) in &bands {
        let hidden = cells::hidden(&counts.values().cloned().collect::<Vec<_>>());
        rows.extend(counts.iter().zip(hidden).map(|((band, n), hide)| {
            [title, band, year].into_iter().cloned().chain(shown(n, hide)).collect()
        }));
    }
    body += &table(&["Indicator", "Rank band", "Year", "Decided"], &rows);
    body += "<h2>What they led to</h2>";
    let counts: Vec<Vec<u32>> = split.values().cloned().collect();
    let rows: Vec<Vec<String>> = split
        .iter()
        .zip(cells::hidden(&counts))
        .map(|((key, n), hide)| key.iter().cloned().chain(shown(n, hide)).collect())
        .collect();
    let heads = ["Indicator", "Year", "No further action", "Wrong data", "Support", "Any other step"];
    body += &table(&heads, &rows);
    if all.is_empty() {
        body += &paragraph("Nothing has been decided yet.");
    }
    Ok(page("What became of the leads", made, &body))
}

fn dpia<R: Read>(session: &Session, reader: &R, made: &str) -> Result<String, Error> {
    let facts = &session.facts;
    let mut body = paragraph(
        "Evidence for a data protection impact assessment, taken from the store itself: what was imported on which \
         ground, which indicators run with which settings, who may do what, and what was done.",
    );
    let members: Vec<String> = facts
        .members
        .iter()
        .map(crate::session::member_view)
        .map(|m| format!("{}: {}", m.role, m.name))
        .collect();
    body += "<h2>Store</h2>";
    body += &paragraph(&format!(
        "Policy {}. Made {}. Ends {}.",
        facts.policy.as_str(),
        model::time::rfc3339(facts.created),
        model::time::iso_day(facts.ends)
    ));
    body += &items(&members);
    body += "<h2>Imports</h2>";
    let mut rows = Vec::new();
    for import in store::imports::all(reader)? {
        let gate: Gate = serde_json::from_str(&import.gate_json)?;
        let special = gate.special_category_condition;
        rows.push(vec![
            SourceSchema::of(import.kind).title.clone(),
            import.rows.to_string(),
            if special.is_empty() { gate.lawful_basis } else { format!("{}; {special}", gate.lawful_basis) },
            gate.necessity,
            gate.less_intrusive_alternative,
            gate.dpia_reference,
        ]);
    }
    let heads = ["Source", "Rows", "Lawful basis", "Necessity", "Less intrusive alternative", "DPIA"];
    body += &table(&heads, &rows);
    body += "<h2>Indicators</h2>";
    let mut rows = Vec::new();
    for card in indicators::cards(reader)?.all() {
        let settings: Vec<String> =
            card.parameters.iter().map(|(name, p)| format!("{name} {} {}", p.value, p.unit)).collect();
        let nature = if card.nature == Nature::Factual { "factual" } else { "statistical" };
        rows.push(vec![card.id.clone(), nature.into(), settings.join("; "), card.known_failure.clone()]);
    }
    body += &table(&["Indicator", "Nature", "Settings in force", "Known weakness"], &rows);
    body += "<h2>Entries of the ledger by kind</h2>";
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for leaf in leaves(reader)? {
        *kinds.entry(leaf.kind.as_str()).or_default() += 1;
    }
    let rows: Vec<Vec<String>> = kinds.iter().map(|(k, n)| vec![(*k).to_owned(), n.to_string()]).collect();
    body += &table(&["Kind", "Entries"], &rows);
    Ok(page("Evidence for the impact assessment", made, &body))
}

fn leaves<R: Read>(reader: &R) -> Result<Vec<Leaf>, Error> {
    let size = store::ledger::size(reader)?;
    let found = store::ledger::leaves(reader, 0, size)?;
    found.into_iter().map(|l| Ok(Leaf::parse(&l.bytes)?)).collect()
}

/// The six operations that section 62 of the Data Protection Act 2018 logs, one a line, as CSV.
fn s62<R: Read>(reader: &R) -> Result<String, Error> {
    let operations = [
        Kind::Collection,
        Kind::Alteration,
        Kind::Consultation,
        Kind::Disclosure,
        Kind::Combination,
        Kind::Erasure,
    ];
    let mut out = String::from("entry,at,who,operation,lead,officer,details\r\n");
    for leaf in leaves(reader)? {
        // Showing a name is a consultation, and an export a disclosure, in the statute's words.
        let operation = match leaf.kind {
            Kind::UnmaskRevealed => Kind::Consultation,
            Kind::Export => Kind::Disclosure,
            other => other,
        };
        if !operations.contains(&operation) {
            continue;
        }
        let details = serde_json::to_string(&leaf.details)?;
        let cells = [
            leaf.seq.to_string(),
            leaf.at,
            leaf.by,
            operation.to_string(),
            leaf.lead.unwrap_or_default(),
            leaf.officer.unwrap_or_default(),
            details,
        ];
        let quoted: Vec<String> = cells.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
        out += &quoted.join(",");
        out += "\r\n";
    }
    Ok(out)
}
