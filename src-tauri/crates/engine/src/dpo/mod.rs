//! The data protection officer's side: ledgers are checked, countersigned and questioned, requests granted and refused.
//! With a pack that needs nothing but a profile; only `here` reads the open store, and does the same with its ledger.

pub(crate) mod acknowledge;
pub(crate) mod answer;
pub(crate) mod challenge;
pub(crate) mod check;
pub(crate) mod countersign;
pub(crate) mod here;
pub(crate) mod request;
pub(crate) mod review;
pub(crate) mod witness;

use crate::mail::{self, Incoming, Post, Want};
use crate::{Error, exchange, people};
use contract::{ErrorCode, PackRef};
use packs::Pack;
use seal::{Member, Role};
use std::path::Path;

/// Refuses a text that holds a personal detail by its shape. Names cannot be known here: the store is not open.
fn refuse_details(text: &str) -> Result<(), Error> {
    if !intake::NameSet::empty().may_name(text) {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::NameInText,
        "The text may contain a name or a personal detail. It was not written.",
        "Use the officer's code instead.",
    ))
}

/// Refuses whoever is no data protection officer.
fn officer(member: &Member) -> Result<(), Error> {
    if member.role() == Role::Dpo {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::PolicyForbids,
        "Only a data protection officer's profile does this.",
        "Nothing was opened or changed.",
    ))
}

/// Opens a pack as a data protection officer, from somebody this profile knows.
fn open(post: &Post, request: &PackRef, kinds: &[Pack]) -> Result<Incoming, Error> {
    officer(&post.member)?;
    let known = people::known(&post.home)?;
    let want = Want { kinds, store: None, known: &known, gaps: exchange::gaps(request.without_earlier) };
    mail::open(post, Path::new(&request.path), &want)
}
