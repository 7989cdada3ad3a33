//! Planted overtime, office days and look-ups, counted without any indicator.

use super::*;

fn login_of(world: &World) -> HashMap<&str, &str> {
    world.columns(SourceKind::Officers, &["other_ids", "officer"]).iter().map(|r| (r[0], r[1])).collect()
}

#[test]
fn planted_overtime_is_claimed_with_no_swipe_by_its_end_and_nobody_else_does_so_often() {
    let world = World::demo();
    let mut swipes: HashMap<&str, Vec<i64>> = HashMap::new();
    for row in world.columns(SourceKind::Presence, &["officer", "at"]) {
        swipes.entry(row[0]).or_default().push(minute(&row[1][..16]));
    }
    let mut unseen: BTreeMap<&str, usize> = BTreeMap::new();
    let claims = world.columns(SourceKind::Overtime, &["officer", "worked_start", "worked_end", "category"]);
    for row in claims.iter().filter(|row| row[3] == "rest day") {
        let (start, end): (i64, i64) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        let near = |at: &i64| (start - 60..=end + 60).contains(at);
        let seen = swipes.get(row[0]).is_some_and(|times| times.iter().any(near));
        *unseen.entry(row[0]).or_default() += usize::from(!seen);
    }
    for id in world.planted(Behaviour::OvertimeAbsent) {
        assert!(unseen[id] >= 4, "{id}: {}", unseen[id]);
    }
    let planted = world.planted(Behaviour::OvertimeAbsent);
    let outage = world.looking_alike("rest day with a reader outage");
    let others = unseen.iter().filter(|(id, n)| **n >= 3 && !planted.contains(id) && !outage.contains(id));
    assert_eq!(others.count(), 0);
}

#[test]
fn planted_overtime_is_many_times_that_of_others() {
    let world = World::demo();
    let mut minutes: BTreeMap<&str, i64> = BTreeMap::new();
    world.overtime().iter().for_each(|(id, start, end)| *minutes.entry(id).or_default() += end - start);
    let mean = minutes.values().sum::<i64>() / 600;
    for id in world.planted(Behaviour::OvertimeRate) {
        assert!(minutes[id] > 3 * mean, "{id}: {} against {mean}", minutes[id]);
    }
}

#[test]
fn only_planted_officers_stay_far_below_the_share_of_office_days_without_the_roster_knowing() {
    let world = World::demo();
    let mut days: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for row in world.columns(SourceKind::AttendanceClaims, &["officer", "place"]) {
        let counts = days.entry(row[0]).or_default();
        counts.0 += f64::from(row[1] == "office");
        counts.1 += 1.0;
    }
    let low = days.iter().filter(|(_, (office, all))| *all >= 20.0 && office / all < 0.74).map(|(id, _)| *id);
    assert_eq!(low.collect::<BTreeSet<_>>(), world.planted(Behaviour::AttendanceShare).into_iter().collect());
}

#[test]
fn only_planted_officers_look_up_many_people_whom_nobody_has_a_case_or_incident_on() {
    let world = World::demo();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for kind in [SourceKind::Assignments, SourceKind::Incidents] {
        known.extend(world.columns(kind, &["record"]).iter().map(|row| row[0]));
    }
    let logins = login_of(world);
    let (mut strange, mut all) = (BTreeMap::new(), BTreeMap::new());
    for row in world.columns(SourceKind::Accesses, &["officer", "record"]) {
        let Some(id) = logins.get(row[0]) else { continue };
        *all.entry(*id).or_insert(0) += 1;
        *strange.entry(*id).or_insert(0) += usize::from(!known.contains(row[1]));
    }
    let many: BTreeSet<&str> = strange.iter().filter(|(_, n)| **n >= 110).map(|(id, _)| *id).collect();
    assert_eq!(many, world.planted(Behaviour::AccessUnexplained).into_iter().collect());
    // Nearly everything else has its reason on file.
    let (strange, all) = (strange.values().sum::<usize>(), all.values().sum::<usize>());
    assert!(strange * 20 < all, "{strange} of {all}");
}

#[test]
fn planted_officers_return_to_own_cases_two_months_after_they_closed() {
    let world = World::demo();
    let mut closed: HashMap<(&str, &str), i64> = HashMap::new();
    for row in world.columns(SourceKind::Assignments, &["officer", "record", "until"]) {
        let until = if row[2].is_empty() { i64::MAX } else { minute(row[2]) };
        let end = closed.entry((row[0], row[1])).or_insert(until);
        *end = until.max(*end);
    }
    let logins = login_of(world);
    let mut late: BTreeMap<&str, usize> = BTreeMap::new();
    for row in world.columns(SourceKind::Accesses, &["at", "officer", "record"]) {
        let Some(id) = logins.get(row[1]) else { continue };
        let end = closed.get(&(*id, row[2])).copied().unwrap_or(i64::MAX);
        if end < minute(&row[0][..16]) - 60 * 1_440 {
            *late.entry(id).or_default() += 1;
        }
    }
    let found: BTreeSet<&str> = late.iter().filter(|(_, n)| **n >= 4).map(|(id, _)| *id).collect();
    assert_eq!(found, world.planted(Behaviour::AccessAfterClose).into_iter().collect());
}

#[test]
fn planted_printing_steps_up_in_the_middle_of_the_period() {
    let world = World::demo();
    let logins = login_of(world);
    let middle = minute("2026-04-02");
    let mut taken: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in world.columns(SourceKind::Accesses, &["at", "officer", "action"]) {
        let Some(id) = logins.get(row[1]).filter(|_| matches!(row[2], "print" | "export")) else { continue };
        let counts = taken.entry(id).or_default();
        *(if minute(&row[0][..16]) < middle { &mut counts.0 } else { &mut counts.1 }) += 1;
    }
    for id in world.planted(Behaviour::AccessBulk) {
        let (before, after) = taken[id];
        assert!(after > 2 * before.max(10), "{id}: {before}, then {after}");
    }
    for id in world.looking_alike("all the time") {
        let (before, after) = taken[id];
        assert!(before > 40 && after < 2 * before, "{id}: {before}, then {after}");
    }
}

#[test]
fn planted_complaints_repeat_one_category_or_come_from_vulnerable_people() {
    let world = World::demo();
    let rows = world.columns(SourceKind::Complaints, &["officer", "matter", "category", "vulnerable"]);
    for id in world.planted(Behaviour::ComplaintPattern) {
        let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row[0] == id) {
            kinds.entry(row[2]).or_default().insert(row[1]);
            if row[3] == "yes" {
                kinds.entry("vulnerable").or_default().insert(row[1]);
            }
        }
        assert!(kinds.values().any(|matters| matters.len() >= 5), "{id}: {kinds:?}");
    }
    for id in world.looking_alike("one matter with four allegations") {
        let own: Vec<_> = rows.iter().filter(|row| row[0] == id).collect();
        let repeated = |matter: &str| own.iter().filter(|row| row[1] == matter).count() == 4;
        assert!(own.iter().any(|row| repeated(row[1])), "{id}");
    }
}
