//! Lead packs, answers, retention and the end of a store.

use super::App;
use crate::{Error, disclosure, end, erase, representative, retention, subject_access};
use contract::*;

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
    /// Ends the open store for good.
    pub fn end_store(&self, mut r: EndStore) -> Result<EndedStore, Error> {
        let (ended, secrets) = {
            let session = self.session()?;
            end::prepare(&session, &mut r)?
        };
        self.lock()?;
        end::destroy(&secrets)?;
        Ok(ended)
    }
}
