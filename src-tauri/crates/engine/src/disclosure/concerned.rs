//! Whose representative a pack is for, and which part of a lead concerns that person. A lead about a group goes to each
//! member's representative as a pack of its own: the others are codes of that pack, and what lies between others stays out.

use crate::Error;
use contract::ErrorCode;
use model::{Pseudonym, Subject};
use store::evidence::Cited;

/// What the count of left-out rows is called.
pub(super) const BETWEEN_OTHERS: &str = "rows and sums between other people are left out";

/// The officer whose representative reads the pack: chosen from a group, and nobody for a unit.
pub(super) fn officer(subject: &Subject, chosen: &str) -> Result<Pseudonym, Error> {
    let refused = |code, message: &str, hint: &str| Err(Error::new(code, message, hint));
    match (subject.members(), chosen.trim()) {
        ([], _) => refused(
            ErrorCode::PolicyForbids,
            "This lead is about a unit and concerns nobody in particular, so it is nobody's to answer through a representative.",
            "Put it to the unit or its staff associations as a whole. Nothing was written.",
        ),
        ([officer], "") => Ok(*officer),
        (_, "") => refused(
            ErrorCode::NotFound,
            "This lead is about a group: say whose representative the pack is for.",
            "Each member gets a pack of their own, with the others as codes. Nothing was written.",
        ),
        (members, chosen) => {
            let wanted: Option<Pseudonym> = chosen.parse().ok();
            members.iter().find(|m| Some(**m) == wanted).copied().ok_or_else(|| {
                Error::new(
                    ErrorCode::NotFound,
                    "This lead is not about that officer.",
                    "Nothing was written.",
                )
            })
        }
    }
}

/// What of a lead may go into one officer's pack.
pub(super) struct Part {
    /// The officer's code, where the lead is about others too.
    among: Option<String>,
    pub left_out: u64,
}

impl Part {
    pub fn of(subject: &Subject, officer: Pseudonym) -> Self {
        Self { among: (subject.members().len() > 1).then(|| officer.to_string()), left_out: 0 }
    }

    /// Whether a row is the officer's own or names them.
    pub fn has(&mut self, cited: &Cited) -> bool {
        let Some(code) = &self.among else { return true };
        let has = cited.row.cells.iter().any(|cell| cell.contains(code.as_str()));
        self.left_out += u64::from(!has);
        has
    }

    /// Whether a sum is about everybody together, or names the officer.
    pub fn has_sum(&mut self, label: &str) -> bool {
        let Some(code) = &self.among else { return true };
        let has = !label.contains("OFC-") || label.contains(code.as_str());
        self.left_out += u64::from(!has);
        has
    }
}
