//! Packs, people and what they need: a profile that is unlocked, with or without a store.

use super::{Cli, Done, text};
use crate::arguments::{PackVerb, People};
use crate::{out, secret};
use contract::*;
use std::path::Path;

impl Cli {
    /// Unlocks the profile without a store.
    fn desk(&self) -> Result<MemberView, Failure> {
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
            PackVerb::Show { file, without_earlier } => self.show_pack(&file, without_earlier),
        }
    }

    fn show_pack(&self, file: &Path, without_earlier: bool) -> Done {
        self.desk()?;
        let view = self.app.read_pack(PackRef { path: text(file), without_earlier })?;
        out::document(self.common.json, &view, out::pack);
        Ok(())
    }
}
