//! Whatever happens to a pack on its way, its reader neither panics nor takes it.

use super::*;
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Change {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Drop(prop::sample::Index, usize),
    Insert(prop::sample::Index, Vec<u8>),
    Swap(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), 1u8..).prop_map(|(i, bits)| Change::Flip(i, bits)),
        at().prop_map(Change::Cut),
        (at(), 1usize..50).prop_map(|(i, n)| Change::Drop(i, n)),
        (at(), prop::collection::vec(any::<u8>(), 1..50)).prop_map(|(i, b)| Change::Insert(i, b)),
        (at(), at()).prop_map(|(i, j)| Change::Swap(i, j)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match change {
        Change::Flip(at, bits) => bytes[at.index(length)] ^= bits,
        Change::Cut(at) => bytes.truncate(at.index(length)),
        Change::Drop(at, count) => {
            let start = at.index(length);
            bytes.drain(start..(start + count).min(length));
        }
        Change::Insert(at, new) => {
            let at = at.index(length);
            bytes.splice(at..at, new.iter().copied());
        }
        Change::Swap(one, other) => bytes.swap(one.index(length), other.index(length)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_pack_of_any_kind_is_never_taken(
        which in 0usize..7,
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let whole = one_of_each().swap_remove(which).bytes;
        let mut bytes = whole.clone();
        changes.iter().for_each(|c| apply(&mut bytes, c));
        prop_assume!(bytes != whole);
        prop_assert!(Signed::read(&bytes).is_err());
    }

    #[test]
    fn bytes_that_were_never_a_pack_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(Signed::read(&bytes).is_err());
    }
}

/// A body that its sender signed after changing it: the reader of the kind meets it unprotected by the signature.
fn signed_with(body: &[u8], which: &Manifest) -> Vec<u8> {
    use ed25519_dalek::Signer as _;
    use sha2::Digest as _;
    let seed = if which.sender.role == Party::Dpo { 2 } else { 1 };
    let manifest = Manifest {
        body_bytes: body.len() as u64,
        body_hash: Hash(sha2::Sha256::digest(body).into()),
        ..which.clone()
    };
    let line = manifest.to_line().expect("plain data");
    let signature = key(seed).sign(&[b"countersign/pack/v1\n", &line[..]].concat());
    let signature = BASE64_STANDARD.encode(signature.to_bytes());
    [&line, &b"\n"[..], signature.as_bytes(), b"\n", body, b"\n"].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_signed_body_of_any_bytes_never_makes_its_reader_panic(
        which in 0usize..7,
        changes in prop::collection::vec(change(), 0..4),
    ) {
        let whole = one_of_each().swap_remove(which).bytes;
        let manifest = Signed::read(&whole).expect("sound").manifest().clone();
        let mut body = whole.split(|b| *b == b'\n').nth(2).expect("three lines").to_vec();
        changes.iter().for_each(|c| apply(&mut body, c));
        // Either refused or read; what is read is canonical, so it is the body its sender meant.
        if let Ok(pack) = admit(&signed_with(&body, &manifest)) {
            let _ = body_reads(&pack);
        }
    }
}
