//! The people a profile knows by their member cards: whose packs count where no store says who is enrolled.

use crate::session::member_view;
use crate::{Error, Home, create};
use contract::{ErrorCode, MemberView};
use seal::Card;
use std::path::Path;

/// Most people one profile knows.
const MAX_PEOPLE: usize = 1_000;
/// Folder and name of the list.
const PLACE: (&str, &str) = ("people", "cards");

/// Everyone this profile knows.
pub(crate) fn known(home: &Home) -> Result<Vec<Card>, Error> {
    let texts: Vec<String> = home.recall(PLACE.0, PLACE.1)?.unwrap_or_default();
    texts.iter().map(|text| Ok(Card::parse(text)?)).collect()
}

/// Adds a person by their card file. A known name with other keys is refused: that is how somebody would pose as another.
pub(crate) fn add(home: &Home, path: &Path) -> Result<MemberView, Error> {
    let card = create::read_card(path)?;
    let mut all = known(home)?;
    if !all.contains(&card) {
        if all.iter().any(|c| c.name() == card.name() && c.role() == card.role()) {
            return Err(Error::new(
                ErrorCode::Card,
                "Somebody of this name and role is known here with other keys.",
                "Nothing was changed. Compare the six words by telephone before you trust either card.",
            ));
        }
        if all.len() >= MAX_PEOPLE {
            return Err(Error::new(ErrorCode::Limit, "A profile knows at most 1,000 people.", ""));
        }
        all.push(card.clone());
        home.keep(PLACE.0, PLACE.1, &all.iter().map(Card::to_text).collect::<Vec<_>>())?;
    }
    Ok(member_view(&card))
}
