use crate::tests::example::Force;

const WHO: u32 = 4;

fn date(day: i32) -> String {
    let first = model::time::parse_day("2026-01-05").expect("a Monday");
    model::time::iso_day(first + day)
}

/// Working days from 5 January on, `office` of every five in the office.
fn force(weeks: i32, office: i32) -> Force {
    let mut force = Force::of(12);
    for week in 0..weeks {
        for day in 0..5 {
            let place = if day < office { "office" } else { "remote" };
            force.attendance(WHO, &date(week * 7 + day), place);
        }
    }
    force
}

#[test]
fn a_rolling_period_below_the_required_share_is_found_with_its_series() {
    let finding = force(13, 3).only("attendance-share", WHO);
    assert!(
        finding.sentence.contains(
            "39 of 65 working days were claimed as office: 60 %, where 80 % are required, 13 days short"
        ),
        "{}",
        finding.sentence
    );
    assert_eq!(finding.evidence.len(), 65);
    let series = finding.arithmetic.iter().find(|l| l.label.starts_with("series:")).expect("a series");
    assert!(series.note.starts_with("2026-01-26 60; "), "{}", series.note);
    assert!(series.note.ends_with("2026-03-30 60"), "{}", series.note);
}

#[test]
fn the_required_share_and_a_few_days_below_it_are_not_found() {
    assert!(force(13, 4).none("attendance-share", WHO));
    assert!(force(4, 3).none("attendance-share", WHO), "20 days, 16 due, 12 there: four short");
    force(5, 3).only("attendance-share", WHO);
    assert!(force(3, 0).none("attendance-share", WHO), "too few days to judge");
}

#[test]
fn leave_sickness_rest_court_and_remote_agreed_on_the_roster_are_out() {
    let remote_days: Vec<i32> = (0..13).flat_map(|week| [week * 7 + 3, week * 7 + 4]).collect();
    type Change = fn(&mut Force, &str);
    let changes: [Change; 4] = [
        |force, day| force.absence(WHO, &format!("{day} 00:00"), &format!("{day} 23:59"), "sick"),
        |force, day| force.duty(WHO, &format!("{day} 09:00"), &format!("{day} 17:00"), "leave"),
        |force, day| force.duty(WHO, &format!("{day} 09:00"), &format!("{day} 17:00"), "court"),
        |force, day| {
            force.duty(WHO, &format!("{day} 09:00"), &format!("{day} 17:00"), "other");
            force.also("place", "remote");
        },
    ];
    for change in changes {
        let mut force = force(13, 3);
        remote_days.iter().for_each(|day| change(&mut force, &date(*day)));
        assert!(force.none("attendance-share", WHO));
    }
}

#[test]
fn a_part_timer_is_measured_on_their_own_days() {
    let mut part_time = Force::of(12);
    for week in 0..20 {
        part_time.attendance(WHO, &date(week * 7), "office");
        part_time.attendance(WHO, &date(week * 7 + 1), if week % 5 == 0 { "remote" } else { "office" });
    }
    assert!(part_time.none("attendance-share", WHO), "36 of 40 days");
}

#[test]
fn a_day_claimed_twice_counts_once_as_office() {
    let mut force = force(13, 3);
    for week in 0..13 {
        force.attendance(WHO, &date(week * 7 + 3), "office");
    }
    assert!(force.none("attendance-share", WHO));
}

#[test]
fn a_changed_requirement_changes_what_is_found() {
    let mut force = force(13, 3);
    force.cards = force.cards.with_parameter("attendance-share", "required_percent", 60).expect("in range");
    assert!(force.none("attendance-share", WHO));
}
