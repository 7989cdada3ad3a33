//! Reviewing, tuning and overseeing: the commands around leads beyond reading and deciding.

use super::App;
use crate::jobs::Progress;
use crate::{Error, indicators, lead, oversight, reports};
use contract::*;
use ledger::Kind;
use model::LeadId;
use std::path::Path;

impl App {
    pub fn close_lead(&self, r: LeadRef) -> Result<LeadView, Error> {
        let view = self.after(|s| lead::close(s, &r.lead))?;
        let closed: LeadId = r.lead.parse()?;
        self.mask(|shown| shown.lead == closed, Kind::UnmaskRemasked, "lead closed")?;
        Ok(view)
    }
    pub fn member_timelines(&self, r: LeadRef) -> Result<Vec<MemberTimeline>, Error> {
        lead::of_members(&*self.reviewing()?, r.lead.parse()?)
    }
    pub fn recuse(&self, r: Recuse) -> Result<(), Error> {
        lead::recuse(&*self.reviewing()?, &r.lead, &r.reason)
    }
    pub fn indicators(&self) -> Result<Vec<IndicatorView>, Error> {
        indicators::list(&*self.reviewing()?)
    }
    pub fn preview_parameter(&self, r: ParameterRef) -> Result<Preview, Error> {
        indicators::preview(&*self.reviewing()?, &r)
    }
    /// Tries a setting with a whole run in the background; the job's result is how many the indicator lists.
    pub fn try_parameter(&self, r: ParameterRef) -> Result<Job, Error> {
        let session = self.reviewing()?;
        let title = format!("Trying {}.{} at {}", r.indicator, r.name, r.value);
        let job = self.jobs.start(&title, move |progress| indicators::attempt(&session, progress, &r))?;
        Ok(Job { job })
    }
    /// The same in the foreground, for the command line.
    pub fn try_parameter_now(&self, r: &ParameterRef) -> Result<u32, Error> {
        indicators::attempt(&*self.reviewing()?, &Progress::quiet(), r)
    }
    pub fn set_parameter(&self, r: ParameterRef) -> Result<Vec<IndicatorView>, Error> {
        let session = self.reviewing()?;
        indicators::set(&session, &r)?;
        indicators::list(&session)
    }
    pub fn oversight(&self) -> Result<OversightView, Error> {
        oversight::view(&*self.session()?)
    }
    pub fn save_oversight(&self, r: SaveOversight) -> Result<(), Error> {
        let session = self.reviewing()?;
        let text = reports::make(&session, &r.what)?;
        store::folder::write_atomic(Path::new(&r.path), text.as_bytes())?;
        reports::note(&session, &r.what)
    }
}
