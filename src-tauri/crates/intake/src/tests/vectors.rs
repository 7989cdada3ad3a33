//! Every file of `schemas/vectors/sources`: what becomes of it is written beside it.

use super::*;
use crate::{DateOrder, OpenError, guess_as};
use model::SourceKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write as _;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    file: String,
    what: String,
    /// The kind asked for; guessed where absent.
    #[serde(default, rename = "as")]
    asked: Option<SourceKind>,
    /// The kind it is read as.
    kind: Option<SourceKind>,
    period: Option<(String, String)>,
    #[serde(default)]
    accepted: u64,
    #[serde(default)]
    rejected: BTreeMap<String, u64>,
    #[serde(default)]
    dropped: BTreeMap<String, String>,
    #[serde(default)]
    outside: u64,
    #[serde(default)]
    scrubbed: u64,
    #[serde(default)]
    twice: u64,
    #[serde(default)]
    never: u64,
    officers: Option<u64>,
    dates: Option<DateOrder>,
    remark: Option<String>,
    /// Why nothing is read at all.
    error: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../schemas/vectors/sources")
}

fn vectors() -> Vec<Vector> {
    let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn opening(error: &OpenError) -> &'static str {
    match error {
        OpenError::Io(_) => "io",
        OpenError::Empty => "empty",
        OpenError::WrongKind(_) => "wrong_kind",
        OpenError::Corrupt(_) => "corrupt",
        OpenError::LineTooLong => "line_too_long",
        OpenError::UnpacksTooFar => "unpacks_too_far",
        OpenError::NoHeader => "no_header",
    }
}

fn reading(error: &ReadError) -> &'static str {
    match error {
        ReadError::Open(error) => opening(error),
        ReadError::Mapping(_) => "mapping",
        ReadError::Refused(_) => "refused",
        ReadError::NoPresenceWindows => "presence_first",
        ReadError::LineTooLong { .. } => "line_too_long",
        ReadError::TooManyRows => "too_many_rows",
        ReadError::Cancelled => "cancelled",
        ReadError::Sink(_) => "sink",
    }
}

fn try_vector(vector: &Vector) -> Result<(Mapping, ImportReport), &'static str> {
    let file = open(&folder().join("files").join(&vector.file)).map_err(|e| opening(&e))?;
    let mapping = match vector.asked {
        Some(kind) => guess_as(&file, kind).mapping,
        None => guess(&file).mapping,
    };
    assert_eq!(Some(mapping.kind), vector.kind, "{}", vector.file);
    let mut how = How::default();
    if let Some((from, until)) = &vector.period {
        how.period = (from, until);
    }
    let report = try_read(&file, &mapping, &roll(), how, &Kept::default()).map_err(|e| reading(&e))?;
    Ok((mapping, report))
}

#[test]
fn every_vector_ends_as_it_is_written() {
    let vectors = vectors();
    assert!(vectors.len() >= 40);
    for vector in &vectors {
        let (name, what) = (&vector.file, &vector.what);
        let (mapping, report) = match try_vector(vector) {
            Ok(read) => read,
            Err(error) => {
                assert_eq!(Some(error), vector.error.as_deref(), "{name}: {what}");
                continue;
            }
        };
        assert_eq!(vector.error, None, "{name}: {what}");
        assert_adds_up(&report);
        let mut rejected: BTreeMap<String, u64> = BTreeMap::new();
        report.rejected.iter().for_each(|r| *rejected.entry(r.reason.clone()).or_default() += r.count);
        assert_eq!(
            (report.rows_accepted, rejected),
            (vector.accepted, vector.rejected.clone()),
            "{name}: {what}"
        );
        let counts =
            [report.outside_period, report.scrubbed_texts, report.ambiguous_times, report.skipped_times];
        assert_eq!(counts, [vector.outside, vector.scrubbed, vector.twice, vector.never], "{name}: {what}");
        for (header, reason) in &vector.dropped {
            let found = report.dropped_columns.iter().any(|d| d.header == *header && d.reason == *reason);
            assert!(found, "{name}: {what} {:?}", report.dropped_columns);
        }
        assert!(vector.officers.is_none_or(|n| n == report.officers), "{name}: {what}");
        assert!(vector.dates.is_none_or(|order| order == mapping.dates), "{name}: {what}");
        if let Some(remark) = &vector.remark {
            assert!(report.remarks.iter().any(|r| r.contains(remark)), "{name}: {what} {:?}", report.remarks);
        }
    }
}

#[test]
fn every_file_has_a_vector_and_every_kind_one_that_is_taken_in() {
    let vectors = vectors();
    let mut named: Vec<String> = vectors.iter().map(|v| v.file.clone()).collect();
    let mut files: Vec<String> = std::fs::read_dir(folder().join("files"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    named.sort();
    files.sort();
    assert_eq!(named, files);
    // Presence is taken in only beside what it may be kept inside.
    for kind in SourceKind::ALL.iter().filter(|k| **k != SourceKind::Presence) {
        assert!(vectors.iter().any(|v| v.kind == Some(*kind) && v.accepted > 0), "{kind}");
    }
}

/// A workbook whose shared strings unpack to `megabytes`, under whatever size the archive declares.
fn bomb(dir: &TempDir, megabytes: usize) -> PathBuf {
    let path = dir.path().join("bomb.xlsx");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/sharedStrings.xml", options).unwrap();
    archive.write_all(b"<sst><si><t>").unwrap();
    let block = vec![b'a'; 1 << 20];
    (0..megabytes).for_each(|_| archive.write_all(&block).unwrap());
    archive.write_all(b"</t></si></sst>").unwrap();
    archive.finish().unwrap();
    path
}

#[test]
fn a_small_workbook_that_unpacks_to_a_flood_is_refused_before_it_is_held() {
    let dir = TempDir::new().unwrap();
    let path = bomb(&dir, 257);
    assert!(std::fs::metadata(&path).unwrap().len() < 1 << 20);
    assert!(matches!(open(&path), Err(OpenError::UnpacksTooFar)));
    // A smaller one is no flood, only no workbook.
    assert!(matches!(open(&bomb(&dir, 3)), Err(OpenError::WrongKind(_) | OpenError::Corrupt(_))));
}
