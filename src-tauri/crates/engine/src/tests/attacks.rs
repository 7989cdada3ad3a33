//! What somebody would try who knows the ids, holds the files or guesses passphrases.

use super::*;
use sha2::{Digest, Sha256};

fn roll() -> (String, Vec<String>) {
    let bytes = std::fs::read(template().join("force/officers.csv")).expect("the roll");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let ids = text.lines().skip(1).filter_map(|l| l.split([',', ';', '\t']).next());
    let ids = ids.map(|id| id.trim_matches('"').to_owned()).collect();
    (text, ids)
}

#[test]
fn known_ids_cannot_be_hashed_into_codes_without_the_key() {
    let desk = Desk::open();
    let session = desk.app.session().expect("open");
    let reader = session.reader();
    let codes: std::collections::BTreeSet<u64> =
        store::officers::all(&*reader).expect("reads").iter().map(|o| o.pseudonym.bits()).collect();
    let hashes: std::collections::BTreeSet<[u8; 16]> =
        store::officers::all_ids(&*reader).expect("reads").iter().map(|i| i.id_hash).collect();
    let (_, ids) = roll();
    assert!(ids.len() >= 200 && codes.len() >= 200);
    for id in &ids {
        for form in [id.clone(), id.to_lowercase(), format!("officer\0{id}"), format!("{}{id}", session.id())]
        {
            let digest: [u8; 32] = Sha256::digest(form.as_bytes()).into();
            let bits = u64::from_be_bytes(digest[..8].try_into().expect("eight bytes")) >> 24;
            assert!(!codes.contains(&bits), "a code is a plain hash of an id");
            assert!(!hashes.contains(&digest[..16]), "an index entry is a plain hash of an id");
        }
    }
}

#[test]
fn a_file_of_one_row_does_not_tell_whose_code_is_whose() {
    let desk = Desk::open();
    let before = desk.app.imports().expect("a list").len();
    let (text, _) = roll();
    let one: Vec<&str> = text.lines().take(2).collect();
    let file = desk.folder.path().join("one.csv");
    std::fs::write(&file, one.join("\n")).expect("written");
    let inspect =
        InspectFile { path: file.display().to_string(), kind: Some("officers".into()), mapping: None };
    let proposal = desk.app.inspect_file(inspect).expect("readable");
    let gate = Gate {
        lawful_basis: "public task".into(),
        special_category_condition: String::new(),
        necessity: "the roll is needed for peers".into(),
        less_intrusive_alternative: "a sample was looked at".into(),
        dpia_reference: "DPIA-7".into(),
        regime: Regime::UkGdpr,
        period_start: "2020-01-01".into(),
        period_end: "2030-01-01".into(),
    };
    let start = StartImport { path: proposal.path, mapping_toml: proposal.mapping_toml, gate };
    assert_eq!(desk.app.import_now(&start).expect_err("one row").code(), ErrorCode::NeedsCustodian);
    assert_eq!(desk.app.imports().expect("a list").len(), before);
}

#[test]
fn a_name_cannot_be_smuggled_through_a_note_a_hold_or_a_deletion() {
    let desk = Desk::open();
    let (_, ids) = roll();
    let text = format!("the shift of {} was changed on paper", ids[7]);
    let lead = || "L-0001".to_owned();
    let codes = [
        desk.app.add_note(AddNote { lead: lead(), text: text.clone() }).map(|_| ()),
        desk.app.hold_lead(HoldLead { lead: lead(), reason: text.clone() }),
        desk.app.delete_lead(HoldLead { lead: lead(), reason: text.clone() }).map(|_| ()),
    ];
    for refused in codes {
        assert_eq!(refused.expect_err("an id").code(), ErrorCode::NameInText);
    }
    assert!(desk.app.retention().expect("a list").holds.is_empty());
}

#[test]
fn a_guess_at_a_passphrase_is_slow() {
    let profile = template().join("profile");
    let guess = || seal::profile::unlock(&profile, &seal::Passphrase::given("not the passphrase".into()));
    assert!(guess().is_err());
    let start = std::time::Instant::now();
    assert!(guess().is_err() && guess().is_err());
    let cost = start.elapsed() / 2;
    println!("a guess at a passphrase costs {cost:?} and 256 MiB of memory");
    assert!(cost.as_millis() >= 100, "{cost:?}");
}
