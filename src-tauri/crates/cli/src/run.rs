//! Each verb, in terms of the one program behind both faces.

use crate::arguments::*;
use crate::input::parsed;
use crate::{out, secret};
use contract::*;
use engine::{App, Home, System};
use std::path::Path;
use std::sync::Arc;

mod dpo;
mod handover;
mod imports;
mod officers;
mod packs;
mod review;
mod unmask;

/// Rows asked for at a time.
const PAGE: u32 = 200;

type Done = Result<(), Failure>;

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// A store is named by a path; unlike in the window, a bare name means a folder here.
fn store_path(path: &Path) -> String {
    text(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

struct Cli {
    app: Arc<App>,
    common: Common,
}

pub fn run(arguments: Arguments) -> Done {
    let app = Arc::new(App::start(Home::of_this_account()?, Arc::new(System)));
    let cli = Cli { app, common: arguments.common };
    let done = cli.verb(arguments.verb);
    // Closing takes the write-ahead log with it; a failure there matters only when the work itself went well.
    let closed = cli.app.lock().map_err(Failure::from);
    done.and(closed)
}

impl Cli {
    fn verb(&self, verb: Verb) -> Done {
        match verb {
            Verb::Profile(verb) => self.profile(verb),
            Verb::Store(verb) => self.store(verb),
            Verb::Import(import) => self.import(import),
            Verb::Mapping { store, file, kind, zone, out } => self.mapping(&store, &file, kind, zone, &out),
            Verb::Officers(verb) => self.officers(verb),
            Verb::Analyse { store } => self.analyse(&store),
            Verb::Leads { store, evidence, fresh, second, states } => {
                let filter = LeadFilter { fresh, second, states, ..LeadFilter::default() };
                self.leads(&store, evidence, filter)
            }
            Verb::Indicators { store, set, preview } => self.indicators(&store, set, preview),
            Verb::Oversight(asked) => self.oversight(asked),
            Verb::Lead(verb) => self.lead(verb),
            Verb::Unmask { store, lead, officer, justification, request, out, .. } => {
                self.open(&store)?;
                let whom = unmask::Whom { lead, officer: officer.unwrap_or_default() };
                match (justification, request) {
                    // Typed with --granted: without it, clap asks for a justification.
                    (None, _) => self.open_grant(whom, out.as_deref()),
                    (Some(why), None) => self.reveal(whom, parsed(&why, "justification")?, out.as_deref()),
                    (Some(why), Some(to)) => self.ask(whom, parsed(&why, "justification")?, &to),
                }
            }
            Verb::Evidence(EvidenceVerb::Locate { store, lead, officer, justification, out }) => {
                self.open(&store)?;
                let mut raw: model::RawJustification = parsed(&justification, "justification")?;
                raw.scope = vec![model::Scope::SourceLocators];
                let whom = unmask::Whom { lead, officer: officer.unwrap_or_default() };
                self.reveal(whom, raw, out.as_deref())
            }
            Verb::Ledger(verb) => self.ledger(verb),
            Verb::People(verb) => self.people(verb),
            Verb::Pack(verb) => self.pack(verb),
            Verb::Dpo(verb) => self.dpo(verb),
            Verb::Challenge(verb) => self.challenge(verb),
            Verb::Rep(verb) => self.rep(verb),
            Verb::Retention(verb) => self.retention(verb),
            Verb::SubjectAccess { store, officer, out, to } => self.subject_access(&store, officer, &out, to),
            Verb::Demo { folder, officers, days, seed, clean, files_only } => {
                let mode = if clean { demo::Mode::Clean } else { demo::Mode::Planted };
                let plan = demo::Plan { officers, days, seed, mode, ..demo::Plan::default() };
                self.demo(&folder, plan, files_only)
            }
        }
    }

    fn open(&self, store: &Path) -> Result<(StoreView, String), Failure> {
        let passphrase = secret::passphrase(&self.common, "Passphrase")?;
        let view =
            self.app.open_store(OpenStore { path: store_path(store), passphrase: passphrase.clone() })?;
        for warning in &view.warnings {
            out::remark(&format!("! {warning}"));
        }
        Ok((view, passphrase))
    }

    fn profile(&self, verb: Profile) -> Done {
        match verb {
            Profile::New { name, role } => {
                let passphrase = secret::new_passphrase(&self.common)?;
                let member = self.app.create_profile(CreateProfile { name, role, passphrase })?;
                out::document(self.common.json, &member, |m| {
                    out::line(&format!("{} {}: {}", m.role, m.name, m.fingerprint))
                });
            }
            Profile::Card { out: path } => {
                self.app.save_card(SavePath { path: text(&path) })?;
                out::written(self.common.json, &path);
            }
        }
        Ok(())
    }

    fn store(&self, verb: StoreVerb) -> Done {
        match verb {
            StoreVerb::Create { store, name, purpose, policy, ends, members, recovery } => {
                let request = CreateStore {
                    path: store_path(&store),
                    name,
                    purpose,
                    policy: policy.unwrap_or_default(),
                    ends,
                    members: members.iter().map(|m| text(m)).collect(),
                    recovery,
                    passphrase: secret::passphrase(&self.common, "Passphrase")?,
                };
                let created = self.app.create_store(request)?;
                out::document(self.common.json, &created, |c| {
                    out::store(&c.store);
                    if let Some(sheet) = &c.recovery_sheet {
                        out::line("Recovery identity, shown once. Print it and lock it away:");
                        out::line(sheet);
                    }
                });
            }
            StoreVerb::Status { store } => {
                let (view, _) = self.open(&store)?;
                out::document(self.common.json, &view, out::store);
            }
            StoreVerb::Backup { store, out: path } => {
                let (opened, _) = self.open(&store)?;
                let beside = format!("{}-backup-{}", opened.path, opened.ledger_entries);
                let path = path.unwrap_or_else(|| beside.into());
                self.app.backup_store(SavePath { path: text(&path) })?;
                out::written(self.common.json, &path);
            }
            StoreVerb::AddMember { store, card } => {
                let (_, passphrase) = self.open(&store)?;
                let view = self.app.add_member(AddMember { card: text(&card), passphrase })?;
                out::document(self.common.json, &view, out::store);
            }
            StoreVerb::RemoveMember { store, fingerprint } => {
                let (_, passphrase) = self.open(&store)?;
                let view = self.app.remove_member(RemoveMember { fingerprint, passphrase })?;
                out::document(self.common.json, &view, out::store);
            }
            StoreVerb::End { store, reason } => self.end_store(&store, reason)?,
            StoreVerb::Restore { store, from } => {
                let passphrase = secret::passphrase(&self.common, "Passphrase")?;
                let request = RestoreStore { backup: text(&from), path: store_path(&store), passphrase };
                let view = self.app.restore_store(request)?;
                out::document(self.common.json, &view, out::store);
            }
        }
        Ok(())
    }

    fn analyse(&self, store: &Path) -> Done {
        self.open(store)?;
        self.app.analyse_now()?;
        let run = self.app.last_run()?;
        out::document(self.common.json, &run, |r| r.iter().for_each(out::run));
        Ok(())
    }

    fn all_leads(&self, filter: &LeadFilter) -> Result<Vec<LeadRow>, Failure> {
        let mut rows = Vec::new();
        loop {
            let page = self.app.leads(LeadsQuery {
                filter: filter.clone(),
                sort: "priority".into(),
                offset: rows.len() as u32,
                limit: PAGE,
            })?;
            if page.rows.is_empty() {
                return Ok(rows);
            }
            rows.extend(page.rows);
        }
    }

    fn all_evidence(&self, lead: &str, finding: u32) -> Result<EvidencePage, Failure> {
        let mut all = EvidencePage { total: 0, rows: Vec::new() };
        loop {
            let offset = all.rows.len() as u32;
            let page =
                self.app.evidence(EvidenceQuery { lead: lead.to_owned(), finding, offset, limit: PAGE })?;
            all.total = page.total;
            if page.rows.is_empty() {
                return Ok(all);
            }
            all.rows.extend(page.rows);
        }
    }

    fn leads(&self, store: &Path, evidence: bool, filter: LeadFilter) -> Done {
        self.open(store)?;
        let rows = self.all_leads(&filter)?;
        if !evidence {
            out::document(self.common.json, &rows, |rows| rows.iter().for_each(out::lead_row));
            return Ok(());
        }
        let mut all = Vec::new();
        for row in rows {
            let lead = self.app.lead(LeadRef { lead: row.lead.clone() })?;
            let mut pages = Vec::new();
            for finding in 0..lead.findings.len() {
                pages.push(self.all_evidence(&row.lead, finding as u32)?);
            }
            all.push(LeadWithEvidence { lead, evidence: pages });
        }
        out::document(self.common.json, &all, |all| {
            for one in all {
                out::lead(&one.lead);
                one.lead.findings.iter().zip(&one.evidence).for_each(|(f, e)| out::evidence(f, e));
            }
        });
        Ok(())
    }

    fn all_entries(&self, mut query: LedgerQuery) -> Result<LedgerPage, Failure> {
        let mut all = self.app.ledger(query.clone())?;
        while (all.entries.len() as u32) < all.total {
            query.offset = all.entries.len() as u32;
            let page = self.app.ledger(query.clone())?;
            if page.entries.is_empty() {
                break;
            }
            all.entries.extend(page.entries);
        }
        Ok(all)
    }

    fn ledger(&self, verb: LedgerVerb) -> Done {
        match verb {
            LedgerVerb::List { store, kind, by, search, from, until } => {
                self.open(&store)?;
                let (from, until) = (from.unwrap_or_default(), until.unwrap_or_default());
                let query = LedgerQuery { kind, by, search, from, until, offset: 0, limit: PAGE };
                let all = self.all_entries(query)?;
                out::document(self.common.json, &all, out::ledger);
            }
            LedgerVerb::Patterns { store } => {
                self.open(&store)?;
                out::document(self.common.json, &self.app.ledger_patterns()?, out::patterns);
            }
            LedgerVerb::Verify { store } => {
                self.open(&store)?;
                let found = self.app.verify_ledger()?;
                out::document(self.common.json, &found, out::verification);
                if !found.proved {
                    return Err(Failure::new(
                        ErrorCode::Ledger,
                        "The ledger does not verify.",
                        "Keep the folder as it is and tell the data protection officer.",
                    ));
                }
            }
            LedgerVerb::Keys { store } => {
                self.open(&store)?;
                let keys = self.app.ledger_keys()?;
                out::document(self.common.json, &keys, |k| out::line(k.trim_end()));
            }
            LedgerVerb::Export { store, out: path } => {
                self.open(&store)?;
                match path {
                    Some(path) => {
                        self.app.export_ledger(SavePath { path: text(&path) })?;
                        out::written(self.common.json, &path);
                    }
                    None => out::line(self.app.ledger_document()?.trim_end()),
                }
            }
            LedgerVerb::Proof { store, seq, out: path, leaf } => {
                self.open(&store)?;
                self.app.export_proof_beside(ProofRequest { seq, path: text(&path) }, leaf.as_deref())?;
                out::written(self.common.json, &path);
            }
        }
        Ok(())
    }

    fn demo(&self, folder: &Path, plan: demo::Plan, files_only: bool) -> Done {
        let made = self.app.make_force(&plan, folder)?;
        for (kind, path, rows) in &made.files {
            out::remark(&format!("{kind}: {} ({rows} rows)", path.display()));
        }
        if files_only {
            out::written(self.common.json, folder);
            return Ok(());
        }
        let passphrase = secret::passphrase(&self.common, "Passphrase")?;
        let run = self.app.try_force(&made, &folder.join("store"), passphrase)?;
        out::document(self.common.json, &run, |r| r.iter().for_each(out::run));
        Ok(())
    }
}
