//! Packs out and in: signed, sealed to people, numbered in the sender's profile; opened, judged and remembered in the
//! reader's. Use cases say what is in them and what follows.

use crate::{Error, Home, steps};
use contract::ErrorCode;
use packs::{Addressee, Admitted, Arrival, Body, Chain, Draft, Gaps, Manifest, Pack, Reader, Sender, Signed};
use seal::{Card, Member};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What age adds to a file of the largest kind, at most: a header, and 16 bytes to each 64 KiB.
const AGE_OVERHEAD: u64 = 1 << 20;

/// An unlocked member with their profile, and what the clock says.
pub(crate) struct Post {
    pub home: Home,
    pub member: Arc<Member>,
    pub now: i64,
}

/// The lines of packs about one store, by channel.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    sent: BTreeMap<String, Chain>,
    taken: BTreeMap<String, Chain>,
}

/// A pack to be sent.
pub(crate) struct Letter<'a, B> {
    pub store: &'a str,
    pub to: &'a [Card],
    /// Why it is sent, in a sentence.
    pub purpose: &'a str,
    pub body: &'a B,
}

/// What the reader is ready to take.
pub(crate) struct Want<'a> {
    pub kinds: &'a [Pack],
    /// The store it must belong to, where there is one.
    pub store: Option<&'a str>,
    /// Whose packs count.
    pub known: &'a [Card],
    pub gaps: Gaps,
}

/// A pack that passed every door.
pub(crate) struct Incoming {
    pack: Admitted,
    pub sender: Card,
    arrival: Arrival,
}

/// A card as a manifest carries it: the same fields.
pub(crate) fn sender_of(card: &Card) -> Result<Sender, Error> {
    Ok(serde_json::from_str(&card.to_text())?)
}

/// The card a manifest carries, checked like a card file.
pub(crate) fn card_of(sender: &Sender) -> Result<Card, Error> {
    Ok(Card::parse(&serde_json::to_string(sender)?)?)
}

fn lines(home: &Home, store: &str) -> Result<Lines, Error> {
    Ok(home.recall("mail", store)?.unwrap_or_default())
}

/// Signs, seals and writes a pack; gives its hash. Its number is used up before the file exists, so that no two packs
/// can ever have the same.
pub(crate) fn send<B: Body>(post: &Post, letter: &Letter<'_, B>, path: &Path) -> Result<ledger::Hash, Error> {
    let sender = sender_of(post.member.card())?;
    let to: Vec<Addressee> = letter
        .to
        .iter()
        .map(|c| Addressee { name: c.name().to_owned(), recipient: c.recipient().to_string() })
        .collect();
    let mut lines = lines(&post.home, letter.store)?;
    let line = lines.sent.entry(packs::channel(letter.store, B::KIND, &sender, &to)).or_default();
    let before = line.clone();
    let (sequence, previous) = line.next();
    let draft = Draft {
        at: model::time::rfc3339(post.now),
        previous,
        purpose: letter.purpose.to_owned(),
        sender,
        sequence,
        store: letter.store.to_owned(),
        to,
    };
    let channel = packs::channel(letter.store, B::KIND, &draft.sender, &draft.to);
    let written = packs::write(draft, letter.body, post.member.signing_key())?;
    line.add(sequence, written.hash);
    let recipients: Vec<_> = letter.to.iter().map(|c| c.recipient().clone()).collect();
    let sealed = seal::seal(&recipients, &written.bytes)?;
    post.home.keep("mail", letter.store, &lines)?;
    steps::reached("pack-numbered");
    if let Err(error) = store::folder::write_atomic(path, &sealed) {
        // Nobody has seen this number: it may be used again. If even this fails, a number stays unused.
        lines.sent.insert(channel, before);
        let _ = post.home.keep("mail", letter.store, &lines);
        return Err(error.into());
    }
    Ok(written.hash)
}

/// Opens a file as far as its signature: who says what to whom, not yet whether they count.
pub(crate) fn peek(post: &Post, path: &Path, kinds: &[Pack]) -> Result<Signed, Error> {
    let most = packs::largest(kinds);
    let sealed = match store::folder::read_limited(path, most + AGE_OVERHEAD) {
        Err(e) if e.kind() == std::io::ErrorKind::FileTooLarge => return Err(too_large(most)),
        read => read?,
    };
    let opened = post.member.open(&sealed, most as usize).map_err(|e| match e {
        seal::OpenError::NotForThisKey => packs::PackError::ForSomeoneElse.into(),
        seal::OpenError::TooLarge { .. } => too_large(most),
        seal::OpenError::DamagedContent => packs::PackError::Truncated.into(),
        _ => Error::from(packs::PackError::NotAPack),
    })?;
    Ok(Signed::read(&opened)?)
}

fn too_large(limit: u64) -> Error {
    packs::PackError::TooLarge { limit }.into()
}

/// Opens a pack through every door: whole and unaltered, for me, wanted, from somebody known, in order.
pub(crate) fn open(post: &Post, path: &Path, want: &Want<'_>) -> Result<Incoming, Error> {
    admit(post, peek(post, path, want.kinds)?, want)
}

/// The doors behind the signature.
pub(crate) fn admit(post: &Post, signed: Signed, want: &Want<'_>) -> Result<Incoming, Error> {
    let me = post.member.card().recipient().to_string();
    let known = want.known.iter().map(sender_of).collect::<Result<Vec<_>, _>>()?;
    let reader = Reader { me: &me, store: want.store, kinds: want.kinds, known: &known };
    let pack = signed.admit(&reader)?;
    let manifest = pack.manifest();
    let lines = lines(&post.home, &manifest.store)?;
    let line = lines.taken.get(&manifest.channel()).cloned().unwrap_or_default();
    let arrival = line.judge(manifest, pack.hash(), want.gaps)?;
    let sender = card_of(&manifest.sender)?;
    Ok(Incoming { pack, sender, arrival })
}

/// Remembers a pack as taken: from now on it can be read, but not acted on, a second time.
pub(crate) fn take(post: &Post, incoming: &Incoming) -> Result<(), Error> {
    let manifest = incoming.manifest();
    let mut lines = lines(&post.home, &manifest.store)?;
    lines.taken.entry(manifest.channel()).or_default().add(manifest.sequence, incoming.hash());
    post.home.keep("mail", &manifest.store, &lines)
}

impl Incoming {
    pub fn manifest(&self) -> &Manifest {
        self.pack.manifest()
    }
    pub fn hash(&self) -> ledger::Hash {
        self.pack.hash()
    }
    pub fn body<B: Body>(&self) -> Result<B, Error> {
        Ok(self.pack.body()?)
    }
    pub fn is_new(&self) -> bool {
        self.arrival == Arrival::New
    }
    /// Refuses a pack that was taken before, for use cases that would act twice.
    pub fn must_be_new(&self) -> Result<(), Error> {
        if self.is_new() { Ok(()) } else { Err(packs::PackError::Replayed.into()) }
    }
}

/// The enrolled people of a role, or why nobody can be sent anything.
pub(crate) fn of_role(members: &[Card], role: seal::Role, whose: &str) -> Result<Vec<Card>, Error> {
    let found: Vec<Card> = members.iter().filter(|c| c.role() == role).cloned().collect();
    if found.is_empty() {
        return Err(Error::new(
            ErrorCode::Card,
            format!("No {whose} is enrolled in this store."),
            "Nothing was written.",
        ));
    }
    Ok(found)
}
