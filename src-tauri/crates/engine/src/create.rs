//! Making a store: folder, keys sealed to the members, encrypted database, ledger entry 0.

use crate::life::{self, Kept, KeptSheet};
use crate::members::{self, Recipients};
use crate::record::Entry;
use crate::session::{PseudonymKeys, Session, random, role_name};
use crate::{Clock, Error, Home, book};
use contract::{CreateStore, CreatedStore, ErrorCode};
use ledger::Kind;
use model::StoreId;
use seal::{Card, KeyFile, KeyKind, Member, Recipient, RecoverySheet, Role, VaultKey};
use secrecy::ExposeSecret;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Folder, Policy, RawKey, Store};
use zeroize::Zeroizing;

/// Largest member card read, in bytes.
const MAX_CARD: u64 = 4 * 1024;

fn read_cards(paths: &[String]) -> Result<Vec<Card>, Error> {
    paths.iter().map(|path| read_card(Path::new(path))).collect()
}

/// Reads one member card.
pub(crate) fn read_card(path: &Path) -> Result<Card, Error> {
    let bytes = store::folder::read_limited(path, MAX_CARD)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::new(ErrorCode::Card, "A member card is not text.", ""))?;
    Ok(Card::parse(&text)?)
}

/// The policy asked for; with none, countersigned whenever a data protection officer is enrolled.
fn parse_policy(text: &str, cards: &[Card]) -> Result<Policy, Error> {
    match text {
        "" if cards.iter().any(|c| c.role() == Role::Dpo) => Ok(Policy::Countersigned),
        "" => Ok(Policy::Recorded),
        "recorded" => Ok(Policy::Recorded),
        "countersigned" => Ok(Policy::Countersigned),
        _ => Err(Error::new(ErrorCode::Settings, "This is no policy.", "Use recorded or countersigned.")),
    }
}

/// Makes a store: folder, keys sealed to the members, encrypted database, ledger entry 0.
pub(crate) fn create(
    home: &Home,
    clock: Arc<dyn Clock>,
    member: Arc<Member>,
    request: &CreateStore,
) -> Result<(Session, CreatedStore), Error> {
    let name = request.name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(Error::new(
            ErrorCode::Settings,
            "A store needs a name of 1 to 80 characters.",
            "Nothing was written.",
        ));
    }
    let today = model::time::day_of(clock.now(), &jiff::tz::TimeZone::UTC);
    let ends = model::time::parse_day(&request.ends).filter(|d| *d > today).ok_or_else(|| {
        Error::new(
            ErrorCode::Settings,
            "A store needs an end date in the future, such as 2027-12-31.",
            "Nothing was written.",
        )
    })?;
    let mut cards = vec![Card::parse(&member.card().to_text())?];
    for card in read_cards(&request.members)? {
        if cards.iter().all(|c| c.recipient() != card.recipient()) {
            members::may_join(&card, &cards)?;
            cards.push(card);
        }
    }
    let policy = parse_policy(&request.policy, &cards)?;
    let sheet = request.recovery.then(RecoverySheet::generate);
    // Under `countersigned` only a data protection officer may hold what opens names, on paper too.
    let sheet_opens_vault = policy == Policy::Recorded || member.role() == Role::Dpo;
    let kept_sheet =
        sheet.as_ref().map(|s| KeptSheet { key: s.recipient().to_string(), vault: sheet_opens_vault });
    let to = Recipients::of(policy, &cards, kept_sheet.as_ref())?;

    let mut id = [0; 10];
    random(&mut id)?;
    let id = StoreId::from_bytes(id);
    let mut raw = Zeroizing::new([0; 32]);
    random(raw.as_mut())?;
    let vault = VaultKey::generate();
    let (_, pseudonyms) = PseudonymKeys::generate()?;
    let mut ledger_secret = Zeroizing::new([0; 32]);
    random(ledger_secret.as_mut())?;

    let path = resolve(home, &request.path, name);
    let mut store = Store::create(&path, &RawKey::new(*raw), &id, policy)?;
    let folder = Folder::new(&path);
    let seal_key =
        |to: &[Recipient], kind, secret: &[u8]| KeyFile::seal_key_to(to, kind, id.as_str(), secret);
    let files = [
        (folder.keys(), seal_key(&to.everyone, KeyKind::Store, raw.as_ref())?),
        (folder.vault(), seal_key(&to.vault, KeyKind::Vault, &vault.to_secret_bytes())?),
        (folder.pseudonyms(), seal_key(&to.pseudonyms, KeyKind::Pseudonyms, &pseudonyms)?),
    ];
    for (file, bytes) in files {
        store::folder::write_atomic(&file, &bytes)?;
    }
    let kept = Kept {
        name: name.to_owned(),
        purpose: request.purpose.trim().to_owned(),
        created: clock.now(),
        ends,
        members: cards.iter().map(Card::to_text).collect(),
        vault: vault.recipient().to_string(),
        removed: Vec::new(),
        sheet: kept_sheet,
        outdated_key: String::new(),
    };
    store.write(|tx| {
        store::meta::put(tx, "store", &serde_json::to_vec(&kept)?)?;
        store::meta::put(tx, "ledger_key", ledger_secret.as_ref())?;
        Ok::<_, Error>(())
    })?;
    let session = life::session(home, clock, member, store)?;
    let members: Vec<String> =
        cards.iter().map(|c| format!("{} {}", role_name(c.role()), c.name())).collect();
    let fingerprints: Vec<String> = cards.iter().map(Card::fingerprint).collect();
    let made = Entry::new(Kind::StoreCreated)
        .with("policy", policy.as_str())
        .with("ends", model::time::iso_day(ends))
        .with("members", members)
        .with("fingerprints", fingerprints)
        .with("vault", kept.vault.clone())
        .with("recovery_sheet", sheet.is_some());
    book::record(&session, |_| Ok(((), vec![made])))?;
    home.remember(&path, name, session.clock.now())?;
    // EXPOSE: shown once on the recovery sheet, never stored.
    let recovery_sheet = sheet.map(|s| secret_text(&s));
    let created = CreatedStore { store: life::view(&session)?, recovery_sheet };
    Ok((session, created))
}

fn secret_text(sheet: &RecoverySheet) -> String {
    sheet.text().expose_secret().to_owned()
}

/// A bare name goes to the profile's stores folder; a path is taken as it is.
fn resolve(home: &Home, path: &str, name: &str) -> PathBuf {
    let path = path.trim();
    if path.is_empty() {
        let slug: String =
            name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        return home.stores().join(slug.trim_matches('-'));
    }
    match path {
        p if p.contains(['/', '\\']) => PathBuf::from(p),
        p => home.stores().join(p),
    }
}
