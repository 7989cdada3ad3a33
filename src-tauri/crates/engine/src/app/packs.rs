//! Packs and the desk: what a member does with files from other people, with or without a store.

use super::{App, held};
use crate::mail::Post;
use crate::{Error, dpo, exchange, life, people};
use contract::*;
use std::path::Path;
use std::sync::atomic::Ordering;

impl App {
    /// Unlocks the profile without a store.
    pub fn open_desk(&self, mut r: OpenDesk) -> Result<MemberView, Error> {
        self.lock()?;
        let member = life::unlock(&self.home, &*self.clock, None, std::mem::take(&mut r.passphrase))?;
        let view = crate::session::member_view(member.card());
        self.touched.store(self.clock.now(), Ordering::Relaxed);
        *held(&self.desk) = Some(member);
        Ok(view)
    }

    /// The unlocked member's packs, whether a store is open or not.
    pub(crate) fn post(&self) -> Result<Post, Error> {
        if let Some(session) = &*held(&self.session) {
            return Ok(session.post());
        }
        let member = held(&self.desk).clone().ok_or_else(|| {
            Error::new(ErrorCode::Locked, "The profile is locked.", "Unlock it, or open a store first.")
        })?;
        Ok(Post { home: self.home.clone(), member, now: self.clock.now() })
    }

    pub fn people(&self) -> Result<Vec<MemberView>, Error> {
        Ok(people::known(&self.home)?.iter().map(crate::session::member_view).collect())
    }
    pub fn add_person(&self, r: SavePath) -> Result<MemberView, Error> {
        people::add(&self.home, Path::new(&r.path))
    }
    pub fn read_pack(&self, r: PackRef) -> Result<PackView, Error> {
        let session = self.session().ok();
        exchange::show::show(&self.post()?, session.as_deref(), &r)
    }

    /// Asks the data protection officers for a name and writes the pack.
    pub fn request_name(&self, mut r: RequestName) -> Result<RequestedName, Error> {
        exchange::request::ask(&*self.reviewing()?, &mut r)
    }
    /// Opens a grant; the name waits for [`App::reveal`].
    pub fn reveal_granted(&self, mut r: RevealGranted) -> Result<UnmaskView, Error> {
        let shown = exchange::reveal::reveal(&*self.reviewing()?, &mut r)?;
        let view = shown.view(self.clock.now());
        held(&self.shown).push(shown);
        Ok(view)
    }
    pub fn send_ledger(&self, r: SavePath) -> Result<(), Error> {
        exchange::ledger::send(&*self.reviewing()?, &r)
    }
    pub fn apply_pack(&self, r: PackRef) -> Result<AppliedPack, Error> {
        exchange::apply::apply(&*self.reviewing()?, &r)
    }
    pub fn challenges(&self) -> Result<Vec<ChallengeView>, Error> {
        exchange::challenge::list(&*self.reviewing()?)
    }
    pub fn answer_challenge(&self, r: AnswerChallenge) -> Result<ChallengeView, Error> {
        exchange::challenge::answer(&*self.reviewing()?, &r)
    }

    pub fn countersigned(&self) -> Result<Vec<CountersignedView>, Error> {
        dpo::review::stores(&self.post()?)
    }
    pub fn review_ledger(&self, r: PackRef) -> Result<LedgerPackReview, Error> {
        dpo::review::review(&self.post()?, &r)
    }
    pub fn acknowledge_restore(&self, r: PackRef) -> Result<CountersignedView, Error> {
        dpo::acknowledge::acknowledge(&self.post()?, &r)
    }
    pub fn countersign_ledger(&self, r: Countersign) -> Result<Countersigned, Error> {
        dpo::countersign::countersign(&self.post()?, &r)
    }
    pub fn review_request(&self, r: PackRef) -> Result<RequestReview, Error> {
        dpo::request::review(&self.post()?, &r)
    }
    pub fn grant_request(&self, r: GrantRequest) -> Result<AnsweredRequest, Error> {
        dpo::answer::grant(&self.post()?, &r)
    }
    pub fn refuse_request(&self, r: AnswerRequest) -> Result<AnsweredRequest, Error> {
        dpo::answer::refuse(&self.post()?, &r)
    }
    pub fn raise_challenge(&self, r: RaiseChallenge) -> Result<RaisedChallenge, Error> {
        dpo::challenge::raise(&self.post()?, &r)
    }
    pub fn review_store(&self) -> Result<LedgerReview, Error> {
        dpo::here::review(&*self.session()?)
    }
    pub fn countersign_store(&self) -> Result<Countersigned, Error> {
        dpo::here::countersign(&*self.session()?)
    }
    pub fn acknowledge_store(&self) -> Result<CountersignedView, Error> {
        dpo::here::acknowledge(&*self.session()?)
    }
    pub fn question_entry(&self, r: QuestionEntry) -> Result<RaisedChallenge, Error> {
        dpo::here::question(&*self.session()?, &r)
    }
    pub fn read_answer(&self, r: PackRef) -> Result<AnswerView, Error> {
        dpo::challenge::answer(&self.post()?, &r)
    }
}
