//! The readers, each with sound inputs to start from; a reader says whether it took what it was given.

use engine::{App, Fixed, Home};
use intake::{Mapping, NameSet, Options, PseudonymKey, RawIdentity, Roll, Sink, SinkError};
use ledger::{Leaf, Policy, Proof};
use model::{Gate, Justification, OfficerIndex, RawJustification, Table};
use packs::Body;
use packs::fit::When;
use packs::redact::Redactor;
use seal::{Card, Passphrase};
use serde_json::{Value, json};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

type Read = Box<dyn Fn(&[u8]) -> bool>;

pub struct Target {
    pub name: &'static str,
    pub seeds: Vec<Vec<u8>>,
    /// Inputs per round.
    pub turns: u32,
    pub read: Read,
}

fn text(read: impl Fn(&str) -> bool + 'static) -> Read {
    Box::new(move |bytes| read(&String::from_utf8_lossy(bytes)))
}

/// The smallest value of a schema's form, with two of everything there may be many of.
fn sample(schema: &Value, whole: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.strip_prefix("#/definitions/")) {
        return sample(&whole["definitions"][name], whole);
    }
    for many in ["anyOf", "oneOf", "allOf"] {
        if let Some(first) = schema[many].get(0) {
            return sample(first, whole);
        }
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match kind {
        Some("object") => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let field = |(name, field): (&String, &Value)| match name.as_str() {
                // Its words are the model's, which the schema does not list.
                "scope" => (name.clone(), json!(["name", "unit"])),
                _ => (name.clone(), sample(field, whole)),
            };
            fields.map(field).collect::<serde_json::Map<_, _>>().into()
        }
        Some("array") => json!([sample(&schema["items"], whole), sample(&schema["items"], whole)]),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        // A hash, which is also base64 and a short text.
        _ => json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    }
}

fn body<B: Body + 'static>(root: &Path, name: &'static str, file: &str) -> Result<Target, Box<dyn Error>> {
    let path = root.join(format!("schemas/packs/{file}.schema.json"));
    let schema: Value = serde_json::from_slice(&std::fs::read(path)?)?;
    let seeds = vec![serde_json::to_vec(&sample(&schema, &schema))?];
    let read = |bytes: &[u8]| {
        let Ok(body) = serde_json::from_slice::<B>(bytes) else { return false };
        // Whether it holds is asked of anything that parses, and what parses is written again.
        body.holds();
        serde_json::to_vec(&body).is_ok()
    };
    Ok(Target { name, seeds, turns: 40, read: Box::new(read) })
}

fn files(folder: &Path, most: u64, wanted: &dyn Fn(&str) -> bool) -> Vec<(PathBuf, Vec<u8>)> {
    let all = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let mut all: Vec<PathBuf> =
        all.filter(|p| p.file_name().and_then(|n| n.to_str()).is_some_and(wanted)).collect();
    all.sort();
    let small = all.into_iter().filter(|p| p.metadata().is_ok_and(|m| m.len() <= most));
    small.filter_map(|p| Some((p.clone(), std::fs::read(p).ok()?))).collect()
}

struct Nowhere;

impl Sink for Nowhere {
    fn rows(&self, _: Table) -> Result<(), SinkError> {
        Ok(())
    }
    fn identity(&self, _: OfficerIndex, _: RawIdentity) -> Result<(), SinkError> {
        Ok(())
    }
}

/// Opens a file as an import does: told apart, guessed, and read through the guess.
fn import(path: &Path, sink: &dyn Sink) -> bool {
    let Ok(file) = intake::open(path) else { return false };
    let proposal = intake::guess(&file);
    let roll = Roll::new(&PseudonymKey::new([7; 32]), Vec::new(), Vec::new());
    let options = Options {
        threads: 1,
        period: (0, 40_000),
        batch_rows: 1_000,
        cancel: &AtomicBool::new(false),
        progress: &|_, _, _| {},
        presence: None,
        names: Some(&NameSet::empty()),
        import_hash: [0; 32],
    };
    intake::read(&file, &proposal.mapping, &roll, &options, sink).is_ok()
}

/// Keeps the first rows it gets.
struct Kept(std::sync::Mutex<Option<Table>>);

impl Sink for Kept {
    fn rows(&self, table: Table) -> Result<(), SinkError> {
        self.0.lock().unwrap_or_else(|held| held.into_inner()).get_or_insert(table);
        Ok(())
    }
    fn identity(&self, _: OfficerIndex, _: RawIdentity) -> Result<(), SinkError> {
        Ok(())
    }
}

/// A Parquet file: rows of a text file as the store would keep them.
fn parquet(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let kept = Kept(std::sync::Mutex::new(None));
    import(path, &kept);
    let rows = kept.0.lock().unwrap_or_else(|held| held.into_inner()).take().ok_or("no rows")?;
    Ok(store::segment::encode(&rows, store::segment::Level::default())?)
}

fn source(name: &'static str, ending: &str, seeds: Vec<Vec<u8>>) -> Result<Target, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(format!("input.{ending}"));
    let read = move |bytes: &[u8]| {
        // The folder lives as long as the reader.
        let _ = &folder;
        // Its columns need not be those of any kind: that it is a file of its format is enough to go on with.
        std::fs::write(&path, bytes).is_ok() && (import(&path, &Nowhere) | intake::open(&path).is_ok())
    };
    Ok(Target { name, seeds, turns: 2, read: Box::new(read) })
}

fn sources(root: &Path) -> Result<Vec<Target>, Box<dyn Error>> {
    let vectors = root.join("schemas/vectors/sources/files");
    let csv = files(&vectors, 20_000, &|n| n.ends_with(".csv")).into_iter().map(|(_, bytes)| bytes).collect();
    let folder = tempfile::tempdir()?;
    let app = App::start(Home::at(folder.path()), Arc::new(Fixed::at(1_782_896_400)));
    let plan = demo::Plan { officers: 60, days: 28, ..demo::Plan::default() };
    app.make_force(&plan, &folder.path().join("force"))?;
    let of = |ending: &'static str| -> Vec<Vec<u8>> {
        let found = files(&folder.path().join("force"), 400_000, &|n| n.ends_with(ending));
        found.into_iter().map(|(_, bytes)| bytes).collect()
    };
    let columns = vec![parquet(&vectors.join("accesses.csv"))?, parquet(&vectors.join("duties-night.csv"))?];
    Ok(vec![
        source("text files", "csv", csv)?,
        source("workbooks", "xlsx", of("xlsx"))?,
        source("parquet files", "parquet", columns)?,
    ])
}

fn ledgers(root: &Path) -> Result<Vec<Target>, Box<dyn Error>> {
    let vector = |name: &str| std::fs::read(root.join("schemas/vectors/ledger").join(name));
    let policy: Policy = String::from_utf8(vector("policy.txt")?)?.parse()?;
    let (export, proof) = (vector("export.json")?, vector("entry-1.tlog-proof")?);
    let parsed: Proof = String::from_utf8(proof.clone())?.parse()?;
    let document: Value = serde_json::from_slice(&export)?;
    let leaves: Vec<Vec<u8>> = document["leaves"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|l| l.as_str().map(|l| l.as_bytes().to_vec()))
        .chain(parsed.extra.clone())
        .collect();
    let note = parsed.checkpoint.as_str().to_owned();
    let known = policy.clone();
    let (since, again) = (String::from_utf8(export.clone())?, policy.clone());
    let open = policy.clone();
    Ok(vec![
        Target {
            name: "ledger exports",
            seeds: vec![export],
            turns: 4,
            read: text(move |t| {
                ledger::verify_since(t, &since, Some(&known));
                ledger::all_hold(&ledger::verify_export(t, Some(&known)))
            }),
        },
        Target {
            name: "proofs",
            seeds: vec![proof],
            turns: 10,
            read: text(move |t| ledger::all_hold(&ledger::check_proof(t, None, Some(&again)))),
        },
        Target {
            name: "signed heads",
            seeds: vec![note.clone().into_bytes()],
            turns: 20,
            read: text(move |t| {
                ledger::check_checkpoint(t, Some(&open));
                open.open(t).is_ok()
            }),
        },
        Target {
            name: "countersignature lines",
            seeds: note
                .lines()
                .filter(|l| l.starts_with('\u{2014}'))
                .map(|l| l.as_bytes().to_vec())
                .collect(),
            turns: 20,
            read: text(move |t| {
                policy.keys().any(|key| ledger::verify_cosignature(&note, t, key).is_ok())
                    || t.starts_with('\u{2014}')
            }),
        },
        Target {
            name: "policy files",
            seeds: vec![vector("policy.txt")?],
            turns: 20,
            read: text(|t| {
                ledger::check_policy(t);
                t.parse::<Policy>().is_ok()
            }),
        },
        Target { name: "entries", seeds: leaves, turns: 40, read: Box::new(|b| Leaf::parse(b).is_ok()) },
    ])
}

fn people() -> Result<Vec<Target>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let app = App::start(Home::at(folder.path()), Arc::new(Fixed::at(1_782_896_400)));
    let passphrase = "a made-up passphrase to fuzz with".to_owned();
    let new =
        contract::CreateProfile { name: "rep-1".into(), role: "dpo".into(), passphrase: passphrase.clone() };
    app.create_profile(new)?;
    let member = seal::profile::unlock(folder.path(), &Passphrase::given(passphrase))?;
    let card = member.card().to_text();
    let body = packs::CountersignatureBody { line: "x".into(), root: ledger::Hash([0; 32]), size: 1 };
    let draft = packs::Draft {
        at: "2026-07-01T09:00:00Z".into(),
        previous: None,
        purpose: "Made to be broken".into(),
        sender: serde_json::from_str(&card)?,
        sequence: 1,
        store: model::StoreId::from_bytes([1; 10]).to_string(),
        to: vec![packs::Addressee { name: "rep-1".into(), recipient: member.card().recipient().to_string() }],
    };
    let pack = packs::write(draft, &body, member.signing_key())?.bytes;
    let sealed = seal::seal(&[member.card().recipient().clone()], &pack)?;
    Ok(vec![
        Target {
            name: "cards",
            seeds: vec![card.into_bytes()],
            turns: 20,
            read: text(|t| Card::parse(t).is_ok()),
        },
        Target {
            name: "pack envelopes",
            seeds: vec![pack],
            turns: 20,
            read: Box::new(|b| packs::Signed::read(b).is_ok()),
        },
        Target {
            name: "sealed files",
            seeds: vec![sealed],
            turns: 5,
            read: Box::new(move |b| member.open(b, 1 << 20).is_ok()),
        },
    ])
}

fn typed(root: &Path) -> Result<Vec<Target>, Box<dyn Error>> {
    let csv = root.join("schemas/vectors/sources/files/accesses.csv");
    let mapping = intake::guess(&intake::open(&csv)?).mapping.to_toml();
    let why = "purpose = \"severity_assessment\"\nnecessity = \"The authority has to assess this lead against one record.\"\n\
        proportionality = \"The rows contradict each other, and the name alone is asked for.\"\n\
        alternatives = \"The unit's own explanation was read first.\"\ncase_reference = \"PSD-1\"\nscope = [\"name\"]\nminutes = 5\n";
    let gate = "lawful_basis = \"public task\"\nnecessity = \"peers are compared\"\nless_intrusive_alternative = \"a sample was tried\"\n\
        dpia_reference = \"DPIA-1\"\nregime = \"uk_gdpr\"\nperiod_start = \"2025-01-01\"\nperiod_end = \"2027-12-31\"\n\
        special_category_condition = \"\"\n";
    let sentence = "OFC-0000-0001 changed 14 duties of OFC-0000-0002 by 31 h 30 min between 3 Mar 2026 and 19 May 2026 \
        at 09:41 in record R-7K2M0X of UNIT-4F for £1,204.50, on 2026-03-19, 45 min late";
    Ok(vec![
        Target {
            name: "mappings",
            seeds: vec![mapping.into_bytes()],
            turns: 20,
            read: text(|t| Mapping::parse(t).is_ok_and(|m| Mapping::parse(&m.to_toml()).is_ok())),
        },
        Target {
            name: "gates",
            seeds: vec![gate.as_bytes().to_vec()],
            turns: 20,
            read: text(|t| toml::from_str::<Gate>(t).is_ok_and(|g| g.check(false).is_ok())),
        },
        Target {
            name: "justifications",
            seeds: vec![why.as_bytes().to_vec()],
            turns: 20,
            read: text(|t| {
                let raw = toml::from_str::<RawJustification>(t);
                raw.is_ok_and(|raw| Justification::new(raw, &[], &|_| false).is_ok())
            }),
        },
        Target {
            name: "texts scrubbed and redacted",
            seeds: vec![sentence.as_bytes().to_vec()],
            turns: 20,
            read: text(|t| {
                NameSet::empty().scrub(t);
                NameSet::empty().may_name(t);
                for when in [When::Day, When::Month, When::Nothing] {
                    let mut redactor = Redactor::new(vec!["OFC-0000-0001".into()], when, &|_| false);
                    redactor.text(t);
                    redactor.cell("Site", t, true);
                }
                true
            }),
        },
    ])
}

/// Every reader.
pub fn all(root: &Path) -> Result<Vec<Target>, Box<dyn Error>> {
    let mut all = vec![
        body::<packs::LeadBody>(root, "lead bodies", "lead")?,
        body::<packs::ReplyBody>(root, "reply bodies", "reply")?,
        body::<packs::LedgerBody>(root, "ledger bodies", "ledger")?,
        body::<packs::CountersignatureBody>(root, "countersignature bodies", "countersignature")?,
        body::<packs::ChallengeBody>(root, "challenge bodies", "challenge")?,
        body::<packs::AnswerBody>(root, "answer bodies", "answer")?,
        body::<packs::RequestBody>(root, "request bodies", "request")?,
        body::<packs::GrantBody>(root, "grant bodies", "grant")?,
        body::<packs::RefusalBody>(root, "refusal bodies", "refusal")?,
    ];
    all.extend(people()?);
    all.extend(typed(root)?);
    all.extend(ledgers(root)?);
    all.extend(sources(root)?);
    Ok(all)
}
