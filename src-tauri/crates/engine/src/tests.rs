//! The use cases over a real store, with a clock that can be turned. One profile serves all tests: making one stretches
//! a passphrase for a second.

mod attacks;
mod countersigned;
mod disclosed;
mod endings;
mod leaving;
mod lives;
mod proofs;
mod retained;
mod sources;
mod typed;
mod window;

use crate::{App, Clock, Error, Event, Fixed, Home};
use contract::*;
use model::{Gate, Purpose, RawJustification, Regime, Scope};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

const PASSPHRASE: &str = "a long made-up passphrase";
/// 1 July 2026, 09:00 UTC.
const NOW: i64 = 1_782_896_400;

/// A profile, a store with the made-up force in it, analysed; copied for each test.
fn template() -> &'static Path {
    static TEMPLATE: OnceLock<tempfile::TempDir> = OnceLock::new();
    TEMPLATE
        .get_or_init(|| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let app = App::start(Home::at(folder.path().join("profile")), Arc::new(Fixed::at(NOW)));
            let force = demo::Plan { officers: 200, ..demo::Plan::default() };
            let made = app.make_force(&force, &folder.path().join("force")).expect("a force");
            app.try_force(&made, &folder.path().join("store"), PASSPHRASE.into())
                .expect("imported and analysed");
            app.lock().expect("locks");
            folder
        })
        .path()
}

struct Desk {
    app: App,
    clock: Arc<Fixed>,
    folder: tempfile::TempDir,
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("readable") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            std::fs::copy(entry.path(), target).map(|_| ()).expect("copied")
        }
    }
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for part in ["profile", "store"] {
            copy(&template().join(part), &folder.path().join(part));
        }
        let clock = Arc::new(Fixed::at(NOW));
        let app = App::start(Home::at(folder.path().join("profile")), Arc::clone(&clock) as Arc<dyn Clock>);
        Self { app, clock, folder }
    }
    fn open() -> Self {
        let desk = Self::new();
        desk.unlock().expect("opens");
        desk
    }
    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }
    fn unlock(&self) -> Result<StoreView, Error> {
        self.app
            .open_store(OpenStore { path: self.store().display().to_string(), passphrase: PASSPHRASE.into() })
    }
    fn kinds(&self) -> Vec<String> {
        let query = LedgerQuery { limit: 200, ..LedgerQuery::default() };
        self.app.ledger(query).expect("a ledger").entries.into_iter().map(|e| e.kind).collect()
    }
    fn unmask(&self, justification: RawJustification) -> Result<UnmaskView, Error> {
        self.app.unmask(Unmask {
            lead: "L-0001".into(),
            officer: String::new(),
            justification,
            passphrase: PASSPHRASE.into(),
        })
    }
}

fn why() -> RawJustification {
    RawJustification {
        purpose: Purpose::SeverityAssessment,
        necessity: "The roster unit can confirm a paper approval only for one known person.".into(),
        proportionality: "Several factual edits over three months, and a second source agrees with them."
            .into(),
        alternatives: "All approvals of the unit were asked for; none were kept.".into(),
        case_reference: "PSD/2026/0142".into(),
        scope: vec![Scope::Name],
        minutes: 5,
    }
}

#[test]
fn a_name_is_shown_once_after_its_entry_and_masked_when_time_is_up() {
    let desk = Desk::open();
    let shown = desk.unmask(why()).expect("recorded");
    assert_eq!(desk.kinds()[..2], ["unmask.revealed", "unmask.recorded"]);
    let name = desk.app.reveal().expect("once");
    assert_eq!(name.fields.first().map(|f| f.label.as_str()), Some("Name"));
    assert!(name.fields.iter().all(|f| f.label != "Unit"), "the scope was the name alone");
    assert_eq!(desk.app.reveal().map(|_| ()).expect_err("not twice").code(), ErrorCode::Expired);
    desk.clock.set(NOW + 5 * 60);
    desk.app.tick();
    assert_eq!(desk.kinds()[0], "unmask.expired");
    assert_eq!(desk.app.events().try_iter().last(), Some(Event::Remasked { seq: u64::from(shown.seq) }));
    assert!(desk.app.open_unmaskings().expect("a list").is_empty());
}

#[test]
fn refused_justifications_and_wrong_passphrases_are_entries_and_show_nothing() {
    let desk = Desk::open();
    let thin = RawJustification { necessity: "because".into(), ..why() };
    assert_eq!(desk.unmask(thin).expect_err("refused").code(), ErrorCode::Justification);
    let wrong = Unmask {
        lead: "L-0001".into(),
        officer: String::new(),
        justification: why(),
        passphrase: "not the passphrase".into(),
    };
    assert_eq!(desk.app.unmask(wrong).expect_err("refused").code(), ErrorCode::WrongPassphrase);
    assert_eq!(desk.kinds()[..2], ["attempt.failed", "attempt.failed"]);
    assert!(desk.app.reveal().is_err());
    desk.unmask(why()).expect("recorded");
    let again = desk.unmask(why()).expect_err("the same words again");
    assert_eq!(again.code(), ErrorCode::Justification);
}

#[test]
fn a_swapped_sealed_identity_is_refused_and_logged() {
    let desk = Desk::open();
    desk.app.lock().expect("locks");
    // What somebody with the store key could do to the database: put one officer's sealed identity under another's.
    let session_key = |path: &Path| {
        let member = seal::profile::unlock(
            &desk.folder.path().join("profile"),
            &seal::Passphrase::given(PASSPHRASE.into()),
        )
        .expect("unlocks");
        let folder = store::Folder::new(path);
        let id = store::Facts::read(&folder).expect("facts").id.to_string();
        let sealed = store::folder::read_limited(&folder.keys(), 1 << 16).expect("keys");
        let key = seal::KeyFile::open_key(&member, seal::KeyKind::Store, &id, &sealed).expect("opens");
        store::RawKey::new(key.as_slice().try_into().expect("32 bytes"))
    };
    let mut store = store::Store::open(&desk.store(), &session_key(&desk.store())).expect("opens");
    let lead = store::leads::get(&store, model::LeadId(1)).expect("reads").expect("is there");
    let officer = store::officers::index_of(&store, lead.subject.members()[0]).expect("is there");
    let other = (officer + 1) % 200;
    let theirs = store::identities::newest(&store, other).expect("reads").expect("is there");
    let forged = store::identities::SealedIdentity { officer, import: model::ImportId(2), leaf: 0, ..theirs };
    store
        .write(|tx| store::identities::insert(tx, &[forged]))
        .expect("the database itself cannot know better");
    store.close().expect("closes");
    desk.unlock().expect("opens");
    assert_eq!(desk.unmask(why()).expect_err("refused").code(), ErrorCode::IdentityMismatch);
    assert_eq!(desk.kinds()[..2], ["unmask.failed", "unmask.recorded"]);
    assert!(desk.app.reveal().is_err());
}

#[test]
fn a_clock_set_back_is_itself_an_entry() {
    let desk = Desk::new();
    desk.clock.set(NOW - 86_400);
    let view = desk.unlock().expect("opens");
    assert!(view.warnings.iter().any(|w| w.contains("clock")), "{:?}", view.warnings);
    assert!(desk.kinds().contains(&"clock.backwards".to_owned()));
    assert!(desk.app.verify_ledger().expect("runs").proved);
}

#[test]
fn an_older_copy_of_the_whole_store_is_refused_by_the_profiles_head() {
    let desk = Desk::open();
    desk.app.lock().expect("locks");
    copy(&desk.store(), &desk.folder.path().join("older"));
    desk.unlock().expect("opens");
    desk.app
        .add_note(AddNote { lead: "L-0001".into(), text: "asked the unit for approvals".into() })
        .expect("added");
    desk.app.lock().expect("locks");
    std::fs::remove_dir_all(desk.store()).expect("removed");
    copy(&desk.folder.path().join("older"), &desk.store());
    assert_eq!(desk.unlock().expect_err("refused").code(), ErrorCode::HeadObjects);
}

#[test]
fn a_backup_is_restored_as_a_logged_act() {
    let desk = Desk::open();
    let at = |name: &str| desk.folder.path().join(name).display().to_string();
    desk.app.backup_store(SavePath { path: at("backup") }).expect("backed up");
    let request = RestoreStore { backup: at("backup"), path: at("restored"), passphrase: PASSPHRASE.into() };
    desk.app.restore_store(request).expect("restored");
    assert_eq!(desk.kinds()[0], "store.restored");
    assert!(desk.app.verify_ledger().expect("runs").proved);
}

#[test]
fn a_decision_needs_its_evidence_opened_and_can_be_undone_but_not_unsaid() {
    let desk = Desk::open();
    let lead = desk.app.lead(LeadRef { lead: "L-0001".into() }).expect("a lead");
    let decide = || Decide {
        lead: "L-0001".into(),
        outcome: "no_further_action".into(),
        reason: "The approvals were found on paper.".into(),
        agreements: lead.findings.iter().map(|_| "disagree".into()).collect(),
    };
    assert_eq!(desk.app.decide(decide()).expect_err("unread").code(), ErrorCode::Decision);
    let query = EvidenceQuery { lead: "L-0001".into(), finding: 0, offset: 0, limit: 5 };
    assert!(!desk.app.evidence(query).expect("rows").rows.is_empty());
    assert_eq!(desk.app.decide(decide()).expect("decided").state, "decided");
    let undone = desk.app.undo_decision(LeadRef { lead: "L-0001".into() }).expect("undone");
    assert_eq!((undone.state.as_str(), undone.decisions[0].standing.as_str()), ("in_review", "undone"));
}

#[test]
fn idle_minutes_lock_the_store_and_wrong_passphrases_wait_longer_each_time() {
    let desk = Desk::open();
    desk.clock.set(NOW + 11 * 60);
    desk.app.tick();
    assert_eq!(desk.app.overview().expect_err("locked").code(), ErrorCode::Locked);
    let wrong = || {
        desk.app
            .open_store(OpenStore { path: desk.store().display().to_string(), passphrase: "wrong".into() })
    };
    for _ in 0..3 {
        assert_eq!(wrong().expect_err("wrong").code(), ErrorCode::WrongPassphrase);
    }
    assert_eq!(wrong().expect_err("too soon").code(), ErrorCode::PassphraseWait);
    desk.clock.set(NOW + 11 * 60 + 5);
    let view = desk.unlock().expect("opens");
    assert!(view.warnings.iter().any(|w| w.contains("3 times")), "{:?}", view.warnings);
    assert!(desk.kinds().contains(&"attempt.failed".to_owned()));
}

#[test]
fn a_gate_without_reasons_and_a_file_taken_before_import_nothing() {
    let desk = Desk::open();
    let file = template().join("force/officers.csv").display().to_string();
    let inspect = InspectFile { path: file.clone(), kind: None, mapping: None };
    let proposal = desk.app.inspect_file(inspect).expect("readable");
    assert!(proposal.already_imported && proposal.recognised.is_some());
    let gate = |necessity: &str| Gate {
        lawful_basis: "public task".into(),
        special_category_condition: String::new(),
        necessity: necessity.into(),
        less_intrusive_alternative: "a sample was looked at".into(),
        dpia_reference: "DPIA-7".into(),
        regime: Regime::UkGdpr,
        period_start: "2020-01-01".into(),
        period_end: "2030-01-01".into(),
    };
    let start = |necessity| StartImport {
        path: file.clone(),
        mapping_toml: proposal.mapping_toml.clone(),
        gate: gate(necessity),
    };
    assert_eq!(desk.app.import_now(&start("")).expect_err("no reason").code(), ErrorCode::Gate);
    let again = desk.app.import_now(&start("the roll is needed for peers")).expect_err("the same file");
    assert_eq!(again.code(), ErrorCode::AlreadyImported);
}

#[test]
fn factual_indicators_list_as_many_officers_as_were_planted_and_none_of_the_look_alikes_beside_them() {
    let desk = Desk::open();
    let filter = LeadFilter::default();
    let page =
        desk.app.leads(LeadsQuery { filter, sort: "priority".into(), offset: 0, limit: 200 }).expect("leads");
    let labels: Vec<serde_json::Value> =
        serde_json::from_slice(&std::fs::read(template().join("force/labels.json")).expect("labels"))
            .expect("JSON");
    let planted = |behaviour: &str| {
        labels.iter().filter(|l| l["behaviour"] == behaviour && l["planted"] == true).count()
    };
    for behaviour in
        ["roster-self-edit", "roster-late-edit", "overtime-clash", "attendance-claim", "working-time"]
    {
        let filter = LeadFilter { indicators: vec![behaviour.into()], ..LeadFilter::default() };
        let found = desk
            .app
            .leads(LeadsQuery { filter, sort: "priority".into(), offset: 0, limit: 200 })
            .expect("leads");
        assert_eq!(found.total as usize, planted(behaviour), "{behaviour}");
    }
    assert!(page.total >= 5);
}
