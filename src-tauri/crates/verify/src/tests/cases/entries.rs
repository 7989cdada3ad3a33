//! Entries: each field changed under the honest head, and forms no ledger accepts under a head that was signed over them.

use super::*;

pub(super) fn cases() -> Vec<Case> {
    let mut all = changed();
    all.extend(dishonest());
    all
}

fn text(seq: u64) -> String {
    String::from_utf8(entry(seq).to_bytes().unwrap()).unwrap()
}

/// One bit of each field, in a proof and in an export, under the head of the honest ledger.
fn changed() -> Vec<Case> {
    let marks = [
        ("at", "\"at\":\"2026-11-21T09:00:0"),
        ("by", "\"by\":\"reviewer "),
        ("details", "\"minutes\":1"),
        ("kind", "\"kind\":\"unmask.re"),
        ("lead", "\"lead\":\"LD-004"),
        ("officer", "\"officer\":\"OFC-"),
        ("seq", "\"seq\":"),
        ("store", "\"store\":\"st-7"),
        ("text_hash", "\"text_hash\":\"KZ"),
        ("v", "\"v\":"),
    ];
    let honest = head(&leaves(SIZE));
    let mut all = Vec::new();
    for (field, mark) in marks {
        let forged = flipped(&text(4), mark);
        let extra = BASE64_STANDARD.encode(entry(4).to_bytes().unwrap());
        let file = with(&proof(4), &extra, &BASE64_STANDARD.encode(&forged));
        all.push(case(1, &format!("one bit of the entry in a proof: {field}"), file));
        let mut leaves = leaves(SIZE);
        leaves[4] = forged;
        let file = export_of(&leaves, &honest);
        all.push(case(1, &format!("one bit of an entry in an export: {field}"), file));
    }
    all
}

/// A store that signs what it should not: only the rules for entries stand in the way.
fn dishonest() -> Vec<Case> {
    let deep = format!("{}1{}", "[".repeat(8), "]".repeat(8));
    let forms = [
        ("a version of the future", with(&text(4), "\"v\":1", "\"v\":2")),
        ("a number that is another entry's", with(&text(4), "\"seq\":4", "\"seq\":5")),
        ("another store", with(&text(4), "st-7f3k", "st-other")),
        ("a kind nobody knows", with(&text(4), "unmask.recorded", "unmask.hidden")),
        ("a key nobody knows", with(&text(4), "\"v\":1", "\"v\":1,\"w\":1")),
        ("a key that stands twice", with(&text(4), "\"v\":1", "\"v\":1,\"v\":1")),
        ("a key that is missing", with(&text(4), "\"by\":\"reviewer 1\",", "")),
        ("keys in another order", with(&text(4), ",\"v\":1}", "}").replacen('{', "{\"v\":1,", 1)),
        ("a space between the parts", with(&text(4), "\"v\":1", "\"v\": 1")),
        ("an escape that is not needed", with(&text(4), "reviewer", "re\\u0076iewer")),
        ("a newline after the end", format!("{}\n", text(4))),
        ("a null", with(&text(4), "\"minutes\":15", "\"minutes\":null")),
        ("a fraction", with(&text(4), "\"minutes\":15", "\"minutes\":1.5")),
        ("an exponent", with(&text(4), "\"minutes\":15", "\"minutes\":1e1")),
        ("a number some readers round", with(&text(4), "\"minutes\":15", "\"minutes\":9007199254740993")),
        ("lists nine deep", with(&text(4), "\"minutes\":15", &format!("\"minutes\":{deep}"))),
        ("a day that never was", with(&text(4), "2026-11-21", "2026-02-30")),
        ("a time in another zone", with(&text(4), "09:00:04Z", "09:00:04+01:00")),
        ("a name in place of the pseudonym", with(&text(4), "OFC-7K2M-0XZ9", "Ada Example")),
        ("a pseudonym with a letter that is not used", with(&text(4), "OFC-7K2M-0XZ9", "OFC-7K2M-0XZU")),
        ("a text hash of 31 bytes", with_text_hash(&BASE64_STANDARD.encode([1; 31]))),
        ("an author without a name", with(&text(4), "reviewer 1", "")),
        ("an author with a control character", with(&text(4), "reviewer 1", "reviewer\\n1")),
        ("an author with 129 letters", with(&text(4), "reviewer 1", &"r".repeat(129))),
        (
            "more than 4096 bytes",
            with(&text(4), "\"minutes\":15", &format!("\"minutes\":\"{}\"", "m".repeat(4096))),
        ),
        ("no object", "[]".into()),
    ];
    let mut all = Vec::new();
    for (at, (form, bytes)) in forms.into_iter().enumerate() {
        let mut leaves = leaves(SIZE);
        leaves[4] = bytes.into_bytes();
        let head = head(&leaves);
        all.push(case(
            1,
            &format!("signed over an entry with {form}, in a proof"),
            proof_of(&leaves, 4, &head),
        ));
        // The rules are the same in an export; a third of them shows it.
        if at % 3 == 0 {
            all.push(case(
                1,
                &format!("signed over an entry with {form}, in an export"),
                export_of(&leaves, &head),
            ));
        }
    }
    all
}

fn with_text_hash(hash: &str) -> String {
    with(&text(4), &entry(4).text_hash.unwrap(), hash)
}
