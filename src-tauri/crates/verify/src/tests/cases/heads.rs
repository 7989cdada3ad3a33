//! Signed heads: who signed, in which form, for which ledger.

use super::*;
use ed25519_dalek::Signer as _;

pub(super) fn cases() -> Vec<Case> {
    let mut all = whole();
    all.extend(form());
    all.extend(signers());
    all
}

/// A head of any body, signed by the ledger and by the member.
fn note(body: &str) -> String {
    let line = |key: VerifierKey, seed: u8| {
        let signature = signing(seed).sign(body.as_bytes()).to_bytes();
        let bytes = [key.id().to_be_bytes().as_slice(), &signature].concat();
        format!("\u{2014} {} {}\n", key.name(), BASE64_STANDARD.encode(bytes))
    };
    format!("{body}\n{}{}", line(log_key(1), 1), line(member_key(2), 2))
}

fn body() -> String {
    head(&leaves(SIZE)).split_once("\n\n").unwrap().0.to_owned() + "\n"
}

fn whole() -> Vec<Case> {
    let seven = head(&leaves(SIZE));
    vec![
        case(0, "a signed head", seven.clone()),
        case(0, "a countersigned head", countersigned(&seven)).policy(strict()),
        case(0, "the same line twice", format!("{seven}{}\n", seven.lines().last().unwrap())),
        case(1, "a signed head and no keys", seven.clone()).without_policy(),
        case(1, "a head nobody countersigned", seven).policy(strict()),
    ]
}

/// Bodies that are signed and still are none of a ledger's.
fn form() -> Vec<Case> {
    let body = body();
    let root = body.lines().nth(2).unwrap();
    let bad = |why: &str, body: String| case(1, why, note(&body));
    vec![
        bad("a size with a zero before it", with(&body, "\n7\n", "\n07\n")),
        bad("a size with a sign", with(&body, "\n7\n", "\n+7\n")),
        bad("a size beyond every ledger", with(&body, "\n7\n", "\n281474976710657\n")),
        bad("a size beyond 64 bits", with(&body, "\n7\n", "\n18446744073709551616\n")),
        bad("a root of 31 bytes", with(&body, root, &BASE64_STANDARD.encode([9; 31]))),
        bad("a line too many", format!("{body}more\n")),
        bad("a line too few", body.lines().take(2).map(|line| format!("{line}\n")).collect()),
        bad("an origin of another kind of log", with(&body, "countersign/", "example.org/")),
        bad("an origin without a store", with(&body, "st-7f3k", "")),
        case(1, "a tab in the note", with(&note(&body), "\n7\n", "\n\t7\n")),
        case(1, "a dash in place of the long one", note(&body).replace('\u{2014}', "-")),
        case(1, "101 signatures", {
            let line = "\u{2014} example.org/other AAAAAAAAAAAA\n";
            format!("{}{}", note(&body), line.repeat(99))
        }),
    ]
}

fn signers() -> Vec<Case> {
    let by = |ledger: u8, member: u8| head_by(&leaves(SIZE), STORE, ledger, member);
    let lines: Vec<String> = by(1, 2).lines().map(|line| format!("{line}\n")).collect();
    let without = |at: usize| -> String {
        lines.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, line)| line.as_str()).collect()
    };
    let other = Policy::new(log_key(11), vec![member_key(12)]).unwrap();
    let strange =
        format!("{}{}", by(1, 2), by(11, 12).lines().skip(4).map(|l| format!("{l}\n")).collect::<String>());
    let forged = flipped_after(&countersigned(&by(1, 2)), "countersign/dpo ", 14);
    vec![
        case(0, "two more lines by keys nobody knows", strange),
        case(1, "another ledger key", by(11, 2)),
        case(1, "another member's key", by(1, 12)),
        case(1, "ledger and member with each other's keys", by(2, 1)),
        case(1, "only the member", without(4)),
        case(1, "only the ledger", without(5)),
        case(1, "a policy of other keys", by(1, 2)).policy(other),
        case(1, "the head of another store with its own keys", head_by(&leaves(SIZE), "st-other", 1, 2)),
        case(1, "the signature of an earlier head", {
            with(&by(1, 2), &lines[4], &format!("{}\n", head(&leaves(4)).lines().nth(4).unwrap()))
        }),
        case(1, "a countersignature with another time", forged).policy(strict()),
        case(1, "a countersignature of an earlier head", {
            let earlier = countersigned(&head(&leaves(4)));
            format!("{}{}\n", by(1, 2), earlier.lines().last().unwrap())
        })
        .policy(strict()),
    ]
}
