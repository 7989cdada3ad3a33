//! Every format, encoding and damage.

use super::*;
use crate::{Format, OpenError};
use model::SourceKind;
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook};

const LOG: &str =
    "at;officer;system;action;record;reason\n2026-03-03 07:12:00;A1;NICHE;view;R1;Vérification\n";

fn reason_of(bytes: &[u8]) -> Vec<String> {
    let (report, kept) = import_text(bytes);
    assert_eq!(report.rows_accepted, 1, "{report:?}");
    kept.words("reason")
}

#[test]
fn a_byte_order_mark_a_semicolon_and_every_encoding_give_the_same_row() {
    let wanted = vec!["Vérification".to_owned()];
    assert_eq!(reason_of(LOG.as_bytes()), wanted);
    assert_eq!(reason_of(format!("\u{feff}{LOG}").as_bytes()), wanted);
    let windows: Vec<u8> = LOG.chars().map(|c| c as u32 as u8).collect();
    assert_eq!(reason_of(&windows), wanted);
    let units: Vec<u16> = format!("\u{feff}{LOG}").encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
    assert_eq!(reason_of(&little), wanted);
    assert_eq!(reason_of(&big), wanted);
    assert_eq!(reason_of(LOG.replace(';', "\t").as_bytes()), wanted);
    assert_eq!(reason_of(LOG.replace(';', "|").as_bytes()), wanted);
    assert_eq!(reason_of(LOG.replace('\n', "\r\n").as_bytes()), wanted);
    assert_eq!(reason_of(LOG.replace('\n', "\r").as_bytes()), wanted);
}

#[test]
fn bytes_of_windows_1252_far_down_a_file_are_read_as_such() {
    let mut text = LOG.replace("Vérification", "checked").into_bytes();
    for _ in 0..40_000 {
        text.extend_from_slice(b"2026-03-03 07:12:00;A1;NICHE;view;R1;checked\n");
    }
    text.extend_from_slice(b"2026-03-03 07:12:00;A1;NICHE;view;R1;caf\xe9\n");
    let (report, kept) = import_text(&text);
    assert_eq!(report.rows_accepted, 40_002);
    assert_eq!(kept.words("reason").last().unwrap(), "café");
}

#[test]
fn a_preamble_is_passed_over_and_rows_keep_their_number_in_the_file() {
    let text = "Access log of the force\nExported 2026-04-01 by the system\n\n\
        at,officer,system,action\n2026-03-03 07:12:00,A1,NICHE,view\n\nnever,A1,NICHE,view\n,,,Total 2\n";
    let (report, _) = import_text(text.as_bytes());
    assert_eq!((report.rows_read, report.rows_accepted), (2, 1));
    assert_eq!(report.rejected[0].reason, "bad_time");
    assert_eq!(report.rejected[0].column, "at");
    assert_eq!(report.rejected[0].places, vec![(String::new(), 7)]);
    assert_eq!(report.sheets[0].first_row, 5);
    assert!(report.remarks.iter().any(|r| r == "1 blank rows were passed over."));
    assert!(report.remarks.iter().any(|r| r == "1 rows of totals were passed over."));
}

#[test]
fn a_header_repeated_inside_the_file_is_no_row() {
    let text = "at,officer,system,action\n2026-03-03 07:12,A1,N,view\nat,officer,system,action\n2026-03-03 07:12,A1,N,view\n";
    let (report, _) = import_text(text.as_bytes());
    assert_eq!((report.rows_read, report.rows_accepted), (2, 2));
}

#[test]
fn a_repeated_header_is_dropped_and_named() {
    let text = "at,officer,system,action,System\n2026-03-03 07:12:00,A1,NICHE,view,PNC\n";
    let (report, kept) = import_text(text.as_bytes());
    assert_eq!(kept.words("system"), ["NICHE"]);
    let dropped: Vec<_> =
        report.dropped_columns.iter().map(|d| (d.header.as_str(), d.reason.as_str())).collect();
    assert_eq!(dropped, [("System", "duplicate_header")]);
}

/// Two sheets of one shape and one of another.
fn workbook(dir: &TempDir) -> PathBuf {
    let path = dir.path().join("overtime.xlsx");
    let mut book = Workbook::new();
    let day = CellFormat::new().set_num_format("dd-mmm-yy");
    for (name, rows) in [("2018", 3u32), ("2019 ytd", 2)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (column, header) in
            ["ID", "OT\nDATE", "START\u{a0}TIME", "End \nTime", "Hours\nPaid"].iter().enumerate()
        {
            sheet.write(0, column as u16, *header).unwrap();
        }
        for row in 1..=rows {
            sheet.write(row, 0, format!("00{row}")).unwrap();
            let date = ExcelDateTime::from_ymd(2018, 7, row as u8).unwrap();
            sheet.write_with_format(row, 1, &date, &day).unwrap();
            sheet.write(row, 2, "2200").unwrap();
            sheet.write(row, 3, "0130").unwrap();
            sheet.write(row, 4, 8).unwrap();
        }
    }
    let notes = book.add_worksheet().set_name("Notes").unwrap();
    notes.write(0, 0, "Colour").unwrap();
    notes.write(0, 1, "Meaning").unwrap();
    notes.write(1, 0, "red").unwrap();
    book.save(&path).unwrap();
    path
}

#[test]
fn every_sheet_of_one_shape_is_read_and_another_is_named() {
    let dir = TempDir::new().unwrap();
    let (report, kept) = import(&workbook(&dir));
    assert_eq!(report.rows_accepted, 5, "{report:?}");
    assert_eq!(
        report.sheets.iter().map(|s| (s.name.as_str(), s.rows)).collect::<Vec<_>>(),
        [("2018", 3), ("2019 ytd", 2)]
    );
    assert_eq!(report.place_of(3), Some(("2019 ytd", 2)));
    assert!(report.remarks.iter().any(|r| r.contains("\"Notes\"")));
    assert_adds_up(&report);
    // 22:00 to 01:30 ends on the next day.
    let lengths: Vec<i64> =
        kept.instants("worked_end").iter().zip(kept.instants("worked_start")).map(|(e, s)| e - s).collect();
    assert_eq!(lengths, [12_600; 5]);
}

#[test]
fn a_workbook_cut_off_anywhere_is_refused() {
    let dir = TempDir::new().unwrap();
    let whole = std::fs::read(workbook(&dir)).unwrap();
    for length in [10, 100, whole.len() / 2, whole.len() - 10] {
        let path = write(&dir, "cut.xlsx", &whole[..length]);
        assert!(matches!(open(&path), Err(OpenError::Corrupt(_))), "{length}: {:?}", open(&path).err());
    }
}

#[test]
fn a_row_number_no_sheet_can_have_is_damage_and_no_panic() {
    use std::io::{Read, Write};
    let dir = TempDir::new().unwrap();
    let mut old = zip::ZipArchive::new(std::fs::File::open(workbook(&dir)).unwrap()).unwrap();
    let path = dir.path().join("wild.xlsx");
    let mut new = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        new.start_file(part.name().unwrap().into_owned(), zip::write::SimpleFileOptions::default()).unwrap();
        let wild = String::from_utf8(text).unwrap().replace("r=\"A2\"", "r=\"A99999999999\"");
        new.write_all(wild.as_bytes()).unwrap();
    }
    new.finish().unwrap();
    assert!(matches!(open(&path), Err(OpenError::Corrupt(_))), "{:?}", open(&path).err());
}

#[test]
fn a_damaged_byte_inside_a_sheet_is_an_error_and_not_a_shorter_import() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("long.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in ["at", "officer", "system", "action"].iter().enumerate() {
        sheet.write(0, column as u16, *header).unwrap();
    }
    for row in 1..5000u32 {
        sheet.write(row, 0, "2026-03-03 07:12").unwrap();
        sheet.write(row, 1, f64::from(row) * 1.7).unwrap();
        sheet.write(row, 2, "N").unwrap();
        sheet.write(row, 3, "view").unwrap();
    }
    book.save(&path).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.len() * 7 / 10;
    bytes[at..at + 64].fill(0xA5);
    std::fs::write(&path, &bytes).unwrap();
    let Ok(file) = open(&path) else { return };
    let mapping = guess(&file).mapping;
    let outcome = try_read(&file, &mapping, &roll(), How::default(), &Kept::default());
    assert!(matches!(outcome, Err(ReadError::Open(OpenError::Corrupt(_)))), "{outcome:?}");
}

#[test]
fn other_kinds_of_file_are_named_and_refused() {
    let dir = TempDir::new().unwrap();
    let wrong = |bytes: &[u8]| open(&write(&dir, "x.csv", bytes)).unwrap_err();
    assert!(matches!(wrong(b""), OpenError::Empty));
    assert!(matches!(wrong(b"%PDF-1.7 a,b\n1,2\n"), OpenError::WrongKind("a PDF document")));
    assert!(matches!(wrong(b"MZ\x90\x00\x03\x00"), OpenError::WrongKind("a program")));
    assert!(matches!(wrong(b"a,b\n1,\x00\x01\x02\n"), OpenError::WrongKind("a binary file")));
    assert!(matches!(wrong(b"just one sentence\nand another\n"), OpenError::NoHeader));
    // The smallest archive: nothing but its end.
    assert!(matches!(wrong(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), OpenError::WrongKind(_)));
    assert!(matches!(wrong(b"PAR1 and then nothing"), OpenError::Corrupt("Parquet file")));
    assert!(matches!(open(&dir.path().join("none.csv")), Err(OpenError::Io(_))));
}

#[test]
fn a_five_gigabyte_file_without_lines_is_refused_at_once() {
    let dir = TempDir::new().unwrap();
    let path = write(&dir, "endless.csv", &b"a,b,".repeat(400_000));
    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(5 << 30).unwrap();
    let began = std::time::Instant::now();
    assert!(matches!(open(&path), Err(OpenError::LineTooLong)));
    assert!(began.elapsed().as_secs() < 2);
}

#[test]
fn a_line_that_never_ends_further_down_stops_the_import() {
    let mut text = format!("{ACCESSES}2026-03-03 07:12:00,A1,NICHE,view,R1,person,C1,x\n").into_bytes();
    text.extend_from_slice(b"2026-03-03 07:12:00,A1,NICHE,view,R1,person,C1,\"");
    text.extend(b"never closed\n".repeat(1 << 19));
    let dir = TempDir::new().unwrap();
    let file = open(&write(&dir, "x.csv", &text)).unwrap();
    let outcome = try_read(&file, &guess(&file).mapping, &roll(), How::default(), &Kept::default());
    assert!(matches!(outcome, Err(ReadError::LineTooLong { row: 3 })), "{outcome:?}");
}

#[test]
fn a_parquet_file_reads_like_the_same_text() {
    use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, TimestampSecondArray};
    use std::sync::Arc;
    let moments = TimestampSecondArray::from(vec![1_772_521_920, 1_772_525_520]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("at", Arc::new(moments)),
        ("officer", Arc::new(Float64Array::from(vec![101.0, 102.0]))),
        ("system", Arc::new(StringArray::from(vec!["NICHE", "NICHE"]))),
        ("unasked", Arc::new(StringArray::from(vec!["x", "y"]))),
        ("action", Arc::new(StringArray::from(vec![Some("view"), None]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("log.parquet");
    let out = std::fs::File::create(&path).unwrap();
    let mut writer = parquet::arrow::ArrowWriter::try_new(out, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let file = open(&path).unwrap();
    assert_eq!(file.format, Format::Parquet);
    let proposal = guess(&file);
    assert_eq!(proposal.kind, SourceKind::Accesses);
    assert!(proposal.mapping.id.strip_decimal);
    let (roll, kept) = (roll(), Kept::default());
    let report = try_read(&file, &proposal.mapping, &roll, How::default(), &kept).unwrap();
    assert_eq!((report.rows_accepted, report.rows_rejected()), (1, 1));
    assert_eq!(report.rejected[0].places, vec![(String::new(), 3)]);
    assert_eq!(kept.instants("at"), [1_772_521_920]);
    assert_eq!(roll.find("101", 0), Some(0));
    assert_eq!(report.dropped_columns[0].header, "unasked");
}
