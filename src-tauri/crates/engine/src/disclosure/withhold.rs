//! What a reviewer withholds from a pack, each with a ground of regulation 6 and a reason.

use crate::session::Session;
use crate::{Error, name_index};
use contract::{ErrorCode, WithholdItem};
use packs::{Ground, LeadBody, Withheld};

/// Shortest reason, in characters.
const SHORTEST: usize = 15;

fn refuse(message: impl Into<String>) -> Error {
    Error::new(ErrorCode::Decision, message, "Nothing was written.")
}

fn ground(text: &str) -> Result<Ground, Error> {
    let letter = text.trim().trim_matches(['(', ')']).to_lowercase();
    let found = Ground::ALL.into_iter().find(|g| letter == g.letter().to_string());
    found.ok_or_else(|| refuse("The ground is one of (a) to (g) of regulation 6."))
}

/// Takes each item out of the body and notes what, on which ground and why.
pub(super) fn take_out(session: &Session, body: &mut LeadBody, items: &[WithholdItem]) -> Result<(), Error> {
    let reasons: Vec<&str> = items.iter().map(|i| i.reason.as_str()).collect();
    if !reasons.is_empty() {
        name_index::refuse_names(session, &reasons)?;
    }
    for item in items {
        if item.reason.trim().chars().count() < SHORTEST {
            return Err(refuse(format!("Withholding needs a reason of {SHORTEST} characters or more.")));
        }
        let ground = ground(&item.ground)?;
        let what = item.item.trim().to_lowercase();
        remove(body, &what)?;
        body.withheld.push(Withheld { ground, reason: item.reason.trim().to_owned(), what });
    }
    Ok(())
}

/// `finding 2`, `rows 2`, `sentence 2`, `sums 2`, `peers 2`, or the label of a fact such as `rank`.
fn remove(body: &mut LeadBody, what: &str) -> Result<(), Error> {
    let unknown = || refuse(format!("There is no “{what}” in this pack to withhold."));
    if let Some((part, number)) = what.rsplit_once(' ')
        && let Ok(number) = number.parse::<u32>()
    {
        let at = body.findings.iter().position(|f| f.n == number).ok_or_else(unknown)?;
        let finding = &mut body.findings[at];
        match part {
            "finding" => drop(body.findings.remove(at)),
            "rows" => finding.rows.clear(),
            "sentence" => finding.sentence = "[withheld]".into(),
            "sums" => finding.arithmetic.clear(),
            "peers" => finding.peers = None,
            _ => return Err(unknown()),
        }
        return Ok(());
    }
    let fact = body.facts.iter_mut().find(|f| f.label.to_lowercase() == what).ok_or_else(unknown)?;
    fact.value = "[withheld]".into();
    Ok(())
}
