//! What was planted in whom: for tests and evaluation only, never for import.

use crate::cast::Part;
use crate::plant::{Behaviour, Intensity};
use crate::world::World;
use crate::{access, unit};
use model::OfficerIndex;
use serde::Serialize;

/// Behaviour of a label for an id that no roll lists.
pub const UNKNOWN_OFFICER: &str = "unknown-officer";

/// What a member was chosen for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Staff number, or for an unknown officer the id that occurs in events; empty for a unit.
    pub officer_id: String,
    /// Index of the officer in the tables; nothing for an id that no roll lists and for a unit.
    #[serde(skip)]
    pub officer: Option<OfficerIndex>,
    /// The indicator's id, or `unknown-officer`.
    pub behaviour: String,
    /// False for an innocent look-alike.
    pub planted: bool,
    pub note: String,
    /// How far a planted behaviour stands out.
    pub intensity: Option<Intensity>,
    /// First and last day on which a planted behaviour shows.
    pub from: Option<String>,
    pub until: Option<String>,
    /// Members of one ring share a number.
    pub ring: Option<u32>,
    /// The unit a label of a whole unit is about.
    pub unit: Option<String>,
}

/// The labels of everyone chosen, in roll order, then the ids that no roll lists.
pub fn labels(world: &World, officer: impl Fn(usize) -> OfficerIndex) -> Vec<Label> {
    let chosen = world.cast.parts().map(|(index, part)| {
        let deed = if let Part::Planted(deed) = part { Some(deed) } else { None };
        let day = |day: i32| world.calendar.iso(day).to_owned();
        Label {
            officer_id: world.roll.members[index].id.clone(),
            officer: Some(officer(index)),
            behaviour: part.behaviour().as_str().to_owned(),
            planted: deed.is_some(),
            note: part.note().to_owned(),
            intensity: deed.map(|deed| deed.intensity),
            from: deed.map(|deed| day(deed.from)),
            until: deed.map(|deed| day(deed.until)),
            ring: deed.and_then(|deed| deed.ring),
            unit: None,
        }
    });
    let units = world.cast.cultures().map(|(number, culture)| Label {
        officer_id: String::new(),
        officer: None,
        behaviour: Behaviour::CultureUnit.as_str().to_owned(),
        planted: culture.only.is_none(),
        note: culture.only.map_or(Behaviour::CultureUnit.note(), |_| "a unit with one high rate").to_owned(),
        intensity: culture.only.is_none().then_some(culture.intensity),
        from: None,
        until: None,
        ring: None,
        unit: Some(world.roll.units[number].name.clone()),
    });
    let unknown = [access::UNKNOWN_LOGIN, unit::UNKNOWN_ID].map(|id| Label {
        officer_id: id.to_owned(),
        officer: None,
        behaviour: UNKNOWN_OFFICER.to_owned(),
        planted: false,
        note: "occurs in events, not on the roll".to_owned(),
        intensity: None,
        from: None,
        until: None,
        ring: None,
        unit: None,
    });
    chosen.chain(units).chain(unknown).collect()
}
