//! Packs and the desk: what a member does with files from other people, with or without a store.

use super::{App, held};
use crate::mail::Post;
use crate::{Error, exchange, life, people};
use contract::*;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

impl App {
    /// Unlocks the profile without a store.
    pub fn open_desk(&self, mut r: OpenDesk) -> Result<MemberView, Error> {
        self.lock()?;
        let member = life::unlock(&self.home, &*self.clock, None, std::mem::take(&mut r.passphrase))?;
        let view = crate::session::member_view(member.card());
        self.touched.store(self.clock.now(), Ordering::Relaxed);
        *held(&self.desk) = Some(Arc::new(member));
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
}
