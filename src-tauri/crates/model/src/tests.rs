use crate::*;

#[test]
fn a_pseudonym_survives_being_read_out_with_look_alike_letters() {
    let code = Pseudonym::from_bits(0xAB_CDEF_0123);
    let spoken = code.to_string().replace('0', "o").replace('1', "l").to_lowercase().replace("ofc-", "OFC-");
    let spoken = spoken.replacen("ofc", "OFC", 1);
    assert_eq!(spoken.parse::<Pseudonym>(), Ok(code));
    assert!("OFC-123".parse::<Pseudonym>().is_err());
}

#[test]
fn every_kind_has_a_schema_with_an_officer_and_a_table_that_follows_it() {
    for kind in SourceKind::ALL {
        let schema = SourceSchema::of(*kind);
        assert!(
            schema.field("officer").is_some_and(|f| f.role == FieldRole::Officer && f.required),
            "{kind}"
        );
        assert_eq!(Table::new(*kind).columns.len(), schema.stored().count());
        if let Some(time) = &schema.time {
            assert!(schema.field(time).is_some(), "{kind}");
        }
        assert!(!schema.audit_only || schema.special_category, "{kind}");
    }
    let sealed_apart = |k: &&SourceKind| SourceSchema::of(**k).audit_only;
    assert_eq!(SourceKind::ALL.iter().filter(sealed_apart).collect::<Vec<_>>(), [&SourceKind::Protected]);
}

fn raw() -> RawJustification {
    RawJustification {
        purpose: Purpose::SeverityAssessment,
        necessity: "The roster unit can confirm a paper approval only for a named officer.".into(),
        proportionality: "Twelve factual edits over three months and a second source agrees with them."
            .into(),
        alternatives: "Asked for unit-wide approvals first; none kept.".into(),
        case_reference: "PSD/2026/0142".into(),
        scope: vec![Scope::Name],
        minutes: 15,
    }
}

#[test]
fn empty_padded_copied_and_reused_justifications_are_refused() {
    let judge = |r: RawJustification, earlier: &[String]| Justification::new(r, earlier, &|_| false).err();
    assert_eq!(judge(raw(), &[]), None);
    let short = RawJustification { necessity: "because".into(), ..raw() };
    assert_eq!(judge(short, &[]), Some(JustificationError::TooShort("necessity", 40)));
    let padded = RawJustification { necessity: "needed ".repeat(12), ..raw() };
    assert_eq!(judge(padded, &[]), Some(JustificationError::Padded("necessity")));
    let copied = RawJustification { proportionality: raw().necessity.to_uppercase(), ..raw() };
    assert_eq!(judge(copied, &[]), Some(JustificationError::Copied("necessity", "proportionality")));
    assert_eq!(judge(raw(), &[raw().necessity.replace('.', "!")]), Some(JustificationError::Reused));
    let long = RawJustification { minutes: 31, ..raw() };
    assert_eq!(judge(long, &[]), Some(JustificationError::Duration(30)));
    assert_eq!(
        Justification::new(raw(), &[], &|t| t.contains("roster")).err(),
        Some(JustificationError::Name("necessity"))
    );
}

#[test]
fn a_gate_without_a_condition_lets_no_absences_in() {
    let gate = Gate {
        lawful_basis: "public task".into(),
        special_category_condition: String::new(),
        necessity: "claims are checked against leave".into(),
        less_intrusive_alternative: "a sample was tried".into(),
        dpia_reference: "DPIA-7".into(),
        regime: Regime::UkGdpr,
        period_start: "2026-01-01".into(),
        period_end: "2026-06-30".into(),
    };
    assert!(gate.check(false).is_ok());
    assert_eq!(gate.check(true), Err(GateError::NoCondition));
    let backwards = Gate { period_end: "2025-01-01".into(), ..gate };
    assert_eq!(backwards.check(false), Err(GateError::Period));
}

#[test]
fn an_ordinal_is_found_in_its_own_sheet() {
    let sheet =
        |name: &str, first_ordinal, rows| SheetRows { name: name.into(), first_ordinal, first_row: 2, rows };
    let report =
        ImportReport { sheets: vec![sheet("2018", 0, 10), sheet("2019", 10, 5)], ..Default::default() };
    assert_eq!(report.place_of(0), Some(("2018", 2)));
    assert_eq!(report.place_of(12), Some(("2019", 4)));
}

#[test]
fn a_day_begins_at_its_own_midnight_on_both_sides_of_a_clock_change() {
    let london = time::zone("Europe/London").expect("bundled");
    let winter = time::parse_day("2026-03-29").expect("a date");
    assert_eq!(time::start_of_day(winter + 1, &london) - time::start_of_day(winter, &london), 23 * 3600);
    assert_eq!(time::day_of(time::start_of_day(winter + 1, &london), &london), winter + 1);
    assert_eq!(time::iso_day(winter), "2026-03-29");
}

#[test]
fn a_calendar_says_the_same_days_as_its_zone_at_every_change_and_outside_the_years_it_holds() {
    for name in ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"] {
        let calendar = time::Calendar::new(time::zone(name).expect("bundled"));
        let hours = (-300_000_i64..1_500_000).step_by(7).map(|hour| hour * 3600);
        // Every hour around two changes in spring and autumn, and the second before each.
        let changes =
            (0..48 * 30).flat_map(|hour| [1_774_000_000, 1_790_000_000].map(|at| at + hour * 3600 - 1));
        for at in hours.chain(changes).chain([-1, 0, 4_102_444_799, 4_102_444_800]) {
            assert_eq!(calendar.day(at), time::day_of(at, &calendar.zone), "{at} in {name}");
        }
    }
}

#[test]
fn a_group_is_two_to_six_different_people_in_order() {
    let code = |n: u64| Pseudonym::from_bits(n);
    let group = Subject::group(vec![code(9), code(3), code(9), code(5)]).expect("three people");
    assert_eq!(group.members(), [code(3), code(5), code(9)]);
    assert_eq!(group.title(), format!("{} and 2 others", code(3)));
    assert_eq!(group.to_string().parse(), Ok(group));
    assert_eq!(Subject::group(vec![code(1), code(1)]), None);
    assert_eq!(Subject::group((0..7).map(code).collect()), None);
}

#[test]
fn a_unit_is_no_person_and_a_spoilt_code_is_no_unit() {
    let unit: Subject = "UNIT-4F7K".parse().expect("a unit");
    assert_eq!((unit.members().len(), unit.officer(), unit.title()), (0, None, "UNIT-4F7K".to_owned()));
    assert!("OFC-12".parse::<Subject>().is_err() && "OFC-0000-0001+UNIT-4F7K".parse::<Subject>().is_err());
}

#[test]
fn a_body_of_an_older_store_is_read_with_its_officer_as_subject() {
    let mut body = serde_json::to_value(Lead {
        id: LeadId(3),
        subject: Subject::Officer(Pseudonym::from_bits(7)),
        route: Route::Welfare,
        priority: Priority::Low,
        priority_reasons: Vec::new(),
        findings: Vec::new(),
        first_day: 1,
        last_day: 2,
        rank_band: String::new(),
        unit: String::new(),
        service_band: String::new(),
        shift_pattern: String::new(),
    })
    .expect("plain data");
    let subject = body.as_object_mut().and_then(|b| b.remove("subject")).expect("a subject");
    body["officer"] = subject;
    let read: Lead = serde_json::from_value(body).expect("reads");
    assert_eq!(read.subject.officer(), Some(Pseudonym::from_bits(7)));
}

fn decided(subject: Subject, sources: Vec<SourceKind>, outcome: Outcome) -> Result<(), DecisionError> {
    let finding = Finding {
        indicator: "sickness-support".into(),
        title: String::new(),
        subject: subject.clone(),
        nature: Nature::Factual,
        route: Route::Welfare,
        sources,
        sentence: String::new(),
        arithmetic: Vec::new(),
        peers: None,
        evidence_columns: Vec::new(),
        evidence: Vec::new(),
        innocent_explanations: Vec::new(),
        what_would_clear_it: String::new(),
        counter_evidence: Vec::new(),
        first_day: 1,
        last_day: 2,
        strength: 0,
        tail: None,
    };
    let lead = Lead {
        id: LeadId(1),
        subject,
        route: Route::Welfare,
        priority: Priority::Low,
        priority_reasons: Vec::new(),
        findings: vec![finding],
        first_day: 1,
        last_day: 2,
        rank_band: String::new(),
        unit: String::new(),
        service_band: String::new(),
        shift_pattern: String::new(),
    };
    let reason = "The rows were read one by one.".to_owned();
    Decision { outcome, reason, agreements: vec![Agreement::Agree] }.check(&lead, true)
}

#[test]
fn sickness_alone_never_leads_to_a_conduct_outcome_and_a_unit_to_none_for_a_person() {
    let officer = || Subject::Officer(Pseudonym::from_bits(7));
    let conduct = [
        Outcome::PreventionNotice,
        Outcome::ReflectivePractice,
        Outcome::SeverityAssessment,
        Outcome::CriminalReferral,
    ];
    for outcome in conduct {
        let sick = decided(officer(), vec![SourceKind::Absences], outcome);
        assert_eq!(sick, Err(DecisionError::SpecialCategory));
        assert_eq!(decided(officer(), vec![SourceKind::Overtime, SourceKind::Absences], outcome), Ok(()));
        let unit = Subject::Unit("UNIT-4F7K".into());
        assert_eq!(decided(unit, vec![SourceKind::Complaints], outcome), Err(DecisionError::Unit));
    }
    assert_eq!(decided(officer(), vec![SourceKind::Absences], Outcome::Welfare), Ok(()));
    assert_eq!(
        decided(officer(), vec![SourceKind::Absences], Outcome::DataError),
        Err(DecisionError::NoErrorNamed)
    );
}
