//! After a whole journey, no byte anywhere names the canary: not on the disk, not in words, not inside the store.

use super::desk::{CANARY, Desk, PASSPHRASE};
use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rusqlite::types::ValueRef;
use seal::{KeyFile, KeyKind, Passphrase};
use std::path::{Path, PathBuf};
use store::RawKey;

/// Every form in which names could lie about.
fn forms<'a>(names: impl IntoIterator<Item = &'a str>) -> AhoCorasick {
    let mut all: Vec<Vec<u8>> = Vec::new();
    for name in names {
        for text in [name.to_owned(), name.to_lowercase(), name.to_uppercase()] {
            all.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
            all.push(text.bytes().flat_map(|b| format!("{b:02x}").into_bytes()).collect());
            for shift in 0..3 {
                // The first and last letters of the encoding depend on the neighbours.
                let coded = STANDARD_NO_PAD.encode([&vec![0; shift][..], text.as_bytes()].concat());
                let end = coded.len() - 1;
                all.push(coded.as_bytes()[if shift == 0 { 0 } else { shift + 1 }..end].to_vec());
            }
            all.push(text.into_bytes());
        }
    }
    AhoCorasick::new(all).unwrap()
}

/// Files below a folder that hold the canary, except below `spared`.
fn hits(forms: &AhoCorasick, folder: &Path, spared: &Path, seen: &mut u64) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path == spared {
            continue;
        }
        if forms.is_match(path.file_name().unwrap().as_encoded_bytes()) {
            found.push(format!("the name of {}", path.display()));
        }
        if path.is_dir() {
            found.extend(hits(forms, &path, spared, seen));
        } else {
            *seen += 1;
            if forms.is_match(&std::fs::read(&path).unwrap()) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

/// A store as a member sees it whose key opens everything: each table and each segment, decrypted.
pub struct Inside {
    folder: PathBuf,
    key: Vec<u8>,
}

impl Inside {
    pub fn of(profile: &Path, folder: &Path) -> Self {
        let member = seal::profile::unlock(profile, &Passphrase::given(PASSPHRASE.into())).unwrap();
        let keys = store::Folder::new(folder);
        let id = store::Facts::read(&keys).unwrap().id.to_string();
        let sealed = std::fs::read(keys.keys()).unwrap();
        let key = KeyFile::open_key(&member, KeyKind::Store, &id, &sealed).unwrap().to_vec();
        Self { folder: folder.to_owned(), key }
    }

    /// Where in it one of these names stands.
    pub fn holding(&self, names: &[impl AsRef<str>]) -> Vec<String> {
        let forms = forms(names.iter().map(AsRef::as_ref));
        let (mut found, rows) = in_segments(&forms, &self.folder, &self.key);
        assert!(rows > 100, "only {rows} rows were searched");
        let (tables, cells) = in_tables(&forms, &self.folder.join("store.db"), &self.key);
        assert!(cells > 1_000, "only {cells} cells were searched");
        found.extend(tables);
        found
    }
}

/// Every cell of every table, decrypted; gives the tables in which the canary stands and the cells looked at.
fn in_tables(forms: &AhoCorasick, db: &Path, key: &[u8]) -> (Vec<String>, u64) {
    let sql = rusqlite::Connection::open_with_flags(db, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let hex: String = key.iter().map(|b| format!("{b:02x}")).collect();
    sql.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_page_size = 16384;")).unwrap();
    let mut names = sql.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    let (mut found, mut cells) = (Vec::new(), 0);
    for name in names {
        let mut all = sql.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let width = all.column_count();
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..width {
                cells += 1;
                if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column).unwrap()
                    && forms.is_match(bytes)
                {
                    found.push(format!("{name}, column {column}"));
                }
            }
        }
    }
    (found, cells)
}

/// Every segment, decompressed; gives the kinds in which the canary stands and the rows looked at.
fn in_segments(forms: &AhoCorasick, folder: &Path, key: &[u8]) -> (Vec<String>, usize) {
    let store = store::Store::open(folder, &RawKey::new(key.try_into().unwrap())).unwrap();
    let (mut found, mut rows) = (Vec::new(), 0);
    for kind in model::SourceKind::ALL.iter().copied() {
        for partition in 0..model::PARTITIONS {
            for segment in store::segments::of_partition(&store, kind, partition).unwrap() {
                let table = store::segment::decode(&segment.bytes, kind).unwrap();
                rows += table.len();
                if forms.is_match(format!("{table:?}").as_bytes()) {
                    found.push(kind.to_string());
                }
            }
        }
    }
    store.close().unwrap();
    (found, rows)
}

#[test]
fn no_byte_names_the_canary_after_a_whole_journey() {
    let desk = Desk::new();
    let (store, gate) = (desk.path("store"), desk.path("force/gate.toml"));
    let forms = forms(CANARY);
    assert!(
        forms.is_match(&std::fs::read(desk.at("force/accesses.csv")).unwrap()),
        "the source names the canary"
    );
    let mut said = Vec::new();
    let mut run = |words: &[&str]| {
        let ended = desk.must(words);
        said.push(format!("{words:?}\n{}{}", ended.out, ended.err));
    };
    let lead = super::names::first_lead(&desk);
    run(&[
        "mapping",
        &desk.path("empty"),
        &desk.path("force/officers.csv"),
        "--out",
        &desk.path("m.toml"),
        "--json",
    ]);
    run(&["mapping", &store, &desk.path("force/accesses.csv"), "--out", &desk.path("a.toml"), "--json"]);
    run(&["import", &desk.path("empty"), &desk.path("force/officers.csv"), "--gate", &gate, "--json"]);
    run(&["analyse", &store, "--json"]);
    run(&["leads", &store, "--evidence"]);
    run(&["leads", &store, "--evidence", "--json"]);
    let findings = desk.json(&["lead", "show", &store, &lead])["findings"].as_array().unwrap().len();
    let reason = "The rows were read beside the duty states and need a conversation.";
    let decide = ["lead", "decide", &store, &lead, "--outcome", "no_further_action", "--reason", reason];
    run(&[&decide[..], &["--agreement", "disagree"].repeat(findings)].concat());
    let why = desk.write("why.toml", super::names::why(""));
    run(&["unmask", &store, &lead, "--justification", &why, "--out", &desk.path("name.age")]);
    run(&["ledger", "list", &store, "--json"]);
    run(&["ledger", "verify", &store]);
    run(&["ledger", "export", &store, "--out", &desk.path("ledger.txt")]);
    run(&["store", "backup", &store, "--out", &desk.path("backup")]);
    desk.write("said.log", said.concat().replace(&desk.path(""), ""));

    let mut files = 0;
    let found = hits(&forms, desk.home(), &desk.at("force"), &mut files);
    assert!(files > 25, "only {files} files were searched");
    assert!(found.is_empty(), "the canary stands in {found:?}");
    for store in ["store", "empty"] {
        let inside = Inside::of(&desk.at("profile"), &desk.at(store));
        assert_eq!(inside.holding(&CANARY), Vec::<String>::new(), "the canary stands in {store}");
    }
}
