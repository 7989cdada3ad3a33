//! Exports: whole ones, entries moved about, parts changed, and ledgers that did not only grow.

use super::*;

pub(super) fn cases() -> Vec<Case> {
    let mut all = whole();
    all.extend(moved());
    all.extend(document());
    all.extend(since());
    all
}

fn whole() -> Vec<Case> {
    let compact: Value = serde_json::from_str(&export()).unwrap();
    let mut backwards = leaves(SIZE);
    backwards[6] = Leaf { at: "2026-11-20T00:00:00Z".into(), kind: Kind::ClockBackwards, ..entry(6) }
        .to_bytes()
        .unwrap();
    vec![
        case(0, "a whole ledger", export()),
        case(0, "a whole ledger without line breaks", compact.to_string()),
        case(0, "a ledger without entries", export_of(&[], &head(&[]))),
        case(
            0,
            "a clock that ran backwards is for a person to look at",
            export_of(&backwards, &head(&backwards)),
        ),
        case(0, "a countersigned ledger", export_of(&leaves(SIZE), &countersigned(&head(&leaves(SIZE)))))
            .policy(strict()),
        case(3, "a whole ledger and no keys of one's own", export()).without_policy(),
        case(1, "a ledger nobody countersigned under a policy that asks for it", export()).policy(strict()),
    ]
}

/// Entries moved about under the honest head.
fn moved() -> Vec<Case> {
    let forge = |why: &str, change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut all = leaves(SIZE);
        change(&mut all);
        case(1, why, export_of(&all, &head(&leaves(SIZE))))
    };
    vec![
        forge("two entries swapped", &|all| all.swap(2, 3)),
        forge("the first entry removed", &|all| drop(all.remove(0))),
        forge("an entry removed in the middle", &|all| drop(all.remove(4))),
        forge("the last entry removed", &|all| drop(all.pop())),
        forge("an entry added", &|all| all.push(entry(7).to_bytes().unwrap())),
        forge("an entry twice", &|all| all.insert(3, all[3].clone())),
        forge("every entry removed", &Vec::clear),
        forge("the order turned round", &|all| all.reverse()),
    ]
}

/// The document around the entries.
fn document() -> Vec<Case> {
    let text = export();
    let other = head_by(&leaves(SIZE), STORE, 11, 12);
    let renamed = with(&text, "\"store\": \"st-7f3k\"", "\"store\": \"st-other\"");
    let foreign = export_of(&leaves(SIZE), &head_by(&leaves(SIZE), "st-other", 1, 2));
    vec![
        case(1, "signed anew with other keys", export_of(&leaves(SIZE), &other)),
        case(
            1,
            "the ledger's own keys changed, and nobody gave others",
            with(&text, "quorum none", "quorum some"),
        )
        .without_policy(),
        case(1, "the store renamed", renamed),
        case(1, "the head of another store", foreign),
        case(1, "an export of the future", with(&text, "countersign-ledger/1", "countersign-ledger/2")),
        case(1, "a key nobody knows", text.replacen('{', "{\"more\": 1,", 1)),
        case(1, "a key that stands twice", text.replacen('{', "{\"store\": \"st-7f3k\",", 1)),
        case(1, "a key that is missing", with(&text, "\"format\": \"countersign-ledger/1\",", "")),
        case(1, "an export cut in the middle", &text[..text.len() / 2]),
        case(1, "an export cut before its last byte", &text[..text.len() - 1]),
        case(1, "bytes after the end", format!("{text} x")),
        case(1, "a second document after the end", format!("{text}{text}")),
        case(1, "entries that are no texts", with(&text, "\"leaves\": [", "\"leaves\": [1,")),
        case(1, "bytes that are no text", [text.as_bytes(), &[0xc0]].concat()),
    ]
}

/// The same ledger later: it may only have grown.
fn since() -> Vec<Case> {
    let four = head(&leaves(4));
    let mut fork = leaves(4);
    fork[2] = Leaf { by: "someone else".into(), ..entry(2) }.to_bytes().unwrap();
    let forked = head(&fork);
    let earlier = export_of(&leaves(4), &four);
    let strange = head_by(&leaves(4), STORE, 11, 12);
    vec![
        case(0, "grown since an earlier head", export()).since(&four),
        case(0, "grown since an earlier export", export()).since(&earlier),
        case(0, "the same as the earlier head", export()).since(head(&leaves(SIZE))),
        case(0, "grown from nothing", export()).since(head(&[])),
        case(3, "grown since an earlier head, and no keys of one's own", export())
            .since(&four)
            .without_policy(),
        case(1, "the earlier head counts more entries", export()).since(head(&leaves(SIZE + 1))),
        case(1, "the earlier head counts far more entries", export()).since(head(&leaves(40))),
        case(1, "the earlier head is of another line of entries", export()).since(forked),
        case(1, "the earlier head is of another store", export()).since(head_by(
            &leaves(4),
            "st-other",
            1,
            2,
        )),
        case(1, "the earlier head is signed by others", export()).since(strange),
        case(1, "the earlier head is cut", export()).since(&four[..four.len() - 30]),
        case(1, "the earlier head says another size", export()).since(with(&four, "\n4\n", "\n5\n")),
        case(1, "the earlier export is of another version", export()).since(with(
            &earlier,
            "countersign-ledger/1",
            "countersign-ledger/0",
        )),
    ]
}
