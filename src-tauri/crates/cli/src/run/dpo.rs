//! The data protection officer's side: each act with a pack, or on the store itself.

use super::packs::pack;
use super::{Cli, Done, text};
use crate::arguments::{Dpo, LedgerSource};
use crate::out;
use contract::*;
use std::path::Path;

impl Cli {
    pub fn dpo(&self, verb: Dpo) -> Done {
        match verb {
            Dpo::Status => {
                self.desk()?;
                let stores = self.app.countersigned()?;
                out::document(self.common.json, &stores, |all| {
                    all.iter().for_each(out::packs::countersigned_before)
                });
                Ok(())
            }
            Dpo::Review { from } => match self.ledger_source(from)? {
                Some(pack) => self.review_pack(pack),
                None => self.review_store(),
            },
            Dpo::Countersign { from, out } => self.countersign(from, &out.unwrap_or_default()),
            Dpo::Acknowledge { from } => self.acknowledge(from),
            Dpo::Challenge { from, entry, question, out } => {
                self.question(from, QuestionEntry { entry, question }, &out.unwrap_or_default())
            }
            Dpo::Grant { request, out, scope, minutes, days, gap } => {
                let without_earlier = gap.without_earlier;
                let (pack, path) = (text(&request), text(&out));
                self.desk()?;
                let request = GrantRequest { pack, path, scope, minutes, days, without_earlier };
                let done = self.app.grant_request(request)?;
                out::document(self.common.json, &done, out::packs::answered);
                Ok(())
            }
            Dpo::Refuse { request, reason, out, gap } => {
                let without_earlier = gap.without_earlier;
                let (pack, path) = (text(&request), text(&out));
                self.desk()?;
                let done = self.app.refuse_request(AnswerRequest { pack, path, reason, without_earlier })?;
                out::document(self.common.json, &done, out::packs::answered);
                Ok(())
            }
        }
    }

    /// Opens what the ledger is read from: the profile, for the pack it then gives, or the store itself.
    fn ledger_source(&self, from: LedgerSource) -> Result<Option<PackRef>, Failure> {
        match (from.store, from.pack) {
            (None, Some(file)) => self.desk().map(|_| Some(pack(&file, from.gap))),
            // Without a pack clap asks for a store.
            (store, _) => self.open(&store.unwrap_or_default()).map(|_| None),
        }
    }

    fn countersign(&self, from: LedgerSource, out: &Path) -> Done {
        let done = match self.ledger_source(from)? {
            Some(PackRef { path: pack, without_earlier }) => {
                self.app.countersign_ledger(Countersign { pack, path: text(out), without_earlier })?
            }
            None => self.app.countersign_store()?,
        };
        out::document(self.common.json, &done, out::packs::countersigned);
        Ok(())
    }

    fn acknowledge(&self, from: LedgerSource) -> Done {
        let left = match self.ledger_source(from)? {
            Some(pack) => self.app.acknowledge_restore(pack)?,
            None => self.app.acknowledge_store()?,
        };
        out::document(self.common.json, &left, |c| {
            out::line(&format!(
                "Acknowledged: you go on from the {} entries both ledgers have. Nothing is signed yet.",
                c.size
            ))
        });
        Ok(())
    }

    fn question(&self, from: LedgerSource, asked: QuestionEntry, out: &Path) -> Done {
        let raised = match self.ledger_source(from)? {
            Some(PackRef { path: pack, without_earlier }) => {
                let QuestionEntry { entry, question } = asked;
                let path = text(out);
                self.app.raise_challenge(RaiseChallenge { pack, entry, question, path, without_earlier })?
            }
            None => self.app.question_entry(asked)?,
        };
        out::document(self.common.json, &raised, |r| {
            out::line(&format!("Challenge {} about entry {}.", r.code, r.entry))
        });
        Ok(())
    }

    /// Whatever a data protection officer is sent, checked and shown in the way of its kind.
    fn review_pack(&self, pack: PackRef) -> Done {
        let json = self.common.json;
        let view = self.app.read_pack(pack.clone())?;
        match view.kind.as_str() {
            "ledger" => {
                let found = self.app.review_ledger(pack)?;
                out::document(json, &found, out::packs::ledger);
                return must_hold(&found.ledger);
            }
            "request" => out::document(json, &self.app.review_request(pack)?, out::packs::request),
            "answer" => out::document(json, &self.app.read_answer(pack)?, out::packs::answer),
            _ => out::document(json, &view, out::packs::pack),
        }
        Ok(())
    }

    fn review_store(&self) -> Done {
        let found = self.app.review_store()?;
        out::document(self.common.json, &found, out::packs::review);
        must_hold(&found)
    }
}

fn must_hold(found: &LedgerReview) -> Done {
    if found.proved {
        return Ok(());
    }
    Err(Failure::new(
        ErrorCode::LedgerRefused,
        "This ledger cannot be countersigned.",
        "Keep it as it is and speak to the reviewer.",
    ))
}
