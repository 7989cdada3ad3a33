//! What the window's screens say: recognised files, and figures that lead to what they count.

use super::*;

/// Overtime of twelve officers in a shape of its own.
fn claims(desk: &Desk, name: &str, day: &str) -> String {
    let roll = std::fs::read(template().join("force/officers.csv")).expect("a roll");
    let roll = String::from_utf8_lossy(&roll).into_owned();
    let rows = roll.lines().skip(1).take(12).enumerate().map(|(n, line)| {
        let id = line.split(';').next().unwrap_or_default();
        format!("{name}{n},{id},2029-03-{day} 10:00,2029-03-{day} 14:00,\n")
    });
    let text = format!("claim,officer,worked_start,worked_end,paid_hours\n{}", rows.collect::<String>());
    let path = desk.folder.path().join(format!("{name}.csv"));
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

#[test]
fn a_mapping_is_kept_with_its_import_and_recognises_the_next_file_of_its_shape() {
    let desk = Desk::open();
    let path = claims(&desk, "march", "05");
    let inspect = |path: &str| InspectFile { path: path.into(), kind: None, mapping: None };
    let guessed = desk.app.inspect_file(inspect(&path)).expect("readable");
    assert_eq!(guessed.recognised, None);
    let zone = "America/New_York".to_owned();
    let request = RezoneMapping { path: path.clone(), mapping_toml: guessed.mapping_toml, zone };
    let chosen = desk.app.rezone_mapping(request).expect("another zone");
    let gate = Gate {
        lawful_basis: "public task".into(),
        special_category_condition: String::new(),
        necessity: "to try what is recognised".into(),
        less_intrusive_alternative: "none gives the answer".into(),
        dpia_reference: "DPIA-7".into(),
        regime: Regime::UkGdpr,
        period_start: "2029-01-01".into(),
        period_end: "2029-12-31".into(),
    };
    let start = StartImport { path, mapping_toml: chosen.mapping_toml, gate };
    desk.app.import_now(&start).expect("imported");
    let next = desk.app.inspect_file(inspect(&claims(&desk, "april", "09"))).expect("readable");
    assert!(next.recognised.is_some());
    assert!(next.mapping_toml.contains("America/New_York"), "{}", next.mapping_toml);
}

#[test]
fn the_overview_names_the_day_on_which_the_first_lead_expires_and_passes_over_holds() {
    let desk = Desk::open();
    let next = || desk.app.overview().expect("figures").next_expiry;
    // A year after the first run, for nobody has decided anything.
    assert_eq!(next().as_deref(), Some("2027-07-01"));
    desk.clock.set(NOW + 86_400);
    let all = desk.app.retention().expect("dues").due;
    for lead in all.iter().skip(1) {
        let reason = "Kept for the hearing in October.".into();
        desk.app.hold_lead(HoldLead { lead: lead.lead.clone(), reason }).expect("held");
    }
    assert_eq!(next(), Some(all[0].due.clone()), "one still runs");
    let reason = "Kept for the hearing in October.".into();
    desk.app.hold_lead(HoldLead { lead: all[0].lead.clone(), reason }).expect("held");
    assert_eq!(next(), None);
}

#[test]
fn the_ledger_is_narrowed_to_days_and_a_day_that_is_none_is_refused() {
    let desk = Desk::open();
    let note = |text: &str| {
        desk.app.add_note(AddNote { lead: "L-0001".into(), text: text.into() }).expect("added");
    };
    desk.clock.set(NOW + 2 * 86_400);
    note("asked the unit on the third");
    desk.clock.set(NOW + 3 * 86_400);
    note("asked the unit on the fourth");
    let days = |from: &str, until: &str| {
        let query =
            LedgerQuery { from: from.into(), until: until.into(), limit: 200, ..LedgerQuery::default() };
        desk.app.ledger(query)
    };
    let all = days("", "").expect("all").total;
    let since = days("2026-07-03", "").expect("since");
    let kinds: Vec<_> = since.entries.iter().map(|e| e.kind.as_str()).collect();
    assert_eq!((kinds, since.all), (vec!["note", "note"], all));
    assert_eq!(days("2026-07-03", "2026-07-03").expect("one day").total, 1);
    assert_eq!(days("", "2026-07-02").expect("before").total, all - 2);
    assert_eq!(days("third of July", "").expect_err("no day").code(), ErrorCode::Settings);
}

#[test]
fn the_keys_are_saved_as_the_policy_that_the_ledger_is_checked_with() {
    let desk = Desk::open();
    let path = desk.folder.path().join("policy");
    desk.app.export_keys(SavePath { path: path.display().to_string() }).expect("saved");
    let saved = std::fs::read_to_string(path).expect("there");
    assert_eq!(saved, desk.app.ledger_keys().expect("keys"));
    saved.parse::<ledger::Policy>().expect("a policy");
}

#[test]
fn everybody_who_may_read_the_ledger_sees_its_patterns() {
    let desk = Desk::open();
    desk.unmask(why()).expect("recorded");
    desk.unmask(RawJustification { necessity: "because".into(), ..why() }).expect_err("too thin");
    let found = desk.app.ledger_patterns().expect("patterns");
    let rows: Vec<_> = found.reviewers.iter().map(|r| (r.unmaskings, r.decided)).collect();
    assert_eq!((rows, found.weeks.iter().sum::<u32>()), (vec![(1, 0)], 1));
    assert_eq!(found.watched.first().map(|e| e.kind.as_str()), Some("attempt.failed"));
    assert_eq!(found.by_chance, None, "there is nobody to compare with");
}

#[test]
fn a_groups_lead_shows_the_days_of_each_member_with_the_rows_that_name_them() {
    let desk = Desk::open();
    let query = LeadsQuery { filter: LeadFilter::default(), sort: "priority".into(), offset: 0, limit: 200 };
    let rows = desk.app.leads(query).expect("leads").rows;
    let group = rows.iter().find(|row| row.members.len() > 1).expect("a planted ring");
    let shown = desk.app.member_timelines(LeadRef { lead: group.lead.clone() }).expect("drawn");
    let codes: Vec<&String> = shown.iter().map(|m| &m.officer).collect();
    assert_eq!(codes, group.members.iter().collect::<Vec<_>>());
    for member in &shown {
        assert!(member.timeline.bands.iter().any(|band| band.kind == "duty"), "{}", member.officer);
        assert!(!member.timeline.marks.is_empty(), "{}", member.officer);
    }
    let alone = rows.iter().find(|row| row.members.len() == 1).expect("a lead about one");
    let one = desk.app.member_timelines(LeadRef { lead: alone.lead.clone() }).expect("drawn");
    let whole = desk.app.lead(LeadRef { lead: alone.lead.clone() }).expect("a lead").timeline;
    assert_eq!(one[0].timeline.bands, whole.bands, "the same days as on its own page");
}
