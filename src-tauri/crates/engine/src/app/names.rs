//! Names: shown for a time, masked again, and the entries that say so.

use super::{App, Event, held};
use crate::Error;
use crate::unmask::{self, Shown};
use contract::*;
use ledger::Kind;
use model::LeadId;
use std::path::Path;

impl App {
    pub(super) fn end(&self, seq: u64, kind: Kind, why: &str) -> Result<(), Error> {
        let shown = {
            let mut all = held(&self.shown);
            let Some(at) = all.iter().position(|s| s.seq == seq) else { return Ok(()) };
            all.remove(at)
        };
        let _ = self.out.send(Event::Remasked { seq });
        held(&self.masked).push((Shown { fields: None, ..shown }, kind, why.to_owned()));
        self.write_masked()
    }

    /// Writes how unmaskings ended. A name is masked at once; its entry waits while an import is being written.
    pub(super) fn write_masked(&self) -> Result<(), Error> {
        let mut waiting = held(&self.masked);
        while let Some((shown, kind, why)) = waiting.first() {
            match unmask::end(&*self.session()?, shown, *kind, why) {
                Err(e) if e.code() == ErrorCode::Busy => return Ok(()),
                Err(e) => {
                    waiting.remove(0);
                    return Err(e);
                }
                Ok(()) => drop(waiting.remove(0)),
            }
        }
        Ok(())
    }

    pub fn preview_unmask(&self, r: UnmaskRequest) -> Result<UnmaskPreview, Error> {
        unmask::preview(&*self.reviewing()?, &r)
    }
    pub fn unmask(&self, mut r: Unmask) -> Result<UnmaskView, Error> {
        let session = self.reviewing()?;
        let shown = unmask::unmask(&session, &mut r)?;
        let view = shown.view(self.clock.now());
        held(&self.shown).push(shown);
        Ok(view)
    }
    pub fn open_unmaskings(&self) -> Result<Vec<OpenUnmasking>, Error> {
        let now = self.clock.now();
        Ok(held(&self.shown).iter().map(|s| s.open_view(now)).collect())
    }
    /// What was unmasked last, handed out once.
    pub fn reveal(&self) -> Result<Revealed, Error> {
        let now = self.clock.now();
        let taken = held(&self.shown)
            .iter_mut()
            .rev()
            .find(|s| s.fields.is_some() && s.until > now)
            .and_then(|s| s.take(now));
        taken.ok_or_else(|| {
            Error::new(
                ErrorCode::Expired,
                "There is no name to show, or it was shown already.",
                "Record a new unmasking.",
            )
        })
    }
    /// Masks each of these, whatever becomes of the entry of one.
    pub(crate) fn mask(&self, all: Vec<u64>, why: &str) -> Result<(), Error> {
        let ends: Vec<_> = all.into_iter().map(|seq| self.end(seq, Kind::UnmaskRemasked, why)).collect();
        ends.into_iter().collect()
    }
    /// Names that are shown about one lead.
    pub(crate) fn shown_of(&self, lead: LeadId) -> Vec<u64> {
        held(&self.shown).iter().filter(|s| s.lead == lead).map(|s| s.seq).collect()
    }
    pub fn remask(&self) -> Result<(), Error> {
        self.remask_all()
    }
    pub fn remask_all(&self) -> Result<(), Error> {
        let all: Vec<u64> = held(&self.shown).iter().map(|s| s.seq).collect();
        self.mask(all, "reviewer")
    }
    /// Seals what was unmasked to the member's own card instead of showing it.
    pub fn reveal_sealed(&self, path: &Path) -> Result<(), Error> {
        let session = self.session()?;
        let revealed = self.reveal()?;
        let bytes = zeroize::Zeroizing::new(serde_json::to_vec(&revealed)?);
        let sealed = seal::seal(&[session.member.card().recipient().clone()], &bytes)?;
        Ok(store::folder::write_atomic(path, &sealed)?)
    }
}
