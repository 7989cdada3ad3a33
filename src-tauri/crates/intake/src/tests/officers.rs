//! Ids, the roll and its identities.

use super::*;
use crate::{Alike, CaseRule, IdRow, IdRule, LeadingZeros, Rule};
use model::Pseudonym;
use model::time::parse_day;

const ROLL: &str = "officer,other_ids,forenames,surname,rank,unit,from\n\
    a1,jdoe; C77@2024-01-01..2024-06-30,Jane,Doe,PC,North,2024-01-01\n\
    B2,C77@2024-07-01..,Ravi,Shah,PC,South,2024-01-01\n\
    A1,jdoe,Jane,Smith,PS,North,2025-01-01\n";

fn import_roll(roll: &Roll) -> (ImportReport, Kept) {
    let dir = TempDir::new().unwrap();
    let file = open(&write(&dir, "roll.csv", ROLL.as_bytes())).unwrap();
    let kept = Kept::default();
    let report = try_read(&file, &guess(&file).mapping, roll, How::default(), &kept).unwrap();
    (report, kept)
}

#[test]
fn a_roll_gives_each_officer_the_latest_identity_and_keeps_all_rows() {
    let roll = roll();
    let (report, kept) = import_roll(&roll);
    assert_eq!((report.rows_accepted, report.officers, report.unknown_officers), (3, 2, 0));
    let identities = kept.identities.lock().unwrap();
    let names: Vec<_> = identities.iter().map(|(at, i)| (*at, i.surname.as_str(), i.rank.as_str())).collect();
    assert_eq!(names, [(0, "Smith", "PS"), (1, "Shah", "PC")]);
    let changes = roll.into_changes();
    assert!(changes.officers.iter().all(|o| !o.provisional));
}

#[test]
fn a_reused_collar_number_belongs_to_whoever_had_it_that_day() {
    let roll = roll();
    import_roll(&roll);
    let day = |text| parse_day(text).unwrap();
    assert_eq!(roll.find("C77", day("2024-06-30")), Some(0));
    assert_eq!(roll.find("C77", day("2024-07-01")), Some(1));
    assert_eq!(roll.find("C77", day("2023-12-31")), None);
    let log = "at,officer,system,action\n2024-06-30 09:00,c77,N,view\n2024-07-01 09:00,C77,N,view\n2023-12-31 09:00,C77,N,view\n";
    let dir = TempDir::new().unwrap();
    let file = open(&write(&dir, "log.csv", log.as_bytes())).unwrap();
    let kept = Kept::default();
    let report = try_read(&file, &guess(&file).mapping, &roll, How::default(), &kept).unwrap();
    assert_eq!(kept.tables.lock().unwrap()[0].officers, [0, 1, 2]);
    assert_eq!((report.unknown_officers, report.unknown_officer_rows), (1, 1));
}

#[test]
fn an_unknown_officer_is_provisional_until_the_roll_names_them() {
    let known = roll();
    let dir = TempDir::new().unwrap();
    let text = format!("{ACCESSES}2026-01-01 00:00:00,A1,N,view,,,,\n2026-01-01 00:00:00,JDOE,N,view,,,,\n");
    let file = open(&write(&dir, "log.csv", text.as_bytes())).unwrap();
    let report = try_read(
        &file,
        &guess(&file).mapping,
        &known,
        How { threads: 1, ..How::default() },
        &Kept::default(),
    )
    .unwrap();
    assert_eq!((report.unknown_officers, report.unknown_officer_rows), (2, 2));
    let changes = known.into_changes();
    let officers: Vec<(Pseudonym, bool)> =
        changes.officers.iter().map(|o| (o.pseudonym, o.provisional)).collect();
    let next = Roll::new(&key(), officers.clone(), changes.ids);
    import_roll(&next);
    let login = next.find("JDOE", 20_000).unwrap();
    let noticed = next.notice(&[], &AtomicBool::new(false));
    let then = next.into_changes();
    assert_eq!(then.confirmed, [0], "the staff number is confirmed under the pseudonym it had");
    // The login stays apart: a person decides whether it is the same officer.
    let same = Alike { provisional: 1, officer: 0, rule: Rule::SameId, confidence: 95 };
    assert_eq!((login, noticed.alike), (1, vec![same]));
    assert_eq!(then.officers.len(), 1);
}

#[test]
fn a_pseudonym_another_id_has_is_stepped_past() {
    let first = roll();
    let taken = first.resolve("A1", 0).officer;
    let pseudonym = first.pseudonym(taken).unwrap();
    let other = Roll::new(
        &key(),
        vec![(pseudonym, false)],
        vec![IdRow {
            id: first.id_hash("SOMEBODY ELSE"),
            officer: 0,
            from_day: i32::MIN,
            until_day: i32::MAX,
        }],
    );
    let stepped = other.resolve("A1", 0).officer;
    assert_eq!(stepped, 1);
    assert_ne!(other.pseudonym(1), Some(pseudonym));
}

#[test]
fn pseudonyms_tokens_and_hashes_depend_on_the_key_and_are_apart() {
    let (a, b) = (roll(), Roll::new(&PseudonymKey::new([8; 32]), Vec::new(), Vec::new()));
    a.resolve("A1", 0);
    b.resolve("A1", 0);
    assert_ne!(a.pseudonym(0), b.pseudonym(0));
    assert_ne!(a.id_hash("A1"), b.id_hash("A1"));
    assert_ne!(a.keyed().token(b"A1"), b.keyed().token(b"A1"));
    assert_ne!(a.keyed().token(b"A1") >> 24, a.pseudonym(0).unwrap().bits());
}

/// Recomputed with Python's hmac module over the 32 key bytes 07.
#[test]
fn the_keyed_hashes_are_the_documented_hmac() {
    let vectors = include_str!("../../../../../schemas/vectors/sources/pseudonyms.json");
    let vectors: serde_json::Value = serde_json::from_str(vectors).unwrap();
    let roll = roll();
    for v in vectors["officers"].as_array().unwrap() {
        let id = v["id"].as_str().unwrap();
        assert_eq!(roll.keyed().pseudonym(id.as_bytes(), 0).to_string(), v["pseudonym"].as_str().unwrap());
        let hash: String = roll.id_hash(id).0.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hash, v["id_hash"].as_str().unwrap());
    }
    for v in vectors["records"].as_array().unwrap() {
        let mut normal = Vec::new();
        crate::read::normal_record(v["record"].as_str().unwrap().as_bytes(), &mut normal);
        assert_eq!(format!("{:016x}", roll.keyed().token(&normal)), v["token"].as_str().unwrap());
    }
}

#[test]
fn ids_are_text_under_the_rule_of_the_mapping() {
    let rule = |case, leading_zeros, strip_decimal| IdRule { case, leading_zeros, strip_decimal };
    let plain = rule(CaseRule::Keep, LeadingZeros::Keep, false);
    assert_eq!(plain.apply(" 006009\u{a0}"), "006009");
    assert_eq!(plain.apply("6009.0"), "6009.0");
    assert_eq!(rule(CaseRule::Keep, LeadingZeros::Strip, true).apply("006009.0"), "6009");
    assert_eq!(rule(CaseRule::Keep, LeadingZeros::Strip, false).apply("000"), "0");
    assert_eq!(rule(CaseRule::Keep, LeadingZeros::Keep, true).apply("v1.0"), "v1.0");
    assert_eq!(rule(CaseRule::Lower, LeadingZeros::Keep, false).apply("JDoe"), "jdoe");
    assert_eq!(IdRule::default().apply("jdoe"), "JDOE");
}

#[test]
fn a_roll_without_dates_holds_from_the_first_day_of_its_period_and_says_so() {
    let text = "officer,surname,rank,unit\nA1,Doe,PC,North\nB2,Shah,PC,South\n";
    let dir = TempDir::new().unwrap();
    let file = open(&write(&dir, "roll.csv", text.as_bytes())).unwrap();
    let kept = Kept::default();
    let how = How { period: ("2026-02-01", "2026-02-28"), ..How::default() };
    let report = try_read(&file, &guess(&file).mapping, &roll(), how, &kept).unwrap();
    assert_eq!(kept.tables.lock().unwrap()[0].dates("from"), [parse_day("2026-02-01").unwrap(); 2]);
    assert!(report.remarks.iter().any(|r| r.contains("1 Feb 2026")), "{:?}", report.remarks);
    let (report, kept) = import_roll(&roll());
    assert_eq!(kept.tables.lock().unwrap()[0].dates("from")[0], parse_day("2024-01-01").unwrap());
    assert!(report.remarks.is_empty(), "{:?}", report.remarks);
}
