//! Unmaskings: the justification behind a ledger entry, append-only but for how it went.

use crate::{Read, StoreError, Tx};
use model::{LeadId, OfficerIndex};
use rusqlite::Row;

const INSERT: &str = "INSERT INTO unmaskings
    (seq, lead, officer, at, member, scope, minutes, salt, text, state, until)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const SET_STATE: &str = "UPDATE unmaskings SET state = ?2, until = coalesce(until, ?3) WHERE seq = ?1";
const BY_SEQ: &str =
    "SELECT seq, lead, officer, at, member, scope, minutes, salt, text, state, until FROM unmaskings
    WHERE seq = ?1";
const OF_LEAD: &str =
    "SELECT seq, lead, officer, at, member, scope, minutes, salt, text, state, until FROM unmaskings
    WHERE lead = ?1 ORDER BY seq";
const ALL: &str =
    "SELECT seq, lead, officer, at, member, scope, minutes, salt, text, state, until FROM unmaskings
    ORDER BY seq";
const COUNT: &str = "SELECT count(*) FROM unmaskings";
const OPEN_WITHOUT_END: &str =
    "SELECT seq, lead, officer, at, member, scope, minutes, salt, text, state, until FROM unmaskings
    WHERE state IN ('recorded', 'revealed') ORDER BY seq";

macro_rules! states {
    ($($variant:ident = $text:literal),*) => {
        /// How far an unmasking has gone. `Refused` and `Expired` are final.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum UnmaskState { $($variant),* }

        impl UnmaskState {
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
            fn parse(text: &str) -> Result<Self, StoreError> {
                match text { $($text => Ok(Self::$variant),)* _ => Err(StoreError::Malformed("state")) }
            }
        }
    };
}
states! {
    Recorded = "recorded", Requested = "requested", Granted = "granted",
    Refused = "refused", Revealed = "revealed", Expired = "expired"
}

/// One unmasking and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmasking {
    /// The ledger entry that carries the salted hash of `text`.
    pub seq: u64,
    pub lead: Option<LeadId>,
    pub officer: OfficerIndex,
    pub at: i64,
    pub by: String,
    /// Scopes as words with spaces between.
    pub scope: String,
    pub minutes: u32,
    pub salt: Vec<u8>,
    /// The justification as canonical JSON.
    pub text: String,
    pub state: UnmaskState,
    /// When it is masked again, once it was shown.
    pub until: Option<i64>,
}

fn unmasking(r: &Row<'_>) -> Result<Unmasking, StoreError> {
    Ok(Unmasking {
        seq: r.get::<_, i64>(0)? as u64,
        lead: r.get::<_, Option<u32>>(1)?.map(LeadId),
        officer: r.get(2)?,
        at: r.get(3)?,
        by: r.get(4)?,
        scope: r.get(5)?,
        minutes: r.get(6)?,
        salt: r.get(7)?,
        text: r.get(8)?,
        state: UnmaskState::parse(r.get_ref(9)?.as_str()?)?,
        until: r.get(10)?,
    })
}

/// Records an unmasking, in the same transaction as its ledger entry.
pub fn insert(tx: &Tx<'_>, u: &Unmasking) -> Result<(), StoreError> {
    let values = rusqlite::params![
        u.seq as i64,
        u.lead.map(|l| l.0),
        u.officer,
        u.at,
        u.by,
        u.scope,
        u.minutes,
        u.salt,
        u.text,
        u.state.as_str(),
        u.until,
    ];
    tx.run(INSERT, values).map(drop)
}

/// Moves an unmasking on. `until` is set once, when the identity is first shown.
pub fn set_state(tx: &Tx<'_>, seq: u64, state: UnmaskState, until: Option<i64>) -> Result<(), StoreError> {
    if tx.run(SET_STATE, (seq as i64, state.as_str(), until))? == 1 {
        Ok(())
    } else {
        Err(StoreError::Missing)
    }
}

pub fn get(from: &impl Read, seq: u64) -> Result<Option<Unmasking>, StoreError> {
    from.db().maybe(BY_SEQ, [seq as i64], unmasking)
}

fn collect(
    from: &impl Read,
    statement: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Unmasking>, StoreError> {
    from.db().all(statement, values, unmasking)
}

/// Unmaskings for a lead, oldest first.
pub fn of_lead(from: &impl Read, lead: LeadId) -> Result<Vec<Unmasking>, StoreError> {
    collect(from, OF_LEAD, [lead.0])
}

/// Every unmasking, oldest first.
pub fn all(from: &impl Read) -> Result<Vec<Unmasking>, StoreError> {
    collect(from, ALL, [])
}

/// How many there ever were.
pub fn count(from: &impl Read) -> Result<u64, StoreError> {
    Ok(from.db().one(COUNT, [], |r| Ok(r.get::<_, i64>(0)?))? as u64)
}

/// Unmaskings during which a name may have been on a screen and that have not ended; requests end by their own time.
pub fn open_without_end(from: &impl Read) -> Result<Vec<Unmasking>, StoreError> {
    collect(from, OPEN_WITHOUT_END, [])
}
