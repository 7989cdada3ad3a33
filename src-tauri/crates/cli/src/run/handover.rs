//! Lead packs and answers, retention, subject access and the end of a store.

use super::{Cli, Done, text};
use crate::handover::{LeadPackVerb, RepVerb, RetentionVerb};
use crate::input::parsed;
use crate::{out, secret};
use contract::*;
use std::path::{Path, PathBuf};

/// What a representative writes.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    capacity: String,
    #[serde(default)]
    conflict: String,
    answers: Vec<Answer>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    finding: u32,
    stance: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    evidence: String,
}

impl Cli {
    pub fn lead_pack(&self, verb: LeadPackVerb) -> Done {
        match verb {
            LeadPackVerb::Lead { store, lead, officer, to, out: path, withhold, reply_by, exception } => {
                self.open(&store)?;
                let (Some(to), Some(path)) = (to, path) else {
                    let preview =
                        self.app.preview_lead_pack(PreviewLeadPack { lead, officer, withhold, reply_by })?;
                    out::document(self.common.json, &preview, out::pack_preview);
                    return Ok(());
                };
                let request = ExportLeadPack {
                    lead,
                    officer,
                    to: text(&to),
                    path: text(&path),
                    withhold,
                    reply_by,
                    exception,
                };
                let sent = self.app.export_lead_pack(request)?;
                out::document(self.common.json, &sent, out::sent_pack);
            }
            LeadPackVerb::Notice { store, lead, out: path } => {
                self.open(&store)?;
                self.app.notice_slip(NoticeSlip { lead, path: text(&path) })?;
                out::written(self.common.json, &path);
            }
            LeadPackVerb::Replies { store, lead } => {
                self.open(&store)?;
                let all = self.app.lead_replies(LeadRef { lead })?;
                out::document(self.common.json, &all, |all| all.iter().for_each(out::reply));
            }
        }
        Ok(())
    }

    pub fn rep(&self, verb: RepVerb) -> Done {
        self.desk()?;
        match verb {
            RepVerb::Read { pack, without_earlier } => {
                let view = self.app.read_lead_pack(PackRef { path: text(&pack), without_earlier })?;
                out::document(self.common.json, &view, out::lead_pack);
                Ok(())
            }
            RepVerb::Reply { pack, answers, out } => self.answer(&pack, &answers, &out),
        }
    }

    fn answer(&self, pack: &Path, answers: &Path, path: &Path) -> Done {
        let typed: Answers = parsed(answers, "answers")?;
        let answer = |a: Answer| AnswerFinding {
            finding: a.finding,
            stance: a.stance,
            text: a.text,
            evidence: a.evidence,
        };
        self.app.reply_to_lead(ReplyToLead {
            pack: text(pack),
            path: text(path),
            capacity: typed.capacity,
            conflict: typed.conflict,
            answers: typed.answers.into_iter().map(answer).collect(),
        })?;
        out::written(self.common.json, path);
        Ok(())
    }

    pub fn retention(&self, verb: RetentionVerb) -> Done {
        match verb {
            RetentionVerb::List { store } => {
                self.open(&store)?;
                out::document(self.common.json, &self.app.retention()?, out::retention);
            }
            RetentionVerb::Expire { store } => {
                self.open(&store)?;
                let expired = self.app.expire_leads()?;
                out::document(self.common.json, &expired, |e| {
                    out::line(&format!("{} leads expired.", e.leads))
                });
            }
            RetentionVerb::Hold { store, lead, reason } => {
                self.open(&store)?;
                self.app.hold_lead(HoldLead { lead: lead.clone(), reason })?;
                out::lead_done(self.common.json, lead);
            }
            RetentionVerb::Release { store, lead } => {
                self.open(&store)?;
                self.app.release_lead(LeadRef { lead: lead.clone() })?;
                out::lead_done(self.common.json, lead);
            }
            RetentionVerb::Delete { store, lead, reason } => {
                self.open(&store)?;
                let step = self.app.delete_lead(HoldLead { lead, reason })?;
                out::document(self.common.json, &step, |s| out::line(&s.words));
            }
            RetentionVerb::Recover { store, lead } => {
                self.open(&store)?;
                self.app.recover_lead(LeadRef { lead: lead.clone() })?;
                out::lead_done(self.common.json, lead);
            }
            RetentionVerb::Erase { store, officer, rule } => {
                self.open(&store)?;
                let receipt = self.app.erase_officer(EraseOfficer { officer, rule })?;
                out::document(self.common.json, &receipt, out::erasure);
            }
        }
        Ok(())
    }

    pub fn subject_access(&self, store: &Path, officer: String, path: &Path, to: Option<PathBuf>) -> Done {
        self.open(store)?;
        let to = to.as_deref().map(text).unwrap_or_default();
        self.app.subject_access(SubjectAccess { officer, path: text(path), to })?;
        out::written(self.common.json, path);
        Ok(())
    }

    pub fn end_store(&self, store: &Path, reason: String) -> Done {
        let (_, first) = self.open(store)?;
        let passphrase = match (&self.common.passphrase_file, self.common.passphrase_stdin) {
            (None, false) => {
                secret::passphrase(&self.common, "Passphrase again, to destroy the store's keys")?
            }
            _ => first,
        };
        let ended = self.app.end_store(EndStore { passphrase, reason })?;
        out::document(self.common.json, &ended, |e| {
            if !e.waiting.is_empty() {
                return out::line(&e.waiting);
            }
            out::line(&format!("The store has ended. Its keys are gone; its {} entries stay:", e.entries));
            out::line(&format!("  countersign-verify {} --policy {}", e.ledger, e.policy));
            out::line("Backups hold their own keys: destroy them too.");
        });
        Ok(())
    }
}
