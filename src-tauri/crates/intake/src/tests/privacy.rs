//! What must not come in, and what must not be shown.

use super::*;
use crate::{ColumnRule, PresenceBuilder, refuse};
use model::Pseudonym;
use model::time::{parse_day, start_of_day};

fn opened(text: &str) -> (TempDir, SourceFile) {
    let dir = TempDir::new().unwrap();
    let path = write(&dir, "x.csv", text.as_bytes());
    let file = open(&path).unwrap();
    (dir, file)
}

#[test]
fn coordinates_postcodes_and_narratives_cannot_be_mapped_under_another_name() {
    let story = "A long account of what was seen and said, ".repeat(5);
    let text = format!(
        "at,officer,system,action,spot,area,story,Latitude,Home Address\n2026-01-01 10:00,A1,N,view,51.50735,SW1A 2AA,\"{story}\",x,y\n"
    );
    let (_dir, file) = opened(&text);
    let mut mapping = guess(&file).mapping;
    for (field, header) in
        [("record", "spot"), ("case", "area"), ("reason", "story"), ("record_kind", "Latitude")]
    {
        mapping.columns.insert(field.into(), ColumnRule::from_header(header));
    }
    let refused = refuse(&mapping, &file);
    let whys: Vec<_> = refused.iter().map(|r| (r.header.as_str(), r.why)).collect();
    assert_eq!(
        whys,
        [
            ("area", "postcodes"),
            ("story", "long free text"),
            ("spot", "coordinates"),
            ("Latitude", "coordinates")
        ]
    );
    let outcome = try_read(&file, &mapping, &roll(), How::default(), &Kept::default());
    let Err(ReadError::Refused(_)) = &outcome else { panic!("{outcome:?}") };
    assert!(outcome.unwrap_err().to_string().contains("\"area\" holds postcodes"));
}

#[test]
fn columns_outside_the_schema_are_dropped_and_named_with_the_reason() {
    let text = "at,officer,system,action,Longitude,colour,Union member,timestamp\n2026-01-01 10:00,A1,N,view,0.12755,red,yes,9\n";
    let (report, _) = import_text(text.as_bytes());
    let dropped: Vec<_> =
        report.dropped_columns.iter().map(|d| (d.header.as_str(), d.reason.as_str())).collect();
    assert_eq!(
        dropped,
        [
            ("Longitude", "refused"),
            ("colour", "not_in_schema"),
            ("Union member", "refused"),
            ("timestamp", "not_mapped")
        ]
    );
}

#[test]
fn presence_is_kept_only_inside_duties_widened_by_an_hour() {
    let swipes = "officer,at,kind\nA1,2026-01-05 07:00,in\nA1,2026-01-05 06:59,in\nA1,2026-01-05 17:00,out\n\
        A1,2026-01-05 17:01,out\nNOBODY,2026-01-05 12:00,in\n";
    let (_dir, file) = opened(swipes);
    let roll = roll();
    let officer = roll.resolve("A1", 0).officer;
    let midnight =
        start_of_day(parse_day("2026-01-05").unwrap(), &model::time::zone("Europe/London").unwrap());
    let mut windows = PresenceBuilder::default();
    windows.add(officer, midnight + 13 * 3600, midnight + 16 * 3600);
    windows.add(officer, midnight + 8 * 3600, midnight + 13 * 3600);
    let windows = windows.build();
    let kept = Kept::default();
    let how = How { presence: Some(&windows), ..How::default() };
    let report = try_read(&file, &guess(&file).mapping, &roll, how, &kept).unwrap();
    assert_eq!((report.rows_accepted, report.dropped_off_duty), (2, 3));
    assert_eq!(kept.words("kind"), ["swipe_in", "swipe_out"]);
    assert_eq!(roll.len(), 1, "nobody is made for a swipe that is dropped");
    assert_adds_up(&report);
}

#[test]
fn a_stay_that_runs_past_the_duty_is_dropped_whole() {
    let (_dir, file) = opened(
        "officer,session start,session end,kind\nA1,2026-01-05 08:00,2026-01-05 16:00,vpn_on\nA1,2026-01-05 08:00,2026-01-05 23:00,vpn_on\n",
    );
    let roll = roll();
    let officer = roll.resolve("A1", 0).officer;
    let midnight =
        start_of_day(parse_day("2026-01-05").unwrap(), &model::time::zone("Europe/London").unwrap());
    let mut windows = PresenceBuilder::default();
    windows.add(officer, midnight + 8 * 3600, midnight + 16 * 3600);
    let windows = windows.build();
    let how = How { presence: Some(&windows), ..How::default() };
    let kept = Kept::default();
    let mapping = crate::guess_as(&file, model::SourceKind::Presence).mapping;
    let report = try_read(&file, &mapping, &roll, how, &kept).unwrap();
    assert_eq!((report.rows_accepted, report.dropped_off_duty), (1, 1));
    assert_eq!(kept.instants("at"), kept.instants("start"));
}

#[test]
fn presence_before_any_duty_is_refused() {
    let (_dir, file) = opened("officer,at,kind\nA1,2026-01-05 07:00,in\n");
    let mapping = guess(&file).mapping;
    let empty = PresenceBuilder::default().build();
    for presence in [None, Some(&empty)] {
        let outcome =
            try_read(&file, &mapping, &roll(), How { presence, ..How::default() }, &Kept::default());
        assert!(matches!(outcome, Err(ReadError::NoPresenceWindows)));
    }
}

#[test]
fn throw_away_codes_differ_between_two_calls_and_are_no_pseudonyms() {
    let (_dir, file) = opened(&format!(
        "{ACCESSES}2026-01-05 07:00:00,CANARY77,NICHE,view,RECORD88,person,CASE99,asked by J Canary\n"
    ));
    let roll = roll();
    let officer = roll.resolve("CANARY77", 0).officer;
    let pseudonym: Pseudonym = roll.pseudonym(officer).unwrap();
    let shown: Vec<String> = (0..3).map(|_| serde_json::to_string(&guess(&file).columns).unwrap()).collect();
    assert!(shown[0] != shown[1] || shown[1] != shown[2], "codes are drawn afresh");
    for text in &shown {
        for secret in ["CANARY", "RECORD88", "CASE99", "Canary", &pseudonym.to_string(), "OFC-"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[test]
fn the_same_person_has_the_same_throw_away_code_within_one_sample() {
    let (_dir, file) = opened(&format!(
        "{ACCESSES}2026-01-05 07:00:00,A1,N,view,,,,\n2026-01-05 08:00:00,a1,N,view,,,,\n2026-01-05 08:00:00,A2,N,view,,,,\n"
    ));
    let proposal = guess(&file);
    let officers = &proposal.columns[1].samples;
    assert_eq!(officers[0], officers[1]);
    assert_ne!(officers[0], officers[2]);
}

#[test]
fn names_in_texts_columns_and_sheets_become_pseudonyms() {
    let mut raw = identity("Ottoline", "Canaryson");
    raw.officer_id = "A1001".into();
    let code = Pseudonym::from_bits(99);
    let names = NameSet::build([(code, &raw)]);
    let (_dir, file) = opened(
        "at,officer,system,action,reason,Swaps Canaryson\n2026-01-05 07:00:00,A1,N,view,covering for Ottoline CANARYSON (a1001),x\n",
    );
    let kept = Kept::default();
    let how = How { names: Some(&names), ..How::default() };
    let report = try_read(&file, &guess(&file).mapping, &roll(), how, &kept).unwrap();
    assert_eq!(kept.words("reason"), [format!("covering for {code} ({code})")]);
    assert_eq!(report.scrubbed_texts, 1);
    assert_eq!(report.dropped_columns[0].header, "Swaps [name]");
}

pub(super) fn identity(forenames: &str, surname: &str) -> RawIdentity {
    let mut raw = RawIdentity::default();
    raw.forenames = forenames.into();
    raw.surname = surname.into();
    raw
}
