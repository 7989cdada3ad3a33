//! Vetting, yearly declarations, and the interests the force knows of from elsewhere.

use crate::calendar::Calendar;
use crate::cast::{Deed, Part};
use crate::cell::Cell;
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour};
use crate::rng::Rng;
use crate::roll::{Member, UnitKind};
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// The registers, each with the share of members who declare something.
const REGISTERS: [(&str, f64); 4] =
    [("business_interest", 0.03), ("notifiable_association", 0.01), ("freemasonry", 0.02), ("gift", 0.03)];
/// Days after the beginning of the period, or after joining, by which forms come back.
const RETURNED_BY: i64 = 26;
/// Days for which clearance is given.
const CLEARANCE_DAYS: i64 = 7 * 365;
/// Share of clearances that come up for renewal in a year and get it in time.
const RENEWED: f64 = 0.1;
/// Share of declared interests that the force also knows of from elsewhere.
const KNOWN: f64 = 0.6;

/// What a member declares and has.
struct Form {
    register: &'static str,
    returned: Option<i32>,
    answer: &'static str,
    hours: Option<i64>,
}

/// An interest the force knows of.
struct Interest {
    register: &'static str,
    source: &'static str,
    from: i32,
    until: Option<i32>,
    hours: Option<i64>,
}

/// Writes a member's vetting, declarations and known interests.
pub fn write(member: &Member, life: &crate::duty::Life, world: &World, rows: &mut Rows) {
    let rng = &mut world.rng("declaration", member.index);
    let part = world.cast.part(member);
    write_vetting(member, part, world, rng, rows);
    let mut forms = ordinary(member, &world.calendar, rng);
    let mut interests = known(&forms, &world.calendar, rng);
    match part {
        Some(Part::Planted(deed)) => match deed.behaviour {
            Behaviour::DeclarationMissing if !lapses(member) => leave_out(&mut forms, deed, rng),
            Behaviour::DeclarationContradicted => {
                let place = rng.below(3) as usize;
                deny(&mut forms[place]);
                interests.retain(|interest| interest.register != forms[place].register);
                let from = world.calendar.first - rng.between(200, 900) as i32;
                interests.push(interest(forms[place].register, from, None, None));
            }
            Behaviour::SecondaryWorkClash => {
                let hours = deed.intensity.draw(rng, plant::SECOND_WORK_HOURS);
                let sick = life.absences.iter().find(|a| a.kind == "sick" && a.until - a.from >= 5);
                let from = sick.map_or(deed.from, |a| a.from - rng.between(20, 60) as i32);
                declare(&mut forms[0], hours);
                interests.retain(|interest| interest.register != forms[0].register);
                interests.push(interest(forms[0].register, from, sick.map(|a| a.until + 30), Some(hours)));
            }
            _ => {}
        },
        Some(Part::Innocent(Innocent::FreeTimeWork)) => {
            let hours = rng.between(3, 6);
            declare(&mut forms[0], hours);
        }
        Some(Part::Innocent(Innocent::EndedInterest)) => {
            deny(&mut forms[0]);
            interests.retain(|interest| interest.register != forms[0].register);
            let ended = forms[0].returned.unwrap_or(world.calendar.first) - 1;
            interests.push(interest(forms[0].register, ended - 700, Some(ended), Some(6)));
        }
        Some(Part::Innocent(Innocent::DeclaredInterest)) => {
            declare(&mut forms[0], 4);
            interests.retain(|interest| interest.register != forms[0].register);
            interests.push(interest(forms[0].register, world.calendar.first - 300, None, Some(4)));
        }
        Some(Part::Innocent(Innocent::LateReturn)) => {
            let late = rng.between(40, 80).min(i64::from(world.calendar.days()) - 2) as i32;
            forms.iter_mut().for_each(|form| form.returned = Some(world.calendar.first + late));
        }
        _ => {}
    }
    forms.iter().for_each(|form| write_form(form, member, rows));
    interests.iter().for_each(|interest| write_interest(interest, member, rows));
}

/// Half of those who let something lapse let their vetting lapse.
fn lapses(member: &Member) -> bool {
    member.index.is_multiple_of(2)
}

fn ordinary(member: &Member, calendar: &Calendar, rng: &mut Rng) -> Vec<Form> {
    let forms = REGISTERS.iter().map(|(register, share)| {
        let asked = calendar.first.max(member.joined);
        let returned = (asked + rng.between(1, RETURNED_BY) as i32).min(calendar.last);
        let yes = rng.chance(*share);
        let hours = (yes && *register == "business_interest").then(|| rng.between(2, 5));
        Form { register, returned: Some(returned), answer: if yes { "yes" } else { "no" }, hours }
    });
    forms.collect()
}

fn known(forms: &[Form], calendar: &Calendar, rng: &mut Rng) -> Vec<Interest> {
    let declared = forms.iter().filter(|form| form.answer == "yes" && form.register != "gift");
    let mut interests = Vec::new();
    for form in declared {
        let from = calendar.first - rng.between(100, 1_500) as i32;
        if rng.chance(KNOWN) {
            interests.push(interest(form.register, from, None, form.hours));
        }
    }
    interests
}

fn interest(register: &'static str, from: i32, until: Option<i32>, hours: Option<i64>) -> Interest {
    let source = match register {
        "business_interest" => "company register",
        "freemasonry" => "published list",
        _ => "colleague's report",
    };
    Interest { register, source, from, until, hours }
}

fn declare(form: &mut Form, hours: i64) {
    (form.answer, form.hours) = ("yes", Some(hours));
}

fn deny(form: &mut Form) {
    (form.answer, form.hours) = ("no", None);
}

/// Some registers' forms never come back.
fn leave_out(forms: &mut [Form], deed: Deed, rng: &mut Rng) {
    let missing = deed.intensity.draw(rng, plant::MISSING_REGISTERS) as usize;
    for form in forms.iter_mut().take(missing) {
        (form.returned, form.answer, form.hours) = (None, "not_returned", None);
    }
}

fn level(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Cid => "management vetting",
        UnitKind::Staff => "non-police personnel vetting",
        _ => "recruit vetting",
    }
}

fn write_vetting(member: &Member, part: Option<Part>, world: &World, rng: &mut Rng, rows: &mut Rows) {
    let calendar = &world.calendar;
    let mut push = |granted: i32, expires: i32| {
        let level = Cell::Word(level(world.roll.unit_of(member).kind));
        let cells = [Cell::Staff(member.index as u32), level, Cell::Day(granted), Cell::Day(expires)];
        rows.push(SourceKind::Vetting, i64::from(granted), &cells);
    };
    let days = i64::from(calendar.days());
    let renews = match part {
        Some(Part::Planted(deed)) if deed.behaviour == Behaviour::DeclarationMissing && lapses(member) => {
            let lapsed = deed.intensity.draw(rng, plant::LAPSED_DAYS).min(days - 5) as i32;
            return push(calendar.last - lapsed - CLEARANCE_DAYS as i32, calendar.last - lapsed);
        }
        Some(Part::Innocent(Innocent::Renewed)) => true,
        _ => rng.chance(RENEWED * days as f64 / 365.0),
    };
    if renews {
        let expires = calendar.first + rng.between(days / 4, days * 3 / 4) as i32;
        let granted = expires - rng.between(5, 30) as i32;
        push(expires - CLEARANCE_DAYS as i32, expires);
        return push(granted, granted + CLEARANCE_DAYS as i32);
    }
    // Whoever was there before the period is covered to its end and a while beyond.
    let age = rng.between(10, CLEARANCE_DAYS - days - 30) as i32;
    let granted = calendar.first - age;
    push(granted, granted + CLEARANCE_DAYS as i32);
}

fn write_form(form: &Form, member: &Member, rows: &mut Rows) {
    let cells = [
        Cell::Staff(member.index as u32),
        Cell::Word(form.register),
        Cell::day(form.returned),
        Cell::Word(form.answer),
        form.hours.map_or(Cell::Blank, Cell::whole),
    ];
    rows.push(SourceKind::Declarations, i64::from(form.returned.unwrap_or(i32::MAX)), &cells);
}

fn write_interest(interest: &Interest, member: &Member, rows: &mut Rows) {
    let cells = [
        Cell::Staff(member.index as u32),
        Cell::Word(interest.register),
        Cell::Word(interest.source),
        Cell::Day(interest.from),
        Cell::day(interest.until),
        interest.hours.map_or(Cell::Blank, Cell::whole),
    ];
    rows.push(SourceKind::KnownInterests, i64::from(interest.from), &cells);
}
