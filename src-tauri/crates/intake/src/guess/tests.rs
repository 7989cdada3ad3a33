use super::*;
use crate::mapping::{NameSplit, NumberFormat};
use crate::{open, shape_hash};
use std::io::Write;

fn file(text: &str) -> SourceFile {
    let mut out = tempfile::NamedTempFile::new().unwrap();
    out.write_all(text.as_bytes()).unwrap();
    open(out.path()).unwrap()
}

#[test]
fn every_kind_is_recognised_by_its_own_field_names() {
    let value = |f: &model::Field| match f.role {
        model::FieldRole::Instant => "2026-03-04 07:00:00".to_owned(),
        model::FieldRole::Date => "2026-03-04".to_owned(),
        model::FieldRole::Number => "8".to_owned(),
        _ => f.allowed.first().cloned().unwrap_or_else(|| "X1".into()),
    };
    for kind in SourceKind::ALL {
        let fields = &SourceSchema::of(*kind).fields;
        let headers: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
        let cells: Vec<String> = fields.iter().map(value).collect();
        let proposal = guess(&file(&format!("{}\n{}\n", headers.join(","), cells.join(","))));
        assert_eq!((proposal.kind, proposal.confidence), (*kind, 100), "{:?}", proposal.problems);
        assert!(
            proposal.columns.iter().all(|c| c.target.as_deref() == Some(&c.header)),
            "{:?}",
            proposal.columns
        );
        proposal.mapping.check().unwrap();
    }
}

#[test]
fn a_date_and_two_times_become_an_interval() {
    let text = "Emp. ID,Detail Date,Start Time,End Time,Hours Paid,Hours Worked\n0123,13/02/2026,0730,1530,0800,0800\n";
    let proposal = guess(&file(text));
    assert_eq!(proposal.kind, SourceKind::Overtime);
    let columns = &proposal.mapping.columns;
    assert_eq!(columns["worked_start"].from, ["Detail Date", "Start Time"]);
    assert_eq!(columns["worked_end"].from, ["Detail Date", "End Time"]);
    assert_eq!(columns["paid_hours"].number, NumberFormat::Hhmm);
    assert_eq!(proposal.mapping.dates, DateOrder::Dmy);
    assert_eq!(proposal.mapping.zone, "Europe/London");
}

#[test]
fn the_order_of_day_and_month_is_taken_from_the_samples() {
    let american = guess(&file("at,officer,system,action\n03/14/2026 10:00,A,N,view\n"));
    assert_eq!(american.mapping.dates, DateOrder::Mdy);
    let unclear = guess(&file("at,officer,system,action\n03/04/2026 10:00,A,N,view\n"));
    assert_eq!(unclear.mapping.dates, DateOrder::Dmy);
    assert!(unclear.problems.iter().any(|p| p.contains("day first")));
    let plain = guess(&file("at,officer,system,action\n2026-03-04 10:00,A,N,view\n"));
    assert!(plain.problems.iter().all(|p| !p.contains("day first")), "{:?}", plain.problems);
}

#[test]
fn combined_names_are_taken_apart_at_the_comma_or_the_last_word() {
    let split = |text: &str| guess_as(&file(text), SourceKind::Officers).mapping.columns["surname"].split;
    assert_eq!(split("employee_id,name,rank,unit\n1,\"Doe,Jane A\",PC,N\n"), NameSplit::Comma);
    assert_eq!(split("employee_id,name,rank,unit\n1,Jane A Doe,PC,N\n"), NameSplit::LastWord);
    assert_eq!(split("employee_id,first name,last name,rank,unit\n1,Jane A,Doe,PC,N\n"), NameSplit::None);
}

#[test]
fn the_shape_of_a_file_is_its_headers_however_they_are_set() {
    let a = file("at,Officer ID,system\n2026-03-04 07:00,1,N\n");
    let b = file("preamble\n\nAT;officer_id;System\n2026-05-04 07:00;1;N\n");
    let c = file("at,Officer ID,action\n2026-03-04 07:00,1,N\n");
    let shape = |f: &SourceFile| shape_hash(&f.main_sheet().headers);
    assert_eq!(shape(&a), shape(&b));
    assert_ne!(shape(&a), shape(&c));
}

#[test]
fn a_file_of_nothing_known_is_met_with_doubt() {
    let proposal = guess(&file("colour,shape\nred,round\n"));
    assert!(proposal.confidence <= 20);
    assert!(!proposal.problems.is_empty());
    assert!(
        proposal
            .columns
            .iter()
            .all(|c| c.dropped.as_deref() == Some("not_in_schema") && c.samples.is_empty())
    );
}
