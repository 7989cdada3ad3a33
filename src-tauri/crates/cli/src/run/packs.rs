//! Packs, people and what they need: a profile that is unlocked, with or without a store.

use super::{Cli, Done, text};
use crate::arguments::{ChallengeVerb, Dpo, Gap, PackVerb, People};
use crate::{out, secret};
use contract::*;
use std::path::Path;

fn pack(file: &Path, gap: Gap) -> PackRef {
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

    pub fn dpo(&self, verb: Dpo) -> Done {
        self.desk()?;
        let json = self.common.json;
        match verb {
            Dpo::Status => {
                let stores = self.app.countersigned()?;
                out::document(json, &stores, |all| all.iter().for_each(out::packs::countersigned_before));
            }
            Dpo::Review { pack: file, gap } => return self.review(&file, gap),
            Dpo::Countersign { pack, out, gap } => {
                let request =
                    Countersign { pack: text(&pack), path: text(&out), without_earlier: gap.without_earlier };
                let done = self.app.countersign_ledger(request)?;
                out::document(json, &done, out::packs::countersigned);
            }
            Dpo::Acknowledge { pack: file, gap } => {
                let left = self.app.acknowledge_restore(pack(&file, gap))?;
                out::document(json, &left, |c| {
                    out::line(&format!(
                        "Acknowledged: you go on from the {} entries both ledgers have. Nothing is signed yet.",
                        c.size
                    ))
                });
            }
            Dpo::Grant { request, out, scope, minutes, days, gap } => {
                let grant = GrantRequest {
                    pack: text(&request),
                    path: text(&out),
                    scope,
                    minutes,
                    days,
                    without_earlier: gap.without_earlier,
                };
                let done = self.app.grant_request(grant)?;
                out::document(json, &done, out::packs::answered);
            }
            Dpo::Refuse { request, reason, out, gap } => {
                let refusal = AnswerRequest {
                    pack: text(&request),
                    path: text(&out),
                    reason,
                    without_earlier: gap.without_earlier,
                };
                let done = self.app.refuse_request(refusal)?;
                out::document(json, &done, out::packs::answered);
            }
            Dpo::Challenge { pack, entry, question, out, gap } => {
                let challenge = RaiseChallenge {
                    pack: text(&pack),
                    entry,
                    question,
                    path: text(&out),
                    without_earlier: gap.without_earlier,
                };
                let raised = self.app.raise_challenge(challenge)?;
                out::document(json, &raised, |r| {
                    out::line(&format!("Challenge {} about entry {}.", r.code, r.entry))
                });
            }
        }
        Ok(())
    }

    /// Whatever a data protection officer is sent, checked and shown in the way of its kind.
    fn review(&self, file: &Path, gap: Gap) -> Done {
        let json = self.common.json;
        let view = self.app.read_pack(pack(file, gap))?;
        match view.kind.as_str() {
            "ledger" => {
                let found = self.app.review_ledger(pack(file, gap))?;
                out::document(json, &found, out::packs::ledger);
                if !found.proved {
                    return Err(Failure::new(
                        ErrorCode::LedgerRefused,
                        "This ledger cannot be countersigned.",
                        "Keep the pack and speak to the reviewer.",
                    ));
                }
            }
            "request" => out::document(json, &self.app.review_request(pack(file, gap))?, out::packs::request),
            "answer" => out::document(json, &self.app.read_answer(pack(file, gap))?, out::packs::answer),
            _ => out::document(json, &view, out::packs::pack),
        }
        Ok(())
    }
}
