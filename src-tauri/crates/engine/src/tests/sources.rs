//! What a store makes of kinds that are kept apart, and of codes that may be one officer.

use super::*;
use crate::protected::protected_groups;
use model::{SourceKind, SourceSchema};

/// A value that stands in no other file.
const MARK: &str = "Zzyzx";

/// Imports a text as a kind; the report, or why not.
fn import(desk: &Desk, kind: &str, text: &str) -> Result<ImportReportView, Error> {
    import_during(desk, kind, text, ("2020-01-01", "2030-01-01"))
}

fn import_during(
    desk: &Desk,
    kind: &str,
    text: &str,
    period: (&str, &str),
) -> Result<ImportReportView, Error> {
    let path = desk.folder.path().join(format!("{kind}-{}.csv", text.len()));
    std::fs::write(&path, text).expect("written");
    let path = path.display().to_string();
    let inspect = InspectFile { path: path.clone(), kind: Some(kind.into()), mapping: None };
    let proposal = desk.app.inspect_file(inspect)?;
    let gate = Gate {
        lawful_basis: "public task".into(),
        special_category_condition: "Schedule 1 paragraph 8, equality monitoring".into(),
        necessity: "to try what becomes of it".into(),
        less_intrusive_alternative: "none gives the answer".into(),
        dpia_reference: "DPIA-7".into(),
        regime: Regime::UkGdpr,
        period_start: period.0.into(),
        period_end: period.1.into(),
    };
    let start = StartImport { path, mapping_toml: proposal.mapping_toml, gate };
    let import = desk.app.import_now(&start)?;
    desk.app.import_report(ImportRef { import })
}

/// Staff numbers of the made-up force's roll.
fn staff() -> Vec<String> {
    let roll = std::fs::read(template().join("force/officers.csv")).expect("a roll");
    let roll = String::from_utf8_lossy(&roll).into_owned();
    roll.lines().skip(1).filter_map(|l| Some(l.split(';').next()?.to_owned())).collect()
}

fn protected_file(staff: &[String], disability: &str) -> String {
    let rows = staff.iter().map(|id| format!("{id},female,{MARK},{disability}\n"));
    format!("officer,sex,ethnicity,disability\n{}", rows.collect::<String>())
}

#[test]
fn protected_characteristics_reach_the_audit_and_no_segment() {
    let desk = Desk::open();
    let staff = staff();
    let report = import(&desk, "protected", &protected_file(&staff[..20], "no")).expect("imported");
    assert_eq!((report.rows_accepted, report.import.kind.as_str()), (20, "protected"));
    import(&desk, "protected", &protected_file(&staff[..12], "yes")).expect("a newer file");
    let session = desk.app.session().expect("open");
    {
        let reader = session.reader();
        for kind in SourceKind::ALL {
            let held = store::segments::places(&*reader, *kind).expect("places");
            assert!(!SourceSchema::of(*kind).audit_only || held.is_empty(), "{kind}");
            for place in held {
                for segment in store::segments::of_partition(&*reader, *kind, place.partition).expect("read")
                {
                    let table = store::segment::decode(&segment.bytes, *kind).expect("decoded");
                    assert!(!format!("{table:?}").contains(MARK), "{kind}");
                }
            }
        }
        for file in store::protected::all(&*reader).expect("files") {
            assert!(!String::from_utf8_lossy(&file.sealed).contains(MARK));
        }
    }
    let before = desk.kinds().iter().filter(|k| *k == "combination").count();
    let groups = protected_groups(&session).expect("opened");
    assert_eq!(desk.kinds().iter().filter(|k| *k == "combination").count(), before + 1);
    // The made-up force brought the groups of everyone else.
    let marked: Vec<_> = groups.iter().filter(|(_, _, v)| v == MARK).map(|(officer, ..)| *officer).collect();
    let own = groups.iter().filter(|(officer, ..)| marked.contains(officer));
    let count =
        |heading: &str, value: &str| own.clone().filter(|(_, h, v)| h == heading && v == value).count();
    assert_eq!((count("sex", "female"), count("ethnicity", MARK)), (20, 20));
    assert_eq!((count("disability", "yes"), count("disability", "no")), (12, 8), "the newer file counts");
}

#[test]
fn protected_characteristics_are_opened_once_for_figures_that_stand() {
    let desk = Desk::open();
    let opened = || desk.kinds().iter().filter(|k| *k == "combination").count();
    let before = opened();
    let seen = desk.app.oversight().expect("figures");
    assert_eq!(opened(), before + 1, "that they were opened is an entry");
    assert_eq!(desk.app.oversight().expect("figures"), seen);
    assert_eq!(opened(), before + 1, "looking again opens nothing");
    import(&desk, "protected", &protected_file(&staff()[..12], "yes")).expect("a newer file");
    desk.app.oversight().expect("figures");
    assert_eq!(opened(), before + 2, "what may have changed is counted anew");
}

#[test]
fn protected_characteristics_that_are_not_the_imports_own_are_refused() {
    let desk = Desk::open();
    let staff = staff();
    import(&desk, "protected", &protected_file(&staff[..20], "no")).expect("imported");
    let session = desk.app.session().expect("open");
    let mut file = store::protected::all(&*session.reader()).expect("files").remove(0);
    let last = file.sealed.len() - 1;
    file.sealed[last] ^= 1;
    file.hash = ledger::leaf_hash(&file.sealed).0;
    assert!(crate::protected::open(&session, &file).is_err(), "the ledger knows another hash");
    let own = store::protected::all(&*session.reader()).expect("files").remove(0);
    let other = store::protected::Sealed { import: model::ImportId(1), ..own };
    assert!(crate::protected::open(&session, &other).is_err(), "another import's entry commits nothing");
}

/// Two overtime files: one by staff number, one in which the first officer's has zeros in front.
fn overtime(desk: &Desk) -> LinkProposalView {
    let staff = staff();
    let claim = |n: usize, id: &str, day: &str, hours: &str| {
        let (from, to) = hours.split_once('-').expect("two hours");
        format!("C{day}{n},{id},2029-03-{day} {from}:00,2029-03-{day} {to}:00\n")
    };
    let header = "claim,officer,worked_start,worked_end\n";
    let first: String = (0..12).map(|n| claim(n, &staff[n], "05", "10-14")).collect();
    import(desk, "overtime", &format!("{header}{first}")).expect("imported");
    let rest: String = (1..12).map(|n| claim(n, &staff[n], "07", "10-14")).collect();
    let other = claim(0, &format!("00{}", staff[0]), "05", "11-13").replace("C05", "D05");
    let report = import(desk, "overtime", &format!("{header}{other}{rest}")).expect("imported");
    assert!(report.remarks.iter().any(|r| r.contains("look like one that is")), "{:?}", report.remarks);
    let all = desk.app.link_proposals().expect("proposals");
    let found = all.into_iter().find(|p| p.why.contains("zeros")).expect("a proposal");
    assert_eq!(
        (found.confidence, found.state.as_str(), found.first_seen.contains("Overtime")),
        (85, "open", true)
    );
    found
}

/// Whether the officer has a lead about clashing overtime of 2029.
fn clash(desk: &Desk, officer: &str) -> bool {
    desk.app.analyse_now().expect("analysed");
    let filter = LeadFilter { indicators: vec!["overtime-clash".into()], ..LeadFilter::default() };
    let query = LeadsQuery { filter, sort: "priority".into(), offset: 0, limit: 200 };
    let rows = desk.app.leads(query).expect("leads").rows;
    rows.iter().any(|r| r.members.iter().any(|m| m == officer) && r.to.contains("2029"))
}

fn decide(desk: &Desk, proposal: u32, link: bool, reason: &str) -> Result<Vec<LinkProposalView>, Error> {
    desk.app.decide_link(DecideLink { proposal, link, reason: reason.into() })
}

#[test]
fn a_link_is_decided_by_a_person_logged_and_undone_by_a_later_decision() {
    let desk = Desk::open();
    let found = overtime(&desk);
    assert!(!clash(&desk, &found.officer), "nothing is linked by itself");
    assert_eq!(decide(&desk, found.proposal, true, "short").expect_err("too short").code(), ErrorCode::Limit);
    decide(&desk, found.proposal, true, "Payroll pads its numbers to eight digits.").expect("linked");
    assert!(clash(&desk, &found.officer), "both claims are the officer's now");
    let again = decide(&desk, found.proposal, true, "Payroll pads its numbers to eight digits.");
    assert_eq!(again.expect_err("stands already").code(), ErrorCode::Decision);
    let after = decide(&desk, found.proposal, false, "Payroll says it is another person.").expect("undone");
    let shown = after.iter().find(|p| p.proposal == found.proposal).expect("still listed");
    assert_eq!(shown.state, "refused");
    let query = LedgerQuery { kind: "combination".into(), limit: 200, ..LedgerQuery::default() };
    let entries = desk.app.ledger(query).expect("a ledger").entries;
    assert_eq!(entries.len(), 2);
    let session = desk.app.session().expect("open");
    let linked = crate::links::linked(&*session.reader()).expect("links");
    assert!(linked.is_empty());
    assert!(!format!("{entries:?}").contains(&staff()[0]));
}

#[test]
fn linked_codes_count_as_one_officer_wherever_they_are_named() {
    let desk = Desk::open();
    let found = overtime(&desk);
    decide(&desk, found.proposal, true, "Payroll pads its numbers to eight digits.").expect("linked");
    let session = desk.app.session().expect("open");
    let reader = session.reader();
    let [from, to] = [&found.provisional, &found.officer]
        .map(|code| store::officers::index_of(&*reader, code.parse().expect("a code")).expect("known"));
    let own = |officer| {
        let tables = crate::rows::of_officer(&*reader, SourceKind::Overtime, officer).expect("rows");
        tables.iter().map(|(_, t)| t.len()).sum::<usize>()
    };
    let linked = crate::links::Linked::load(&*reader, &crate::jobs::Progress::quiet()).expect("links");
    let partition = |officer: u32| {
        let segments =
            store::segments::of_partition(&*reader, SourceKind::Overtime, officer % 64).expect("read");
        let tables = segments.iter().map(|s| {
            (s.place.import, store::segment::decode(&s.bytes, SourceKind::Overtime).expect("decoded"))
        });
        linked.follow(SourceKind::Overtime, officer % 64, tables.collect())
    };
    let count = |officer: u32| {
        let tables = partition(officer);
        tables.iter().map(|(_, t)| t.officers.iter().filter(|o| **o == officer).count()).sum::<usize>()
    };
    assert_eq!(count(from), 0, "the code has no rows of its own any more");
    assert_eq!(count(to), own(to));
    assert_eq!(own(from), 1, "but they are still there, should the link be undone");
}

#[test]
fn presence_in_the_wrong_order_is_said_on_either_side() {
    let desk = Desk::open();
    let staff = staff();
    let rows = |day: &str, line: &dyn Fn(&String) -> String| {
        staff[..12].iter().map(|id| format!("{}\n", line(id).replace("DAY", day))).collect::<String>()
    };
    let duties = |day| {
        format!("officer,start,end,kind\n{}", rows(day, &|id| format!("{id},DAY 07:00,DAY 15:00,early")))
    };
    let swipes = |day| format!("at,officer,kind\n{}", rows(day, &|id| format!("DAY 07:05,{id},swipe_in")));
    let days = |day| format!("officer,date,place\n{}", rows(day, &|id| format!("{id},DAY,office")));
    let during = |kind, text: &str, year: &str| {
        import_during(&desk, kind, text, (&format!("{year}-01-01"), &format!("{year}-12-31")))
    };
    let lone = during("presence", &swipes("2028-03-02"), "2028").expect_err("outside every duty");
    assert_eq!(lone.code(), ErrorCode::NothingAccepted);
    during("duties", &duties("2029-03-02"), "2029").expect("imported");
    let early = during("presence", &swipes("2029-03-02"), "2029").expect("imported");
    assert!(
        early.remarks.iter().any(|r| r.contains("no attendance claims of this period")),
        "{:?}",
        early.remarks
    );
    let late = during("attendance_claims", &days("2029-03-03"), "2029").expect("imported");
    assert!(late.remarks.iter().any(|r| r.contains("unknown, not absent")), "{:?}", late.remarks);
    let other = during("attendance_claims", &days("2027-03-03"), "2027").expect("imported");
    assert!(other.remarks.iter().all(|r| !r.contains("unknown")), "another year's presence says nothing");
}
