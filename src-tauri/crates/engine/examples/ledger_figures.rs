//! The benchmark of ledger and packs: `ledger_figures STORE PASSPHRASE-FILE ENTRIES`, over a made-up store that was
//! analysed. It fills the ledger up to so many entries first, so the store is for nothing else.
#![allow(clippy::print_stdout, reason = "an example speaks to a terminal")]

use contract::*;
use ed25519_dalek::SigningKey;
use engine::{App, Home, System};
use ledger::{Checkpoint, Hash, Kind, LEAF_VERSION, Leaf};
use packs::{Addressee, CardShown, Draft, FindingShown, Fit, LeadBody};
use seal::{KeyFile, KeyKind, Member, Passphrase};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use store::{Facts, Folder, RawKey, Store, StoreError, Tx};

type Done<T> = Result<T, Box<dyn Error>>;

/// How often an entry is appended and the ledger verified; the middle one counts.
const APPENDS: usize = 100;
const TIMES: usize = 5;
/// A pack close to the most a lead pack may have.
const PACK_BYTES: usize = 20_000_000;
/// In this many rows, as many as it may have.
const PACK_ROWS: usize = 20_000;

fn middle(mut seconds: Vec<f64>) -> (f64, f64) {
    seconds.sort_by(f64::total_cmp);
    (seconds[seconds.len() / 2], seconds[seconds.len() - 1])
}

fn timed<T>(times: usize, mut step: impl FnMut(usize) -> Done<T>) -> Done<(f64, f64)> {
    let once = |n| {
        let started = Instant::now();
        step(n)?;
        Ok::<_, Box<dyn Error>>(started.elapsed().as_secs_f64())
    };
    Ok(middle((0..times).map(once).collect::<Result<_, _>>()?))
}

struct Stored<'a, 'c>(&'a Tx<'c>);

impl ledger::Hashes for Stored<'_, '_> {
    fn read(&self, indexes: &[u64]) -> Result<Vec<Hash>, ledger::ReadError> {
        let found = store::ledger::hashes(self.0, indexes).map_err(ledger::ReadError::new)?;
        Ok(found.into_iter().map(Hash).collect())
    }
}

/// Appends plain entries in one step, under one signed head.
fn fill(path: &Path, member: &Member, entries: u64) -> Done<()> {
    let folder = Folder::new(path);
    let id = Facts::read(&folder)?.id.to_string();
    let sealed = store::folder::read_limited(&folder.keys(), 1 << 16)?;
    let key: [u8; 32] = KeyFile::open_key(member, KeyKind::Store, &id, &sealed)?.as_slice().try_into()?;
    let mut store = Store::open(path, &RawKey::new(key))?;
    let secret = store::meta::get(&store, "ledger_key")?.ok_or("no ledger key")?;
    let log = SigningKey::from_bytes(secret.as_slice().try_into()?);
    store.write(|tx| -> Result<(), Box<dyn Error>> {
        let mut size = store::ledger::size(tx)?;
        while size < entries {
            let leaf = Leaf {
                v: LEAF_VERSION,
                seq: size,
                at: "2026-07-01T09:00:00Z".into(),
                store: id.clone(),
                by: member.name().into(),
                kind: Kind::Consultation,
                lead: Some("L-0001".into()),
                officer: Some("OFC-0000-0001".into()),
                text_hash: None,
                details: [("what".to_owned(), "evidence".into())].into(),
            };
            let bytes = leaf.to_bytes()?;
            let hash = ledger::leaf_hash(&bytes);
            let new = ledger::hashes_to_append(size, hash, &Stored(tx))?;
            store::ledger::append(tx, size, &hash.0, &bytes, &new.iter().map(|h| h.0).collect::<Vec<_>>())?;
            size += 1;
        }
        let head = Checkpoint::new(&id, size, ledger::root(size, &Stored(tx))?);
        let note = ledger::sign_checkpoint(&head, &log, (member.name(), member.signing_key()))?;
        Ok(store::ledger::add_checkpoint(tx, size, note.as_str())?)
    })?;
    Ok(store.close().map_err(|e: StoreError| e)?)
}

/// A lead pack of [`PACK_BYTES`], from a reviewer to a representative.
fn large_pack(from: &Member, to: &Member, store: &str, path: &Path) -> Done<()> {
    let card = CardShown {
        version: 1,
        looks_for: "x".into(),
        exclusions: Vec::new(),
        settings: Vec::new(),
        cannot_see: "x".into(),
    };
    let row: Vec<String> = (0..8).map(|n| format!("{n} ").repeat(PACK_BYTES / PACK_ROWS / 16 - 3)).collect();
    let finding = |n| FindingShown {
        n,
        indicator: "access-bulk".into(),
        title: "Made up".into(),
        sentence: "Made up".into(),
        arithmetic: Vec::new(),
        peers: None,
        columns: (0..8).map(|n| format!("Column {n}")).collect(),
        rows: vec![row.clone(); PACK_ROWS / 4],
        base_rate: String::new(),
        card: card.clone(),
        counter_evidence: Vec::new(),
        innocent_explanations: vec!["x".into()],
        what_would_clear_it: "x".into(),
    };
    let body = LeadBody {
        code: "K-000000".into(),
        facts: Vec::new(),
        findings: (1..=4).map(finding).collect(),
        fit: Fit { of: 10, people: 10, steps: Vec::new() },
        leaf: "{}".into(),
        removed: Vec::new(),
        reply_by: "2030-01-01".into(),
        root: Hash([0; 32]),
        size: 1,
        withheld: Vec::new(),
    };
    let draft = Draft {
        at: "2026-07-01T09:00:00Z".into(),
        previous: None,
        purpose: "Measured".into(),
        sender: serde_json::from_str(&from.card().to_text())?,
        sequence: 1,
        store: store.into(),
        to: vec![Addressee { name: to.name().into(), recipient: to.card().recipient().to_string() }],
    };
    let written = packs::write(draft, &body, from.signing_key())?;
    println!("pack_bytes {}", written.bytes.len());
    Ok(std::fs::write(path, seal::seal(&[to.card().recipient().clone()], &written.bytes)?)?)
}

fn main() -> Done<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, passphrase, entries] = arguments.as_slice() else {
        return Err("usage: ledger_figures STORE PASSPHRASE-FILE ENTRIES".into());
    };
    let passphrase = std::fs::read_to_string(passphrase)?.trim().to_owned();
    let profile = PathBuf::from(std::env::var("COUNTERSIGN_PROFILE")?);
    let unlock = |folder: &Path| seal::profile::unlock(folder, &Passphrase::given(passphrase.clone()));
    let me = unlock(&profile)?;
    fill(Path::new(path), &me, entries.parse()?)?;

    let side = tempfile::tempdir()?;
    let at = |name: &str| side.path().join(name);
    let text = |name: &str| side.path().join(name).display().to_string();
    let representative = App::start(Home::at(at("rep")), Arc::new(System));
    let role = "representative".to_owned();
    representative.create_profile(CreateProfile {
        name: "rep-1".into(),
        role,
        passphrase: passphrase.clone(),
    })?;
    representative.save_card(SavePath { path: text("rep.card") })?;
    let app = App::start(Home::at(&profile), Arc::new(System));
    let view = app.open_store(OpenStore { path: path.clone(), passphrase: passphrase.clone() })?;
    println!("entries {}", view.ledger_entries);

    let (seconds, worst) = timed(TIMES, |_| {
        let found = app.verify_ledger()?;
        if found.proved { Ok(()) } else { Err("the ledger does not verify".into()) }
    })?;
    println!("verify {seconds:.3} {worst:.3}");
    let (seconds, worst) =
        timed(TIMES, |n| Ok(app.export_ledger(SavePath { path: text(&format!("l{n}")) })?))?;
    println!("export {seconds:.3} {worst:.3}");
    let release = HoldLead { lead: "L-0001".into(), reason: "Measured, and released at once.".into() };
    let (seconds, worst) = timed(APPENDS, |n| {
        let lead = LeadRef { lead: release.lead.clone() };
        let done = if n % 2 == 0 { app.hold_lead(release.clone()) } else { app.release_lead(lead) };
        Ok(done?)
    })?;
    println!("append {seconds:.4} {worst:.4}");
    let page = app.leads(LeadsQuery {
        filter: LeadFilter::default(),
        sort: "priority".into(),
        offset: 0,
        limit: 50,
    })?;
    let of_one: Vec<String> =
        page.rows.into_iter().filter(|r| r.members.len() == 1).map(|r| r.lead).collect();
    let (seconds, worst) = timed(TIMES, |n| {
        Ok(app.export_lead_pack(ExportLeadPack {
            lead: of_one[n % of_one.len()].clone(),
            officer: None,
            to: text("rep.card"),
            path: text(&format!("{n}.countersign")),
            withhold: Vec::new(),
            reply_by: String::new(),
            exception: String::new(),
        })?)
    })?;
    println!("seal {seconds:.3} {worst:.3}");
    app.save_card(SavePath { path: text("me.card") })?;
    representative.add_person(SavePath { path: text("me.card") })?;
    representative.open_desk(OpenDesk { passphrase: passphrase.clone() })?;
    large_pack(&me, &unlock(&at("rep"))?, &view.id, &at("large"))?;
    let (seconds, worst) = timed(TIMES, |_| {
        let large = PackRef { path: text("large"), without_earlier: true };
        Ok(representative.read_lead_pack(large)?)
    })?;
    println!("open {seconds:.3} {worst:.3}");
    Ok(())
}
