use super::example::Force;
use crate::{AnalyseError, Analysis, Options, People, analyse};
use model::{Priority, Route};
use std::sync::atomic::{AtomicBool, Ordering};

/// Every indicator has somebody to find in this force of sixty.
fn everything() -> Force {
    let mut force = Force::of(60);
    force.authority(59, "roster_editor", "2026-01-01", "");
    let date = |d: u32| format!("2026-03-{d:02}");
    for who in 0..60_u32 {
        for d in 1..=12 {
            force.duty(who, &format!("{} 07:00", date(d)), &format!("{} 15:00", date(d)), "early");
            force.access(who, &format!("{} 09:{:02}", date(d), who), u64::from(who) << 40 | u64::from(d), 77);
            if who != 5 {
                force.swipe(who, &format!("{} 06:50", date(d)), "Site 01");
            }
        }
        force.access(who, "2026-03-05 12:00", 1 << 60 | u64::from(who), 0);
        for week in 0..8 {
            let day = model::time::iso_day(model::time::parse_day("2026-01-05").expect("a day") + 7 * week);
            force.access(who, &format!("{day} 10:00"), 1 << 58 | u64::from(who), 77);
        }
        force.overtime(who, 700 + u64::from(who), "2026-03-07 15:00", "2026-03-07 16:00");
        if who % 4 == 0 {
            force.complaint(who, u64::from(who) + 1000, "2026-03-05");
        }
    }
    for d in 2..=4 {
        force.edit(3, &format!("{} 06:12", date(d)), 3, &date(d), 150, u32::MAX);
        force.edit(4, &format!("{} 19:12", date(d)), 59, &date(d), 150, u32::MAX);
        force.attendance(5, &date(d), "office");
    }
    force.overtime(3, 11, "2026-03-03 10:00", "2026-03-03 12:00");
    force.overtime(3, 12, "2026-03-03 10:00", "2026-03-03 12:00");
    (0..14).for_each(|matter| force.complaint(11, 5000 + matter, "2026-03-11"));
    (0..12).for_each(|t| force.access(7, &format!("{} 14:{t:02}", date(1 + t)), 0xABCD_EF01_2345_6789, 0));
    force.duty(6, "2026-03-13 07:00", "2026-03-13 15:00", "early");
    newer(&mut force, &date);
    registers_and_welfare(&mut force);
    force
}

/// Those of the same sixty who were added with later indicators.
fn newer(force: &mut Force, date: &dyn Fn(u32) -> String) {
    for d in (1..=12).filter(|d| *d != 7) {
        force.overtime(20, u64::from(d), &format!("{} 15:00", date(d)), &format!("{} 19:00", date(d)));
    }
    for d in 2..=4 {
        force.edit(40, &format!("{} 06:30", date(d)), 41, &date(d), 90, u32::MAX);
        force.edit(41, &format!("{} 06:40", date(d)), 40, &date(d), 90, u32::MAX);
    }
    for matter in 0..3 {
        force.complaint(21, 6000 + matter, "2026-03-11");
        force.also("vulnerable", "yes");
    }
    (0..24).for_each(|t| {
        force.access(22, &format!("{} 13:{t:02}", date(1 + t % 12)), 1 << 50 | u64::from(t), 0)
    });
    force.assignment(23, 900, 0xFEED, "2025-03-01", "2025-12-01", "");
    force.assignment(23, 901, 0xF00D, "2026-01-01", "", "");
    (1..=4).for_each(|d| force.access(23, &format!("{} 11:00", date(d)), 0xFEED, 0));
    for who in 0..60 {
        for turn in 0..3 {
            force.access(who, &format!("{} 11:0{turn}", date(12)), 1 << 56 | u64::from(who), 77);
            force.also("action", "print");
        }
    }
    for turn in 0..30 {
        force.access(24, &format!("{} 12:{turn:02}", date(11)), 1 << 57 | turn, 77);
        force.also("action", "export");
    }
    for d in [8, 9] {
        force.swipe_out(25, &format!("{} 15:10", date(d)), "Site 01");
        force.overtime(25, u64::from(d), &format!("{} 15:00", date(d)), &format!("{} 18:00", date(d)));
    }
    for d in 0..40 {
        let day = model::time::iso_day(model::time::parse_day("2026-01-05").expect("a day") + d);
        force.attendance(26, &day, if d % 2 == 0 { "office" } else { "remote" });
    }
}

/// Officers 40 to 44, and what the registers and the welfare indicators read.
fn registers_and_welfare(force: &mut Force) {
    for month in 4..=7 {
        force.absence(40, &format!("2025-{month:02}-03 00:00"), &format!("2025-{month:02}-05 00:00"), "sick");
    }
    force.performance(41, "2025-04-01", "2025-06-30", "good");
    force.performance(41, "2025-07-01", "2025-09-30", "below");
    force.absence(41, "2025-08-01 00:00", "2025-08-21 00:00", "sick");
    force.declaration(42, "gift", "2026-02-01", "not_returned");
    force.declaration(43, "business_interest", "2025-12-01", "no");
    force.known_interest(43, "business_interest", "companies register", "2025-01-01", "");
    force.declaration(44, "business_interest", "2025-12-01", "yes");
    force.also("detail_hours", "12");
    force.absence(44, "2026-02-02 00:00", "2026-02-16 00:00", "sick");
}

/// Serialised, with the places of the rows blanked.
fn blanked(mut analysis: Analysis) -> String {
    for finding in analysis.leads.iter_mut().flat_map(|l| &mut l.findings) {
        for row in &mut finding.evidence {
            (row.import, row.row) = (model::ImportId(0), 0);
        }
    }
    serde_json::to_string(&analysis).expect("serialises")
}

#[test]
fn every_indicator_finds_its_officer_and_nobody_else() {
    let analysis = everything().analyse();
    let mut found: Vec<(String, String)> = Vec::new();
    for finding in analysis.leads.iter().flat_map(|l| &l.findings) {
        found.push((finding.indicator.clone(), finding.subject.to_string()));
        let shown = serde_json::to_string(finding).expect("serialises");
        assert!(!finding.sentence.contains(['{', '}']), "{}", finding.sentence);
        assert!(!shown.contains("NaN") && !shown.contains("inf\""), "{shown}");
        assert!(!finding.evidence.is_empty() && !finding.arithmetic.is_empty());
        assert!(finding.evidence.iter().all(|row| row.cells.len() == finding.evidence_columns.len()));
        assert!(finding.evidence.is_sorted_by_key(|row| row.at));
        assert!(finding.first_day <= finding.last_day && finding.first_day > 0);
    }
    found.sort();
    let expected = [
        ("access-after-close", 23),
        ("access-bulk", 24),
        ("access-subject", 7),
        ("access-unexplained", 7),
        ("access-unexplained", 22),
        ("attendance-claim", 5),
        ("attendance-share", 26),
        ("complaint-pattern", 21),
        ("complaint-rate", 11),
        ("declaration-contradicted", 43),
        ("declaration-missing", 42),
        ("overtime-absent", 25),
        ("overtime-clash", 3),
        ("overtime-rate", 20),
        ("performance-support", 41),
        ("roster-late-edit", 4),
        ("roster-self-edit", 3),
        ("secondary-work-clash", 44),
        ("sickness-support", 40),
        ("working-time", 6),
    ];
    let mut ring = [Force::code(40), Force::code(41)];
    ring.sort();
    let mut expected: Vec<(String, String)> =
        expected.iter().map(|(id, who)| ((*id).to_owned(), Force::code(*who))).collect();
    expected.push(("roster-ring".to_owned(), ring.join("+")));
    expected.sort();
    assert_eq!(found, expected);
    // Sixty people of one unit: there is no other to compare it with.
    let skipped: Vec<&str> = analysis.skipped.iter().map(|s| &*s.indicator).collect();
    assert_eq!(skipped, ["culture-unit"], "{:?}", analysis.skipped);
}

#[test]
fn threads_row_order_and_numbering_do_not_change_a_byte() {
    let force = everything();
    let first = blanked(force.analyse());
    let mut other = force.clone();
    other.threads = 1;
    assert_eq!(blanked(other.analyse()), first);
    other.shuffle();
    assert_eq!(blanked(other.analyse()), first);
    other.renumber();
    other.threads = 3;
    assert_eq!(blanked(other.analyse()), first);
}

#[test]
fn without_the_cited_rows_there_is_no_lead() {
    let force = everything();
    for lead in force.analyse().leads {
        let mut neutral = force.clone();
        let finding = lead.findings.first().expect("a lead has findings");
        neutral.without(finding);
        let left = neutral.analyse();
        let same = |l: &&crate::LeadDraft| l.subject == lead.subject;
        let mut findings = left.leads.iter().filter(same).flat_map(|l| &l.findings);
        assert!(!findings.any(|f| f.indicator == finding.indicator), "{}", finding.indicator);
    }
}

#[test]
fn two_independent_facts_are_high_one_is_normal_a_comparison_alone_is_low() {
    let analysis = everything().analyse();
    let priority =
        |who| analysis.leads.iter().find(|l| l.subject.to_string() == Force::code(who)).map(|l| l.priority);
    assert_eq!(priority(3), Some(Priority::High));
    assert_eq!(priority(5), Some(Priority::Normal));
    assert_eq!(priority(11), Some(Priority::Low));
    assert_eq!(analysis.leads[0].subject.to_string(), Force::code(3));
    let welfare = |who| {
        let mut of = analysis.leads.iter().filter(|l| l.subject.to_string() == Force::code(who));
        of.any(|l| l.route == Route::Welfare)
    };
    assert!([6, 40, 41].into_iter().all(welfare) && !welfare(42));
}

#[test]
fn coarse_attributes_are_shown_only_where_ten_people_share_them() {
    let mut force = everything();
    let lead =
        |force: &Force| force.analyse().leads.into_iter().find(|l| l.subject.to_string() == Force::code(5));
    let shared = lead(&force).expect("a lead");
    assert_eq!((shared.rank_band.as_str(), shared.shift_pattern.as_str()), ("Constable", "Rotating"));
    assert!(shared.unit.starts_with("UNIT-") && shared.unit.ends_with("(60 people)"), "{}", shared.unit);
    assert!(!shared.unit.contains("Response"));
    (0..9).for_each(|who| force.unit(who, "Small unit"));
    assert_eq!(lead(&force).expect("a lead").unit, "");
}

#[test]
fn empty_sources_are_named_and_nothing_panics() {
    let analysis = Force::of(0).analyse();
    assert!(analysis.leads.is_empty());
    assert_eq!(analysis.skipped.len(), crate::indicators::ALL.len());
    assert!(analysis.skipped.iter().all(|s| s.reason == "no_source" && !s.message.is_empty()));
    let only_presence = {
        let mut force = Force::of(3);
        force.swipe(1, "2026-03-02 08:00", "Site 01");
        force.analyse()
    };
    let skipped = only_presence.skipped.iter().find(|s| s.indicator == "attendance-claim").expect("skipped");
    assert_eq!(skipped.message, "No attendance claims imported.");
}

#[test]
fn own_edits_are_not_judged_without_the_list_of_authorities() {
    let mut force = Force::of(12);
    (2..6).for_each(|d| {
        force.edit(3, &format!("2026-03-0{d} 06:12"), 3, &format!("2026-03-0{d}"), 150, u32::MAX)
    });
    let analysis = force.analyse();
    let skipped = analysis.skipped.iter().find(|s| s.indicator == "roster-self-edit").expect("skipped");
    assert_eq!(skipped.message, "No authorities imported.");
}

#[test]
fn peers_are_shown_only_from_thirty_on() {
    let shown = everything().only("roster-self-edit", 3).peers.expect("peers");
    assert_eq!((shown.size, shown.points.len()), (59, 59));
    assert_eq!(shown.group, "same shift pattern and rank band");
    assert_eq!(shown.limits.len(), 24);
    let mut small = Force::of(12);
    small.authority(9, "roster_editor", "2026-01-01", "");
    for d in 2..6 {
        small.duty(3, &format!("2026-03-0{d} 07:00"), &format!("2026-03-0{d} 15:00"), "early");
        small.edit(3, &format!("2026-03-0{d} 06:12"), 3, &format!("2026-03-0{d}"), 150, u32::MAX);
    }
    let hidden = small.only("roster-self-edit", 3).peers.expect("peers");
    assert!(hidden.points.is_empty() && hidden.group.contains("fewer than 30"), "{}", hidden.group);
}

#[test]
fn a_cancelled_run_stops_and_an_unknown_zone_is_refused() {
    let force = everything();
    let cancel = AtomicBool::new(false);
    let progress = |done: u32, _: u32| cancel.store(done >= 2, Ordering::Relaxed);
    let options = |zone: &str| Options {
        zone: zone.to_owned(),
        threads: 1,
        seed: 0,
        previous_runs: 0,
        context_bytes: crate::CONTEXT_BYTES,
        cancel: &cancel,
        progress: &progress,
    };
    let run = |zone: &str| analyse(&force, &People::default(), &force.cards, &options(zone));
    assert!(matches!(run("Europe/London"), Err(AnalyseError::Cancelled)));
    assert!(matches!(run("Mars/Base"), Err(AnalyseError::Zone)));
}
