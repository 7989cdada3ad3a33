//! Leads, indicators and oversight.

use super::{Cli, Done, text};
use crate::arguments::{LeadVerb, Oversight, OversightVerb};
use crate::out;
use contract::*;
use std::path::Path;

impl Cli {
    pub(super) fn lead(&self, verb: LeadVerb) -> Done {
        let view = match verb {
            LeadVerb::Show { store, lead } => {
                self.open(&store)?;
                self.app.lead(LeadRef { lead })?
            }
            LeadVerb::Decide { store, lead, outcome, reason, agreements } => {
                self.open(&store)?;
                let data_error = outcome == "data_error";
                let view = self.app.decide(Decide { lead, outcome, reason, agreements })?;
                if data_error && view.rows_set_aside > 0 {
                    out::remark("Running the indicators without the rows that were set aside.");
                    self.app.analyse_now()?;
                    self.app.lead(LeadRef { lead: view.lead })?
                } else {
                    view
                }
            }
            LeadVerb::Undo { store, lead } => {
                self.open(&store)?;
                self.app.undo_decision(LeadRef { lead })?
            }
            LeadVerb::Close { store, lead } => {
                self.open(&store)?;
                self.app.close_lead(LeadRef { lead })?
            }
            LeadVerb::Note { store, lead, text } => {
                self.open(&store)?;
                self.app.add_note(AddNote { lead, text })?
            }
            LeadVerb::Recuse { store, lead, reason } => {
                self.open(&store)?;
                self.app.recuse(Recuse { lead: lead.clone(), reason })?;
                out::lead_done(self.common.json, lead);
                return Ok(());
            }
        };
        out::document(self.common.json, &view, out::lead);
        Ok(())
    }

    pub(super) fn indicators(
        &self,
        store: &Path,
        set: Option<ParameterRef>,
        preview: Option<ParameterRef>,
    ) -> Done {
        self.open(store)?;
        if let Some(asked) = preview {
            let mut found = self.app.preview_parameter(asked.clone())?;
            if found.needs_run {
                out::remark("This setting decides what is counted: the indicators are run with it.");
                let now = self.app.last_run()?;
                let ran = now.and_then(|r| r.indicators.into_iter().find(|i| i.id == asked.indicator));
                found.officers_now = ran.map_or(0, |i| i.found);
                found.officers_then = self.app.try_parameter_now(&asked)?;
            }
            out::document(self.common.json, &found, out::preview);
            return Ok(());
        }
        let all = match set {
            Some(asked) => self.app.set_parameter(asked)?,
            None => self.app.indicators()?,
        };
        out::document(self.common.json, &all, |all| all.iter().for_each(out::indicator));
        Ok(())
    }

    pub(super) fn oversight(&self, asked: Oversight) -> Done {
        let Some(OversightVerb::Report { store, document, out: path }) = asked.verb else {
            self.open(&asked.store.unwrap_or_default())?;
            let view = self.app.oversight()?;
            out::document(self.common.json, &view, out::oversight);
            return Ok(());
        };
        self.open(&store)?;
        self.app.save_oversight(SaveOversight { what: document.what().to_owned(), path: text(&path) })?;
        out::written(self.common.json, &path);
        Ok(())
    }
}
