//! The pack on its way out: the entry first, then the sealed file, then what the store remembers of it.

use super::draft::{self, Drafted};
use crate::mail::{self, Letter};
use crate::record::Entry;
use crate::session::{Session, random};
use crate::{Error, book, create, exchange, name_index};
use contract::{ErrorCode, ExportLeadPack, PreviewLeadPack, SentLeadPack};
use ledger::Kind;
use std::path::Path;
use store::lead_packs::LeadPack;

/// Shortest exception, in characters: who authorised it, and why it cannot tip anybody off.
const SHORTEST_EXCEPTION: usize = 40;

/// A code for this pack and no other: 30 random bits.
fn code() -> Result<String, Error> {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bits = [0; 6];
    random(&mut bits)?;
    Ok(bits
        .iter()
        .fold("K-".to_owned(), |code, b| code + &char::from(ALPHABET[usize::from(b & 31)]).to_string()))
}

/// Who authorised it and why, as the store keeps it behind the entry's hash.
struct Exception {
    salt: [u8; 16],
    text: String,
}

fn exception(session: &Session, drafted: &Drafted, text: &str) -> Result<Option<Exception>, Error> {
    if drafted.blocked.is_empty() {
        return Ok(None);
    }
    let text = text.trim();
    if text.chars().count() < SHORTEST_EXCEPTION {
        return Err(Error::new(
            ErrorCode::PolicyForbids,
            drafted.blocked.clone(),
            "Only an authorised exception lets it leave: say who authorised it, when and why. Nothing was written.",
        ));
    }
    name_index::refuse_names(session, &[text])?;
    let mut salt = [0; 16];
    random(&mut salt)?;
    Ok(Some(Exception { salt, text: text.to_owned() }))
}

/// Writes a lead pack sealed to one representative.
pub(crate) fn send(session: &Session, request: &ExportLeadPack) -> Result<SentLeadPack, Error> {
    let card = create::read_card(Path::new(&request.to))?;
    if card.role() != seal::Role::Representative {
        return Err(Error::new(
            ErrorCode::Card,
            "This is not a representative's card.",
            "A Federation or association representative and a union official both make a profile with that role. Nothing was written.",
        ));
    }
    let ask = PreviewLeadPack {
        lead: request.lead.clone(),
        officer: request.officer.clone(),
        withhold: request.withhold.clone(),
        reply_by: request.reply_by.clone(),
    };
    let mut drafted = draft::build(session, &ask)?;
    let exception = exception(session, &drafted, &request.exception)?;
    drafted.body.code = code()?;
    scan(session, &drafted.body).map_err(|e| exchange::log_refused(session, "lead pack", e))?;
    let reply_by = model::time::parse_day(&drafted.body.reply_by).unwrap_or_default();
    let seq = disclose(session, &drafted, &card, exception)?;
    let (leaf, root, size) = {
        let reader = session.reader();
        let size = store::ledger::size(&*reader)?;
        (store::ledger::leaf(&*reader, seq)?.bytes, ledger::root(size, &book::Stored(&*reader))?, size)
    };
    drafted.body.leaf = String::from_utf8(leaf).unwrap_or_default();
    drafted.body.root = root;
    drafted.body.size = size;
    let letter = Letter {
        store: session.id(),
        to: std::slice::from_ref(&card),
        purpose: "A redacted lead, for the officer's representative",
        body: &drafted.body,
    };
    let hash = mail::send(&session.post(), &letter, Path::new(&request.path))?;
    let pack = LeadPack {
        seq,
        lead: drafted.id,
        hash: hash.to_string(),
        root: root.to_string(),
        code: drafted.body.code.clone(),
        reader: card.name().to_owned(),
        reply_by,
        at: session.clock.now(),
    };
    book::record(session, |tx| {
        store::lead_packs::insert(tx, &pack)?;
        let entry =
            Entry::new(Kind::Export).lead(drafted.id).officer(drafted.officer).with("what", "lead pack");
        Ok(((), vec![entry.with("hash", pack.hash.clone()).with("entry", seq)]))
    })?;
    Ok(SentLeadPack {
        entry: seq as u32,
        code: drafted.body.code,
        hash: hash.to_string(),
        fit: draft::fit_view(&drafted.body.fit),
        reply_by: drafted.body.reply_by,
    })
}

/// The entry goes into the pack, so it says which lead and not which officer: that stands in the export's entry.
fn disclose(
    session: &Session,
    drafted: &Drafted,
    card: &seal::Card,
    exception: Option<Exception>,
) -> Result<u64, Error> {
    let grounds: Vec<String> = drafted.body.withheld.iter().map(|w| w.ground.letter().to_string()).collect();
    let mut entry = Entry::new(Kind::Disclosure)
        .lead(drafted.id)
        .with("what", "lead pack")
        .with("code", drafted.body.code.clone())
        .with("to", card.fingerprint())
        .with("findings", drafted.body.findings.len() as u64)
        .with("withheld", grounds)
        .with("fit", drafted.body.fit.people)
        .with("exception", exception.is_some());
    if let Some(given) = &exception {
        entry = entry.text_hash(ledger::text_hash(&given.salt, &given.text));
    }
    book::record_with(session, entry, |tx, seq| match exception {
        Some(given) => Ok(store::texts::insert(tx, seq, &given.salt, &given.text)?),
        None => Ok(()),
    })
}

/// The last look before anything leaves: no pseudonym of the store and no name in any text of the pack.
fn scan(session: &Session, body: &packs::LeadBody) -> Result<(), Error> {
    let names = name_index::for_typed_text(session)?;
    let whole = serde_json::to_string(body)?;
    let mut texts: Vec<&str> = body.facts.iter().map(|f| f.value.as_str()).collect();
    texts.extend(body.withheld.iter().map(|w| w.reason.as_str()));
    for f in &body.findings {
        texts.push(&f.sentence);
        texts.extend(f.rows.iter().flatten().map(String::as_str));
        texts.extend(f.arithmetic.iter().map(|a| a.value.as_str()));
        texts.extend(f.counter_evidence.iter().map(String::as_str));
        texts
            .extend(f.peers.iter().flat_map(|p| [p.group.as_str(), p.highest.as_str(), p.expected.as_str()]));
    }
    let leaks = |text: &&str| !text.starts_with('[') && names.may_name(text);
    if whole.contains("OFC-") || texts.iter().any(leaks) {
        return Err(Error::new(
            ErrorCode::NameInText,
            "A text of this pack may hold a name or a code of the store. Nothing was written.",
            "Withhold the rows or the sentence it stands in.",
        ));
    }
    Ok(())
}
