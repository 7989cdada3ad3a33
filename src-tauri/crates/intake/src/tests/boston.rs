//! The real shapes: public Boston records with invented names. Skipped, saying so, where the data is not there.

use super::*;
use crate::OpenError;
use model::SourceKind;
use model::time::iso_day;

fn data(name: &str) -> Option<SourceFile> {
    let root = std::env::var_os("COUNTERSIGN_DATA").map(PathBuf::from);
    let root = root.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data"));
    match open(&root.join("boston").join(name)) {
        Ok(file) => Some(file),
        Err(OpenError::Io(_)) => {
            println!("skipped: {name} is not in the data folder (set COUNTERSIGN_DATA)");
            None
        }
        Err(other) => panic!("{other}"),
    }
}

fn boston(file: &SourceFile, kind: SourceKind, roll: &Roll) -> (ImportReport, Kept) {
    let proposal = guess(file);
    assert_eq!(proposal.kind, kind, "{:?}", proposal.problems);
    let mut mapping = proposal.mapping;
    mapping.zone = "America/New_York".into();
    let kept = Kept::default();
    let report = try_read(file, &mapping, roll, How::default(), &kept).unwrap();
    assert_adds_up(&report);
    (report, kept)
}

#[test]
fn court_overtime_is_read_from_every_sheet_and_the_row_without_an_id_is_rejected() {
    let Some(file) = data("court_overtime_2018_2020.xlsx") else { return };
    let (report, kept) = boston(&file, SourceKind::Overtime, &roll());
    let sheets: Vec<_> = report.sheets.iter().map(|s| (s.name.as_str(), s.rows)).collect();
    assert_eq!(sheets, [("2018", 28_360), ("2019", 26_753), ("2020", 9_244)]);
    assert_eq!(report.rows_read, 64_357);
    let rejected: Vec<_> =
        report.rejected.iter().map(|r| (r.reason.as_str(), r.column.as_str(), r.count)).collect();
    assert_eq!(rejected, [("missing_required", "ID", 1)]);
    assert_eq!(report.rejected[0].places[0].0, "2020");
    assert_eq!(report.officers, 1_699);
    assert_eq!(iso_day(report.first_day.unwrap())[..4], *"2018");
    // Court never runs past midnight.
    let spans: Vec<i64> =
        kept.instants("worked_end").iter().zip(kept.instants("worked_start")).map(|(e, s)| e - s).collect();
    assert!(spans.iter().all(|s| (0..86_400).contains(s)));
    let tables = kept.tables.lock().unwrap();
    let mut claims: Vec<u64> = tables.iter().flat_map(|t| t.tokens("claim").to_vec()).collect();
    claims.sort_unstable();
    claims.dedup();
    assert_eq!(claims.len() as u64, report.rows_accepted, "each row stands for its claim");
}

#[test]
fn paid_details_read_headers_with_line_breaks_and_ends_after_midnight() {
    let Some(file) = data("paid_details_2022_half_a.xlsx") else { return };
    let (report, kept) = boston(&file, SourceKind::Overtime, &roll());
    assert_eq!(report.rows_read, 21_982);
    assert_eq!(report.rows_accepted, 21_982, "{:?}", report.rejected);
    assert_eq!(report.last_day.map(iso_day), Some("2022-08-17".into()));
    let spans: Vec<i64> =
        kept.instants("worked_end").iter().zip(kept.instants("worked_start")).map(|(e, s)| e - s).collect();
    assert!(spans.iter().all(|s| (0..=86_400).contains(s)));
    let refused: Vec<_> =
        report.dropped_columns.iter().filter(|d| d.reason == "refused").map(|d| &d.header).collect();
    assert_eq!(refused, ["Customer_zip"]);
}

#[test]
fn details_and_court_of_one_officer_never_overlap() {
    let (Some(court), Some(details)) =
        (data("court_overtime_2022_half_a.xlsx"), data("paid_details_2022_half_a.xlsx"))
    else {
        return;
    };
    let roll = roll();
    let (report, first) = boston(&court, SourceKind::Overtime, &roll);
    assert_eq!(report.rows_read, 7_386);
    let (_, second) = boston(&details, SourceKind::Overtime, &roll);
    let mut worked: Vec<(OfficerIndex, i64, i64)> = Vec::new();
    for kept in [&first, &second] {
        for table in kept.tables.lock().unwrap().iter() {
            let times = table.instants("worked_start").iter().zip(table.instants("worked_end"));
            worked.extend(table.officers.iter().zip(times).map(|(o, (s, e))| (*o, *s, *e)));
        }
    }
    worked.sort_unstable();
    let overlaps = worked.windows(2).filter(|w| w[0].0 == w[1].0 && w[1].1 < w[0].2).count();
    assert_eq!(overlaps, 0);
}

#[test]
fn internal_affairs_are_complaints_with_their_case_number() {
    let Some(file) = data("internal_affairs_allegations_to_2018.xlsx") else { return };
    let (report, kept) = boston(&file, SourceKind::Complaints, &roll());
    assert_eq!(report.rows_read, 6_978);
    assert_eq!(report.rows_accepted, 6_978, "{:?}", report.rejected);
    assert_eq!(report.officers, 1_269);
    let origins = kept.words("origin");
    assert!(origins.iter().any(|o| o == "public") && origins.iter().any(|o| o == "internal"));
}

#[test]
fn the_roll_seals_names_and_keeps_zeros() {
    let Some(file) = data("boston_officers.csv") else { return };
    let roll = roll();
    let (report, kept) = boston(&file, SourceKind::Officers, &roll);
    assert_eq!((report.rows_read, report.rows_accepted, report.officers), (1_888, 1_888, 1_888));
    let identities = kept.identities.lock().unwrap();
    assert_eq!(identities.len(), 1_888);
    assert!(
        identities
            .iter()
            .all(|(_, i)| i.officer_id.len() == 6 && !i.surname.contains(',') && !i.forenames.is_empty())
    );
    assert_eq!(kept.words("unit").iter().filter(|u| *u == "unknown").count(), 60);
    assert_eq!(report.unknown_officers, 0);
}
