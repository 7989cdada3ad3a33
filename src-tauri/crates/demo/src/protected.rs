//! Protected characteristics, drawn apart from everything a member does; and, in one mode, innocent circumstances tied
//! to them, for the fairness audit to find.

use crate::cell::Cell;
use crate::roll::Member;
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// One circumstance tied to a protected group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proxy {
    /// Field of the protected source, and the group's value in it.
    pub attribute: &'static str,
    pub group: &'static str,
    /// The indicator that will list more of the group.
    pub indicator: &'static str,
    /// Why it is innocent.
    pub note: &'static str,
}

/// What `Mode::Proxies` ties to protected groups.
pub const PROXIES: [Proxy; 3] = [
    Proxy {
        attribute: "part_time",
        group: "yes",
        indicator: "attendance-share",
        note: "part-timers with agreed remote days that the roster does not show",
    },
    Proxy {
        attribute: "ethnicity",
        group: "Black",
        indicator: "complaint-rate",
        note: "members whom the public complains about more, whatever they do",
    },
    Proxy {
        attribute: "age_band",
        group: "55 and over",
        indicator: "sickness-support",
        note: "older members with more short illness",
    },
];

/// Share of a group that its circumstance touches, and times the complaints it draws.
const TOUCHED: f64 = 0.35;
const COMPLAINTS: f64 = 14.0;

const SEXES: &[&str] = &["female", "male"];
const ETHNICITIES: &[&str] =
    &["White", "White", "White", "White", "White", "White", "Asian", "Asian", "Black", "Mixed"];
const AGES: &[&str] =
    &["under 25", "25 to 34", "25 to 34", "35 to 44", "35 to 44", "45 to 54", "55 and over"];
const RELIGIONS: &[&str] = &["none", "none", "Christian", "Christian", "Muslim", "Hindu", "other", ""];

/// A member's characteristics in the order of the export, each from its own stream.
fn of(member: &Member, world: &World) -> [&'static str; 7] {
    let rng = &mut world.rng("protected", member.index);
    let sex = rng.word(SEXES);
    let (ethnicity, age) = (rng.word(ETHNICITIES), rng.word(AGES));
    let disability = rng.word(&["no", "no", "no", "no", "no", "no", "no", "no", "yes", "unknown"]);
    let religion = rng.word(RELIGIONS);
    let maternity = if sex == "female" && rng.chance(0.03) { "yes" } else { "no" };
    [sex, ethnicity, age, disability, religion, if member.part_time { "yes" } else { "no" }, maternity]
}

/// Whether a proxy's circumstance touches a member of its group.
fn touches(proxy: usize, member: &Member, world: &World) -> bool {
    const FIELDS: [&str; 7] =
        ["sex", "ethnicity", "age_band", "disability", "religion", "part_time", "maternity"];
    let Proxy { attribute, group, .. } = PROXIES[proxy];
    let place = FIELDS.iter().position(|field| *field == attribute);
    let in_group = || place.is_some_and(|place| of(member, world)[place] == group);
    world.has_proxies() && in_group() && world.rng(attribute, member.index).chance(TOUCHED)
}

/// Whether a member stays at home by an agreement the roster does not show.
pub fn stays_home(member: &Member, world: &World) -> bool {
    touches(0, member, world)
}

/// Times the usual complaints.
pub fn complaint_factor(member: &Member, world: &World) -> f64 {
    if touches(1, member, world) { COMPLAINTS } else { 1.0 }
}

/// Whether a member has many short illnesses.
pub fn often_sick(member: &Member, world: &World) -> bool {
    touches(2, member, world)
}

/// Writes a member's protected characteristics.
pub fn write(member: &Member, world: &World, rows: &mut Rows) {
    let [sex, ethnicity, age, disability, religion, part_time, maternity] =
        of(member, world).map(|value| if value.is_empty() { Cell::Blank } else { Cell::Word(value) });
    let cells =
        [Cell::Staff(member.index as u32), sex, ethnicity, age, disability, religion, part_time, maternity];
    rows.push(SourceKind::Protected, member.index as i64, &cells);
}
