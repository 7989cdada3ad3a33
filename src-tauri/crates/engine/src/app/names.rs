//! Names: shown for a time, masked again, and the entries that say so.

use super::{App, Event, held};
use crate::Error;
use crate::unmask::{self, Shown};
use contract::*;
use ledger::Kind;
use std::path::Path;

impl App {
    /// Masks every name for which this holds, all of them before anything is written: then how each ended.
    pub(super) fn mask(&self, which: impl Fn(&Shown) -> bool, kind: Kind, why: &str) -> Result<(), Error> {
        let ended: Vec<Shown> = held(&self.shown).extract_if(.., |shown| which(shown)).collect();
        for shown in ended {
            let _ = self.out.send(Event::Remasked { seq: shown.seq });
            held(&self.masked).push((Shown { fields: None, ..shown }, kind, why.to_owned()));
        }
        self.write_masked()
    }

    /// Writes how unmaskings ended; what cannot be written while an import is being written waits for the next time.
    fn write_masked(&self) -> Result<(), Error> {
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
    pub fn remask(&self) -> Result<(), Error> {
        self.remask_all()
    }
    pub fn remask_all(&self) -> Result<(), Error> {
        self.mask(|_| true, Kind::UnmaskRemasked, "reviewer")
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
