//! Lead packs, answers, retention and the end of a store.

use super::App;
use crate::session::Session;
use crate::{Error, disclosure, end, erase, members, representative, retention, subject_access, unmask};
use contract::*;
use std::path::Path;
use std::sync::Arc;

impl App {
    pub fn preview_lead_pack(&self, r: PreviewLeadPack) -> Result<LeadPackPreview, Error> {
        disclosure::preview(&*self.reviewing()?, &r)
    }
    pub fn export_lead_pack(&self, r: ExportLeadPack) -> Result<SentLeadPack, Error> {
        disclosure::send(&*self.reviewing()?, &r)
    }
    pub fn notice_slip(&self, r: NoticeSlip) -> Result<(), Error> {
        disclosure::slip(&*self.reviewing()?, &r)
    }
    pub fn read_lead_pack(&self, r: PackRef) -> Result<LeadPackView, Error> {
        representative::read(&self.post()?, &r)
    }
    pub fn reply_to_lead(&self, r: ReplyToLead) -> Result<(), Error> {
        representative::reply(&self.post()?, &r)
    }
    pub fn lead_replies(&self, r: LeadRef) -> Result<Vec<ReplyView>, Error> {
        disclosure::list(&*self.reviewing()?, &r.lead)
    }

    pub fn retention(&self) -> Result<RetentionView, Error> {
        retention::list(&*self.reviewing()?)
    }
    pub fn expire_leads(&self) -> Result<ExpiredLeads, Error> {
        Ok(ExpiredLeads { leads: retention::expire(&*self.session()?)? })
    }
    pub fn hold_lead(&self, r: HoldLead) -> Result<(), Error> {
        retention::hold(&*self.reviewing()?, &r)
    }
    pub fn release_lead(&self, r: LeadRef) -> Result<(), Error> {
        retention::release(&*self.reviewing()?, &r.lead)
    }
    pub fn delete_lead(&self, r: HoldLead) -> Result<DeletionStep, Error> {
        Ok(DeletionStep { words: retention::delete(&*self.reviewing()?, &r)? })
    }
    pub fn recover_lead(&self, r: LeadRef) -> Result<(), Error> {
        retention::recover(&*self.reviewing()?, &r.lead)
    }
    pub fn erase_officer(&self, r: EraseOfficer) -> Result<ErasureView, Error> {
        erase::erase(&*self.session()?, &r)
    }
    pub fn subject_access(&self, r: SubjectAccess) -> Result<(), Error> {
        subject_access::export(&*self.reviewing()?, &r)
    }
    /// Ends the open store for good, or proposes it to the other members.
    pub fn end_store(&self, mut r: EndStore) -> Result<EndedStore, Error> {
        let ending = end::prepare(&*self.session()?, &mut r)?;
        let Some(ending) = ending else {
            let days = end::PROPOSAL_DAYS;
            let waiting = format!("Proposed. Another member has to end it too, within {days} days.");
            return Ok(EndedStore { ledger: String::new(), policy: String::new(), entries: 0, waiting });
        };
        self.lock()?;
        end::destroy(&ending.secrets)?;
        Ok(ending.ended)
    }

    pub fn add_member(&self, r: AddMember) -> Result<StoreView, Error> {
        self.change_members(r.passphrase, |session| members::add(session, Path::new(&r.card)))
    }
    /// Removes a member and gives the store a new key.
    pub fn remove_member(&self, r: RemoveMember) -> Result<StoreView, Error> {
        self.change_members(r.passphrase, |session| members::remove(session, &r.fingerprint))
    }

    /// Members stay the same while a store is open, so that it is closed after the change and opened again.
    fn change_members(
        &self,
        passphrase: String,
        change: impl FnOnce(&Session) -> Result<(), Error>,
    ) -> Result<StoreView, Error> {
        self.jobs.stop_all();
        let (path, member) = {
            let session = self.session()?;
            unmask::prove(&session, passphrase)?;
            change(&session)?;
            (session.path.clone(), Arc::clone(&session.member))
        };
        self.put_away()?;
        self.open_as(member, &path)
    }
}
