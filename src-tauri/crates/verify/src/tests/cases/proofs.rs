//! Proof files: whole ones, and every part of one changed, cut or added to.

use super::*;

pub(super) fn cases() -> Vec<Case> {
    let mut all = whole();
    all.extend(one_bit());
    all.extend(cut_and_added());
    all
}

fn whole() -> Vec<Case> {
    let seven = head(&leaves(SIZE));
    let cosigned = proof_of(&leaves(SIZE), 5, &countersigned(&seven));
    let bare = without_extra(&proof(2));
    let unknown = format!("{}\u{2014} example.org/other AAAAAAAAAAAA\n", proof(4));
    let entry = |seq| String::from_utf8(super::entry(seq).to_bytes().unwrap()).unwrap();
    vec![
        case(0, "the first entry", proof(0)),
        case(0, "an entry in the middle", proof(3)),
        case(0, "the last entry", proof(6)),
        case(0, "the only entry of a ledger", proof_of(&leaves(1), 0, &head(&leaves(1)))),
        case(0, "a countersigned head under a policy that asks for it", cosigned.clone()).policy(strict()),
        case(0, "a countersigned head under a policy that knows no witness", cosigned),
        case(0, "a signature by a key nobody knows is ignored", unknown),
        case(0, "the entry in a file of its own", bare.clone()).leaf(entry(2)),
        case(0, "the entry in a file of its own that an editor ended with a newline", bare.clone())
            .leaf(format!("{}\n", entry(2))),
        case(1, "the entry is neither in the proof nor given", bare.clone()),
        case(1, "another entry is given", bare.clone()).leaf(entry(3)),
        case(1, "the entry given is cut", bare.clone()).leaf(&entry(2)[..40]),
        case(1, "the entry given has two newlines after it", bare).leaf(format!("{}\n\n", entry(2))),
        case(1, "no keys are given", proof(3)).without_policy(),
        case(1, "the policy asks for a countersignature and there is none", proof(5)).policy(strict()),
    ]
}

fn without_extra(proof: &str) -> String {
    proof.lines().filter(|line| !line.starts_with("extra ")).map(|line| format!("{line}\n")).collect()
}

fn one_bit() -> Vec<Case> {
    let text = proof_of(&leaves(SIZE), 3, &countersigned(&head(&leaves(SIZE))));
    // Each hash by its first letters; the bit after them is flipped.
    let hashes: Vec<&str> = text.lines().skip(3).take(3).map(|hash| &hash[..10]).collect();
    let root = tree(&leaves(SIZE)).root_at(SIZE).unwrap().to_string();
    let (ledger, member) = ("\n\u{2014} countersign/st-7f3k ", "/reviewer-1 ");
    let marks = [
        ("the format's name", "c2sp.org/tlog-", 0),
        ("the format's version", "tlog-proof@v", 0),
        ("the word extra", "@v1\n", 0),
        ("the entry", "extra ", 5),
        ("the index", "index ", 0),
        ("the first hash of the path", hashes[0], 0),
        ("the second hash of the path", hashes[1], 0),
        ("the third hash of the path", hashes[2], 0),
        ("the origin", "\n\ncountersign/st-", 0),
        ("the size", "\n\ncountersign/st-7f3k\n", 0),
        ("the root", &root[..10], 0),
        ("the name of the ledger key", "\n\u{2014} countersign/st-", 0),
        ("the id of the ledger key", ledger, 0),
        ("the ledger's signature", ledger, 20),
        ("the name of the member's key", "\n\u{2014} countersign/st-7f3k/", 0),
        ("the id of the member's key", member, 0),
        ("the member's signature", member, 20),
        ("the name of the witness's key", "\n\u{2014} countersign/d", 0),
        ("the id of the witness's key", "countersign/dpo ", 0),
        ("the time of the countersignature", "countersign/dpo ", 14),
        ("the countersignature", "countersign/dpo ", 30),
    ];
    let flip = |(what, mark, further): (&str, &str, usize)| {
        let changed = flipped_after(&text, mark, further);
        case(1, &format!("one bit of a proof: {what}"), changed).policy(strict())
    };
    marks.map(flip).into()
}

fn cut_and_added() -> Vec<Case> {
    let text = proof(3);
    let hash = text.lines().nth(3).unwrap();
    let many = format!("{hash}\n").repeat(65);
    let bad = |why: &str, file: String| case(1, why, file);
    vec![
        bad("an empty file", String::new()),
        bad("only the header", "c2sp.org/tlog-proof@v1\n".into()),
        bad("cut in the entry", text[..60].into()),
        bad("cut before the head", text.split_once("\n\n").unwrap().0.into()),
        bad("cut before the last signature", text.rsplit_once("\n\u{2014}").unwrap().0.into()),
        bad("cut in the last signature", text[..text.len() - 20].into()),
        bad("without the last newline", text[..text.len() - 1].into()),
        bad("a byte after the end", format!("{text}x")),
        bad("an empty line after the end", format!("{text}\n")),
        bad("a line before the index", with(&text, "index ", "note hello\nindex ")),
        bad("two extra lines", with(&text, "extra ", "extra AAAA\nextra ")),
        bad("an index with a zero before it", with(&text, "index 3", "index 03")),
        bad("an index with a sign", with(&text, "index 3", "index +3")),
        bad("an index below zero", with(&text, "index 3", "index -3")),
        bad("an index past the end", with(&text, "index 3", "index 7")),
        bad("an index of another entry", with(&text, "index 3", "index 2")),
        bad("one hash more", with(&text, hash, &format!("{hash}\n{hash}"))),
        bad("more hashes than any tree needs", with(&text, hash, many.trim_end())),
        bad("one hash less", with(&text, &format!("{hash}\n"), "")),
        bad("two hashes in another order", swapped(&text)),
        bad("a hash of 31 bytes", with(&text, hash, &BASE64_STANDARD.encode([7; 31]))),
        bad("a hash without its padding", with(&text, hash, hash.trim_end_matches('='))),
        bad("lines that end as on Windows", text.replace('\n', "\r\n")),
        bad("a byte order mark", format!("\u{feff}{text}")),
        bad("a later version", with(&text, "tlog-proof@v1", "tlog-proof@v2")),
        bad("some other text", "not a proof\n".into()),
        case(1, "bytes that are no text", [text.as_bytes(), &[0xff]].concat()),
    ]
}

fn swapped(text: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    lines.swap(3, 4);
    lines.join("\n")
}
