//! A countersigned store and its people: they exchange files, and some of them try what they must not.

mod flow;
mod here;
mod ledgers;
mod members;
mod requests;
mod restores;

use super::{NOW, PASSPHRASE, copy};
use crate::book::Stored;
use crate::mail::{self, Letter, Post};
use crate::session::Session;
use crate::{App, Clock, Error, Fixed, Home, dpo, exchange, life};
use contract::*;
use model::{Purpose, RawJustification, Scope};
use packs::{Body, RequestBody};
use seal::Member;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

const PEOPLE: [(&str, &str); 5] = [
    ("custodian-1", "custodian"),
    ("reviewer-1", "reviewer"),
    ("reviewer-2", "reviewer"),
    ("dpo-1", "dpo"),
    ("dpo-2", "dpo"),
];

/// Profiles, cards and a store that the custodian made and filled; copied for each test.
struct Template {
    folder: tempfile::TempDir,
    members: HashMap<&'static str, Arc<Member>>,
}

fn card(folder: &Path, name: &str) -> String {
    folder.join(format!("{name}.card")).display().to_string()
}

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        let app = |name: &str| App::start(Home::at(root.join(name)), Arc::new(Fixed::at(NOW)));
        let mut members = HashMap::new();
        for (name, role) in PEOPLE {
            let request =
                CreateProfile { name: name.into(), role: role.into(), passphrase: PASSPHRASE.into() };
            app(name).create_profile(request).expect("a profile");
            app(name).save_card(SavePath { path: card(root, name) }).expect("a card");
            let given = seal::Passphrase::given(PASSPHRASE.into());
            let member = seal::profile::unlock(&root.join(name), &given).expect("unlocks");
            members.insert(name, Arc::new(member));
        }
        for dpo in ["dpo-1", "dpo-2"] {
            for reviewer in ["reviewer-1", "reviewer-2"] {
                app(dpo).add_person(SavePath { path: card(root, reviewer) }).expect("known");
            }
        }
        let custodian = app("custodian-1");
        let plan = demo::Plan { officers: 120, days: 90, ..demo::Plan::default() };
        let made = custodian.make_force(&plan, &root.join("force")).expect("a force");
        let cards = PEOPLE[1..].iter().map(|(name, _)| card(root, name)).collect();
        let created = custodian.create_store(CreateStore {
            path: root.join("store").display().to_string(),
            name: "Roster review".into(),
            purpose: "Trying the exchange".into(),
            policy: String::new(),
            ends: "2040-01-01".into(),
            members: cards,
            recovery: false,
            passphrase: PASSPHRASE.into(),
        });
        assert_eq!(created.expect("a store").store.policy, "countersigned");
        for (kind, path, _) in &made.files {
            if ["officers", "duties", "roster_edits", "authorities"].contains(&kind.to_string().as_str()) {
                let path = path.display().to_string();
                let inspect = InspectFile { path, kind: None, mapping: None };
                let p = custodian.inspect_file(inspect).expect("readable");
                let start =
                    StartImport { path: p.path, mapping_toml: p.mapping_toml, gate: made.gate.clone() };
                custodian.import_now(&start).expect("imported by the custodian");
            }
        }
        custodian.analyse_now().expect("analysed");
        custodian.lock().expect("locks");
        Template { folder, members }
    })
}

struct Office {
    folder: tempfile::TempDir,
    clock: Arc<Fixed>,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let names = PEOPLE.iter().map(|(name, _)| *name).chain(["store"]);
        for name in names {
            copy(&template().folder.path().join(name), &folder.path().join(name));
        }
        Self { folder, clock: Arc::new(Fixed::at(NOW + 60)) }
    }
    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    fn path(&self, name: &str) -> String {
        self.at(name).display().to_string()
    }
    fn pack(&self, name: &str) -> PackRef {
        PackRef { path: self.path(name), without_earlier: false }
    }
    fn home(&self, who: &str) -> Home {
        Home::at(self.at(who))
    }
    fn member(&self, who: &str) -> Arc<Member> {
        Arc::clone(&template().members[who])
    }
    /// Somebody's desk without a store.
    fn post(&self, who: &str) -> Post {
        Post { home: self.home(who), member: self.member(who), now: self.clock.now() }
    }
    /// The store, opened by somebody.
    fn open(&self, who: &str) -> Session {
        self.try_open(who, "store").expect("opens")
    }
    fn try_open(&self, who: &str, store: &str) -> Result<Session, Error> {
        let clock = Arc::clone(&self.clock) as Arc<dyn Clock>;
        life::open(&self.home(who), clock, self.member(who), &self.at(store))
    }
    fn leads(&self, session: &Session) -> Vec<(String, String)> {
        let query =
            LeadsQuery { filter: LeadFilter::default(), sort: "priority".into(), offset: 0, limit: 9 };
        let page = crate::lead::page(session, &query).expect("leads");
        let one = page.rows.into_iter().filter(|row| row.subject.starts_with("OFC-"));
        one.map(|row| (row.lead, row.subject)).collect()
    }

    fn request(&self, session: &Session, lead: usize, out: &str) -> Result<RequestedName, Error> {
        let (lead, officer) = self.leads(session)[lead].clone();
        let mut request = RequestName {
            lead: lead.clone(),
            officer,
            justification: why(&lead),
            passphrase: PASSPHRASE.into(),
            path: self.path(out),
        };
        exchange::request::ask(session, &mut request)
    }
    fn send_ledger(&self, session: &Session, out: &str) {
        exchange::ledger::send(session, &SavePath { path: self.path(out) }).expect("a ledger pack");
    }
    fn countersign(&self, who: &str, ledger: &str, out: &str) -> Result<Countersigned, Error> {
        let (pack, path) = (self.path(ledger), self.path(out));
        dpo::countersign::countersign(&self.post(who), &Countersign { pack, path, without_earlier: false })
    }
    fn grant(&self, who: &str, request: &str, out: &str) -> Result<AnsweredRequest, Error> {
        let grant = GrantRequest {
            pack: self.path(request),
            path: self.path(out),
            scope: Vec::new(),
            minutes: 0,
            days: 0,
            without_earlier: false,
        };
        dpo::answer::grant(&self.post(who), &grant)
    }
    fn apply(&self, session: &Session, pack: &str) -> Result<AppliedPack, Error> {
        exchange::apply::apply(session, &self.pack(pack))
    }
    fn reveal(&self, session: &Session, lead: &str) -> Result<Vec<RevealedField>, Error> {
        let mut request =
            RevealGranted { lead: lead.into(), officer: String::new(), passphrase: PASSPHRASE.into() };
        let mut shown = exchange::reveal::reveal(session, &mut request)?;
        Ok(shown.take(self.clock.now()).expect("once").fields)
    }
    /// A request of the first reviewer, in a ledger that the first officer countersigned.
    fn asked(&self) -> (Session, RequestedName) {
        let session = self.open("reviewer-1");
        let asked = self.request(&session, 0, "request").expect("asked");
        self.send_ledger(&session, "ledger");
        self.countersign("dpo-1", "ledger", "countersignature").expect("countersigned");
        (session, asked)
    }
    /// Signs and seals a body as somebody, to somebody.
    fn forge<B: Body>(&self, from: &str, to: &str, body: &B, out: &str) {
        let store = store::Facts::read(&store::Folder::new(self.at("store"))).expect("facts").id.to_string();
        let to = [self.member(to).card().clone()];
        let letter = Letter { store: &store, to: &to, purpose: "made by hand", body };
        mail::send(&self.post(from), &letter, &self.at(out)).expect("sent");
    }
    /// What a pack holds, read by somebody it is for.
    fn body<B: Body>(&self, who: &str, pack: &str) -> B {
        let known: Vec<_> = template().members.values().map(|m| m.card().clone()).collect();
        let want = mail::Want { kinds: &[B::KIND], store: None, known: &known, gaps: packs::Gaps::Accepted };
        let incoming = mail::open(&self.post(who), &self.at(pack), &want).expect("opens");
        incoming.body().expect("its body")
    }
}

fn why(about: &str) -> RawJustification {
    RawJustification {
        purpose: Purpose::SeverityAssessment,
        necessity: format!("The roster unit can confirm a paper approval for {about} only with a name."),
        proportionality: "Several factual edits over three months, and a second source agrees with them."
            .into(),
        alternatives: "All approvals of the unit were asked for; none were kept.".into(),
        case_reference: "PSD/2026/0142".into(),
        scope: vec![Scope::Name, Scope::Unit],
        minutes: 5,
    }
}

/// Kinds of the newest entries, newest first.
fn kinds(session: &Session, count: u64) -> Vec<String> {
    let reader = session.reader();
    let size = store::ledger::size(&*reader).expect("a ledger");
    let kind = |seq| crate::book::leaf_at(&*reader, seq).expect("an entry").kind.to_string();
    (size - count..size).rev().map(kind).collect()
}

fn code<T>(done: Result<T, Error>) -> (ErrorCode, String) {
    let error = done.err().expect("refused");
    (error.code(), error.0.message)
}
