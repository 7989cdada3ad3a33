//! Names on the command line: to a terminal, or sealed to the member's own card.

use super::{Cli, Done, text};
use crate::{out, secret};
use contract::*;
use std::io::IsTerminal;
use std::path::Path;

/// The lead, and which of its officers; empty where it has one.
pub struct Whom {
    pub lead: String,
    pub officer: String,
}

impl Cli {
    /// Records the justification and shows the name.
    pub fn reveal(&self, whom: Whom, justification: model::RawJustification, sealed: Option<&Path>) -> Done {
        only_to_a_person(sealed)?;
        let passphrase = self.passphrase_again()?;
        let Whom { lead, officer } = whom;
        let recorded = self.app.unmask(Unmask { lead, officer, justification, passphrase })?;
        self.show(&recorded, sealed)
    }

    /// Writes a request to the data protection officers.
    pub fn ask(&self, whom: Whom, justification: model::RawJustification, to: &Path) -> Done {
        let passphrase = self.passphrase_again()?;
        let Whom { lead, officer } = whom;
        let request = RequestName { lead, officer, justification, passphrase, path: text(to) };
        let asked = self.app.request_name(request)?;
        out::document(self.common.json, &asked, |a| {
            out::line(&format!("Entry {} recorded: {} of lead {} asked for.", a.seq, a.officer, a.lead));
            out::line("Give the request and a ledger pack to the data protection officer.");
        });
        Ok(())
    }

    /// Opens what was granted.
    pub fn open_grant(&self, whom: Whom, sealed: Option<&Path>) -> Done {
        only_to_a_person(sealed)?;
        let passphrase = self.passphrase_again()?;
        let Whom { lead, officer } = whom;
        let recorded = self.app.reveal_granted(RevealGranted { lead, officer, passphrase })?;
        self.show(&recorded, sealed)
    }

    fn show(&self, recorded: &UnmaskView, sealed: Option<&Path>) -> Done {
        match sealed {
            Some(path) => {
                self.app.reveal_sealed(path)?;
                out::document(self.common.json, recorded, |r| {
                    out::line(&format!("Entry {} recorded; sealed to your card.", r.seq))
                });
            }
            None => out::document(self.common.json, &self.app.reveal()?, out::revealed),
        }
        Ok(self.app.remask_all()?)
    }

    fn passphrase_again(&self) -> Result<String, Failure> {
        match (&self.common.passphrase_file, self.common.passphrase_stdin) {
            // Standard input can be read once; the store was opened with the same words a moment ago.
            (None, true) => Err(Failure::new(
                ErrorCode::WrongPassphrase,
                "An unmasking asks for the passphrase a second time, and standard input was read already.",
                "Use --passphrase-file or a terminal. Nothing was recorded.",
            )),
            _ => secret::passphrase(&self.common, "Passphrase again, to record the unmasking"),
        }
    }
}

/// Names go where a person sits.
fn only_to_a_person(sealed: Option<&Path>) -> Done {
    if sealed.is_some() || std::io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Failure::new(
        ErrorCode::PolicyForbids,
        "Names go to a terminal, or with --out sealed to your own card; not into a pipe or a file.",
        "Nothing was recorded and nothing decrypted.",
    ))
}
