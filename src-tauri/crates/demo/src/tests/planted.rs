//! What was planted stands out, and nobody else does what the planted officers do.

use super::*;
use crate::cast::Part;
use crate::roll::Posting;

#[test]
fn every_behaviour_is_planted_twice_with_look_alikes_and_nobody_has_two_labels() {
    let world = World::demo();
    for behaviour in Behaviour::ALL {
        assert_eq!(world.planted(*behaviour).len(), 2, "{}", behaviour.as_str());
        let alike = world.made.labels.iter().filter(|l| !l.planted && l.behaviour == behaviour.as_str());
        // Nothing honest is unusual in every way at once.
        let wanted = if *behaviour == Behaviour::ProfileUnusual { 0 } else { 10 };
        assert!(alike.count() >= wanted, "{}", behaviour.as_str());
    }
    let people = || world.made.labels.iter().filter(|l| l.unit.is_none());
    let ids: BTreeSet<_> = people().map(|l| &l.officer_id).collect();
    assert_eq!(ids.len(), people().count());
    let dir = world.made.files[0].1.parent().unwrap();
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(dir.join("labels.json")).unwrap()).unwrap();
    assert_eq!(json.as_array().unwrap().len(), world.made.labels.len());
}

#[test]
fn a_clean_force_has_nothing_planted() {
    let world = World::make(&Plan { mode: Mode::Clean, ..small() });
    assert!(world.made.labels.iter().all(|l| !l.planted));
    assert!(World::demo().made.labels.iter().any(|l| l.planted));
}

#[test]
fn only_planted_officers_claim_overtime_inside_a_duty_an_absence_or_another_claim() {
    let world = World::demo();
    let (worked, absences, overtime) = (world.worked(), world.absences(), world.overtime());
    let hits =
        |times: Option<&Vec<(i64, i64)>>, claim| times.is_some_and(|t| t.iter().any(|x| overlap(*x, claim)));
    let mut clashing: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (id, start, end) in &overtime {
        let counts = clashing.entry(id).or_default();
        counts.0 += usize::from(hits(worked.get(id), (*start, *end)));
        counts.1 += usize::from(hits(absences.get(id), (*start, *end)));
    }
    let guilty: BTreeSet<&str> = clashing.iter().filter(|(_, c)| c.0 + c.1 > 0).map(|(id, _)| *id).collect();
    assert_eq!(guilty, world.planted(Behaviour::OvertimeClash).into_iter().collect());
    assert!(guilty.iter().all(|id| clashing[id].0 >= 2 && clashing[id].1 >= 2));
    let mut by_officer: HashMap<&str, Vec<(i64, i64)>> = HashMap::new();
    overtime.iter().for_each(|(id, s, e)| by_officer.entry(id).or_default().push((*s, *e)));
    for (id, mut claims) in by_officer.into_iter().filter(|(id, _)| !guilty.contains(id)) {
        claims.sort_unstable();
        assert!(claims.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{id} claims the same time twice");
    }
}

#[test]
fn look_alikes_of_overtime_adjoin_duties_or_share_one_paid_minimum() {
    let world = World::demo();
    let worked = world.worked();
    let adjoins = |id: &str| {
        world.overtime().iter().any(|(o, s, _)| *o == id && worked[id].iter().any(|(_, end)| end == s))
    };
    assert!(world.looking_alike("begins the minute").into_iter().all(adjoins));
    let rows = world.columns(SourceKind::Overtime, &["officer", "worked_start", "paid_hours"]);
    for id in world.looking_alike("flat paid minimum") {
        let mut starts: Vec<i64> =
            rows.iter().filter(|r| r[0] == id && r[2] == "4").map(|r| r[1].parse().unwrap()).collect();
        starts.sort_unstable();
        assert!(
            starts.windows(2).any(|pair| pair[1] - pair[0] < 240),
            "{id}: no claim inside a paid minimum"
        );
    }
}

#[test]
fn unapproved_gain_on_own_duties_is_only_planted() {
    let world = World::demo();
    let rows = world.columns(
        SourceKind::RosterEdits,
        &["at", "editor", "officer", "duty_date", "minutes_gained", "approver"],
    );
    let authorities = world.columns(SourceKind::Authorities, &["officer", "kind"]);
    let editors: BTreeSet<&str> =
        authorities.iter().filter(|r| r[1] == "roster_editor").map(|r| r[0]).collect();
    let (mut early, mut late) = (BTreeMap::new(), BTreeMap::new());
    let rings: HashMap<&str, u32> =
        world.made.labels.iter().filter_map(|l| Some((l.officer_id.as_str(), l.ring?))).collect();
    let mut given: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in rows.iter().filter(|r| r[4] != "0" && r[5].is_empty()) {
        if row[1] != row[2] {
            let (giver, taker) = (rings.get(row[1]), rings.get(row[2]));
            assert!(giver.is_some() && giver == taker, "unapproved minutes through another outside a ring");
            *given.entry((row[1], row[2])).or_default() += 1;
            continue;
        }
        let after = minute(row[0]) > minute(row[3]) + 1_440;
        assert_eq!(after, editors.contains(row[1]));
        *if after { &mut late } else { &mut early }.entry(row[2]).or_insert(0) += 1;
    }
    assert!(
        early
            .keys()
            .copied()
            .eq(world.planted(Behaviour::RosterSelfEdit).into_iter().collect::<BTreeSet<_>>())
    );
    assert!(
        late.keys()
            .copied()
            .eq(world.planted(Behaviour::RosterLateEdit).into_iter().collect::<BTreeSet<_>>())
    );
    assert!(early.values().chain(late.values()).all(|count| *count >= 4));
    assert!((2..=6).contains(&rings.len()), "{rings:?}");
    for id in rings.keys() {
        let taken: usize = given.iter().filter(|((_, taker), _)| taker == id).map(|(_, n)| n).sum();
        let gave: usize = given.iter().filter(|((giver, _), _)| giver == id).map(|(_, n)| n).sum();
        assert!(taken >= 3 && gave >= 1, "{id} takes {taken} and gives {gave}");
    }
    for id in world.looking_alike("own duty, with an approver") {
        assert!(editors.contains(id));
        assert!(rows.iter().any(|r| r[1] == id && r[2] == id && r[4] != "0" && !r[5].is_empty()));
    }
    for id in world.looking_alike("late corrections") {
        let late = |r: &&Vec<&str>| r[2] == id && r[1] != id && minute(r[0]) > minute(r[3]) + 1_440;
        assert!(rows.iter().filter(late).all(|r| !r[5].is_empty()) && rows.iter().any(|r| late(&r)));
    }
}

/// Office days by officer that left no trace, on days when the site's readers worked.
fn untraced(world: &World) -> BTreeMap<&str, usize> {
    let mut sites: HashMap<&str, BTreeMap<&str, &str>> = HashMap::new();
    let mut traced = BTreeSet::new();
    let mut working = BTreeSet::new();
    for row in world.columns(SourceKind::Presence, &["officer", "at", "site"]) {
        let day = &row[1][..10];
        traced.insert((row[0], day));
        if !row[2].is_empty() {
            working.insert((row[2], day));
            sites.entry(row[0]).or_default().insert(day, row[2]);
        }
    }
    // Where somebody was last seen by then: people move.
    let site_on = |id: &str, day: &str| {
        let days = sites.get(id)?;
        days.range(..=day).next_back().or_else(|| days.iter().next()).map(|(_, site)| *site)
    };
    let mut found = BTreeMap::new();
    for row in world.columns(SourceKind::AttendanceClaims, &["officer", "date", "place"]) {
        let readers = site_on(row[0], row[1]).is_some_and(|site| working.contains(&(site, row[1])));
        if row[2] == "office" && readers && !traced.contains(&(row[0], row[1])) {
            *found.entry(row[0]).or_insert(0) += 1;
        }
    }
    found
}

#[test]
fn only_planted_officers_claim_office_days_without_a_trace_while_readers_worked() {
    let world = World::demo();
    let found = untraced(world);
    let planted: BTreeSet<&str> = world.planted(Behaviour::AttendanceClaim).into_iter().collect();
    assert!(found.keys().copied().eq(planted));
    assert!(found.values().all(|days| *days >= 8), "{found:?}");
    let swiped: BTreeSet<(&str, &str)> =
        world.columns(SourceKind::Presence, &["officer", "at"]).iter().map(|r| (r[0], &r[1][..10])).collect();
    let claims = world.columns(SourceKind::AttendanceClaims, &["officer", "date", "place"]);
    let alike = world.looking_alike("office day during a reader outage");
    let mut seen = 0;
    for id in &alike {
        let untraced = |r: &&Vec<&str>| r[0] == *id && r[2] == "office" && !swiped.contains(&(r[0], r[1]));
        seen += usize::from(claims.iter().any(|r| untraced(&r)));
    }
    // Somebody may be on leave whenever the readers fail.
    assert!(seen * 10 >= alike.len() * 8, "{seen} of {}", alike.len());
}

#[test]
fn only_planted_officers_return_to_a_record_without_any_case() {
    let world = World::demo();
    let assigned: BTreeSet<&str> =
        world.columns(SourceKind::Assignments, &["record"]).into_iter().map(|r| r[0]).collect();
    let sent = world.columns(SourceKind::Incidents, &["record"]).into_iter().map(|r| r[0]);
    let assigned: BTreeSet<&str> = assigned.into_iter().chain(sent).collect();
    let login_of: HashMap<&str, &str> =
        world.columns(SourceKind::Officers, &["other_ids", "officer"]).iter().map(|r| (r[0], r[1])).collect();
    let (mut alone, mut all) = (BTreeMap::new(), BTreeMap::new());
    for row in world.columns(SourceKind::Accesses, &["officer", "record", "case"]) {
        let Some(id) = login_of.get(row[0]) else { continue };
        *all.entry((*id, row[1])).or_insert(0) += 1;
        if row[2].is_empty() && !assigned.contains(row[1]) {
            *alone.entry((*id, row[1])).or_insert(0) += 1;
        }
    }
    let often: BTreeSet<&str> = alone.iter().filter(|(_, n)| **n >= 5).map(|((id, _), _)| *id).collect();
    assert_eq!(often, world.planted(Behaviour::AccessSubject).into_iter().collect());
    assert!(alone.values().filter(|n| **n >= 5).all(|n| (7..=45).contains(n)));
    for note in ["team member's case", "of an own case"] {
        for id in world.looking_alike(note) {
            assert!(all.iter().any(|((o, _), n)| *o == id && *n >= 12), "{id}: {note}");
        }
    }
}

#[test]
fn only_planted_officers_work_more_than_48_hours_a_week_over_any_17_weeks() {
    let world = World::demo();
    let mut minutes: HashMap<&str, BTreeMap<i64, i64>> = HashMap::new();
    for (id, times) in world.worked() {
        times
            .iter()
            .for_each(|(s, e)| *minutes.entry(id).or_default().entry(s / 1_440).or_default() += e - s);
    }
    for (id, s, e) in world.overtime() {
        *minutes.entry(id).or_default().entry(s / 1_440).or_default() += e - s;
    }
    let window = 17 * 7;
    let most = |days: &BTreeMap<i64, i64>| {
        let hours =
            |from: i64| days.range(from..from + window).map(|(_, m)| m).sum::<i64>() as f64 / 60.0 / 17.0;
        days.keys().map(|from| hours(*from)).fold(0.0, f64::max)
    };
    let weeks: BTreeMap<&str, f64> = minutes.iter().map(|(id, days)| (*id, most(days))).collect();
    let long: BTreeSet<&str> = weeks.iter().filter(|(_, h)| **h > 48.0).map(|(id, _)| *id).collect();
    let planted: BTreeSet<&str> = world.planted(Behaviour::WorkingTime).into_iter().collect();
    assert!(!long.is_empty() && long.is_subset(&planted), "{long:?}");
    assert!(long.iter().all(|id| (49.0..66.0).contains(&weeks[id])), "{weeks:?}");
}

#[test]
fn complaints_are_over_dispersed_and_planted_officers_stand_far_out() {
    let world = World::demo();
    let roll = world.columns(SourceKind::Officers, &["officer", "unit_type"]);
    let mut counts: BTreeMap<&str, f64> =
        roll.iter().filter(|r| r[1] == "Response").map(|r| (r[0], 0.0)).collect();
    for row in world.columns(SourceKind::Complaints, &["officer"]) {
        counts.entry(row[0]).and_modify(|count| *count += 1.0);
    }
    for id in world.planted(Behaviour::ComplaintRate) {
        assert!(counts.remove(id).is_some_and(|count| count >= 18.0));
    }
    for id in world.looking_alike("four complaints") {
        assert_eq!(counts.remove(id), Some(4.0));
    }
    let n = counts.len() as f64;
    let mean = counts.values().sum::<f64>() / n;
    let variance = counts.values().map(|c| (c - mean).powi(2)).sum::<f64>() / n;
    assert!(variance > 1.5 * mean, "mean {mean}, variance {variance}");
}

/// Squared deviation of the rates behind the counts of response officers, as a share of the squared mean.
fn spread_of_complaints(days: u32) -> f64 {
    let plan = Plan { officers: 3_000, days, mode: Mode::Clean, look_ups: 0.01, ..Plan::default() };
    let force = Force::make(&plan).unwrap();
    let mut counts: BTreeMap<u32, f64> = BTreeMap::new();
    for partition in 0..force.partitions() {
        let roll = force.table(SourceKind::Officers, partition);
        let kind = roll.words("unit_type").unwrap();
        let response = (0..roll.len()).filter(|at| kind.get(*at) == "Response");
        response.for_each(|at| _ = counts.insert(roll.officers[at], 0.0));
        let complaints = force.table(SourceKind::Complaints, partition);
        for officer in &complaints.officers {
            counts.entry(*officer).and_modify(|count| *count += 1.0);
        }
    }
    let n = counts.len() as f64;
    let mean = counts.values().sum::<f64>() / n;
    let variance = counts.values().map(|c| (c - mean).powi(2)).sum::<f64>() / n;
    (variance - mean) / (mean * mean)
}

#[test]
fn people_differ_in_complaints_as_much_over_half_a_year_as_over_a_whole_one() {
    for days in [181, 365] {
        let spread = spread_of_complaints(days);
        assert!((1.0..2.4).contains(&spread), "{spread} over {days} days");
    }
}

#[test]
fn only_planted_officers_take_no_leave_at_all_and_look_alikes_take_it_in_other_ways() {
    let world = World::demo();
    let absences = world.columns(SourceKind::Absences, &["officer", "kind", "start", "end"]);
    let of = |id: &str, kind: &str| absences.iter().filter(|row| row[0] == id && row[1] == kind).count();
    let roll = world.columns(SourceKind::Officers, &["officer", "left", "joined"]);
    let stay = roll.iter().filter(|row| row[1].is_empty() && minute(row[2]) < minute("2026-01-01"));
    let none = |id: &&str| absences.iter().all(|row| row[0] != *id || row[1] == "sick");
    let without: BTreeSet<&str> = stay.map(|row| row[0]).filter(none).collect();
    assert_eq!(without, world.planted(Behaviour::WorkingTime).into_iter().collect());
    for id in world.looking_alike("joined within the period") {
        let joined = roll.iter().find(|row| row[0] == id).map(|row| minute(row[2])).expect("on the roll");
        let early = |row: &&Vec<&str>| row[1] != "sick" && minute(row[2]) < joined + 84 * 1_440;
        assert!(joined > minute("2026-01-01") && !absences.iter().filter(|r| r[0] == id).any(|r| early(&r)));
    }
    for id in world.looking_alike("time off in lieu") {
        assert!(of(id, "annual") == 0 && of(id, "toil") > 0, "{id}");
    }
    for id in world.looking_alike("single days") {
        assert!(absences.iter().filter(|row| row[0] == id && row[1] == "annual").all(|row| row[2] == row[3]));
    }
}

#[test]
fn some_of_the_planted_and_of_the_look_alikes_work_part_time_or_change_posts() {
    let plan = Plan { officers: 3_000, one_in: 300, ..Plan::default() };
    let made = crate::world::World::make(&plan);
    for planted in [true, false] {
        let chosen = made.cast.parts().filter(|(_, part)| matches!(part, Part::Planted(_)) == planted);
        let postings: Vec<Posting> = chosen.map(|(i, _)| made.roll.members[i].posting()).collect();
        for posting in [Posting::PartTime, Posting::OnTheMove] {
            let share = postings.iter().filter(|p| **p == posting).count() * 100 / postings.len();
            assert!((2..30).contains(&share), "{planted}: {share} % {posting:?}");
        }
    }
}
