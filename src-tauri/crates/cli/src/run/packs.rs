//! Packs, people and what they need: a profile that is unlocked, with or without a store.

use super::{Cli, Done, text};
use crate::arguments::{ChallengeVerb, Gap, PackVerb, People};
use crate::{out, secret};
use contract::*;
use std::path::Path;

pub(super) fn pack(file: &Path, gap: Gap) -> PackRef {
    PackRef { path: text(file), without_earlier: gap.without_earlier }
}

impl Cli {
    /// Unlocks the profile without a store.
    pub fn desk(&self) -> Result<MemberView, Failure> {
        let passphrase = secret::passphrase(&self.common, "Passphrase")?;
        Ok(self.app.open_desk(OpenDesk { passphrase })?)
    }

    pub fn people(&self, verb: People) -> Done {
        let shown = match verb {
            People::List => self.app.people()?,
            People::Add { card } => vec![self.app.add_person(SavePath { path: text(&card) })?],
        };
        out::document(self.common.json, &shown, |all| all.iter().for_each(out::member));
        Ok(())
    }

    pub fn pack(&self, verb: PackVerb) -> Done {
        match verb {
            PackVerb::OfLead(verb) => return self.lead_pack(verb),
            PackVerb::Show { file, gap } => {
                self.desk()?;
                let view = self.app.read_pack(pack(&file, gap))?;
                out::document(self.common.json, &view, out::packs::pack);
            }
            PackVerb::Ledger { store, out: path } => {
                self.open(&store)?;
                self.app.send_ledger(SavePath { path: text(&path) })?;
                out::written(self.common.json, &path);
            }
            PackVerb::Apply { store, file, gap } => {
                self.open(&store)?;
                let applied = self.app.apply_pack(pack(&file, gap))?;
                out::document(self.common.json, &applied, out::packs::applied);
            }
        }
        Ok(())
    }

    pub fn challenge(&self, verb: ChallengeVerb) -> Done {
        let shown = match verb {
            ChallengeVerb::List { store } => {
                self.open(&store)?;
                self.app.challenges()?
            }
            ChallengeVerb::Answer { store, code, answer, out } => {
                self.open(&store)?;
                vec![self.app.answer_challenge(AnswerChallenge { code, answer, path: text(&out) })?]
            }
        };
        out::document(self.common.json, &shown, |all| all.iter().for_each(out::packs::challenge));
        Ok(())
    }
}
