//! Protected characteristics, drawn apart from everything a member does.

use crate::cell::Cell;
use crate::roll::Member;
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

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

/// Writes a member's protected characteristics.
pub fn write(member: &Member, world: &World, rows: &mut Rows) {
    let [sex, ethnicity, age, disability, religion, part_time, maternity] =
        of(member, world).map(|value| if value.is_empty() { Cell::Blank } else { Cell::Word(value) });
    let cells =
        [Cell::Staff(member.index as u32), sex, ethnicity, age, disability, religion, part_time, maternity];
    rows.push(SourceKind::Protected, member.index as i64, &cells);
}
