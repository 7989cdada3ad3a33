//! Shared makings: two people, one pack of each kind.

mod chains;
mod doors;
mod properties;
mod redaction;
mod schemas;

use crate::*;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::SigningKey;
use ledger::Hash;
use model::Scope;

const STORE: &str = "K7F3M0XZ9C2D4E5A";
const DPO: &str = "age1dpo";
const REVIEWER: &str = "age1reviewer";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn person(role: Party, recipient: &str, key: &SigningKey) -> Sender {
    Sender {
        name: format!("{role:?} 1").to_lowercase(),
        recipient: recipient.into(),
        role,
        v: 1,
        verifying_key: BASE64_STANDARD.encode(key.verifying_key().as_bytes()),
    }
}

fn reviewer() -> Sender {
    person(Party::Reviewer, REVIEWER, &key(1))
}

fn dpo() -> Sender {
    person(Party::Dpo, DPO, &key(2))
}

fn draft(sender: Sender, to: &str) -> Draft {
    Draft {
        at: "2026-11-21T09:30:00Z".into(),
        previous: None,
        purpose: "for the weekly check".into(),
        sender,
        sequence: 1,
        store: STORE.into(),
        to: vec![Addressee { name: "somebody".into(), recipient: to.into() }],
    }
}

fn question() -> ChallengeBody {
    ChallengeBody {
        entry: 7,
        id: "C-7K2M0X".into(),
        leaf_hash: Hash([7; 32]),
        question: "Why was the name needed on a Sunday?".into(),
    }
}

/// A challenge from the data protection officer to the reviewer.
fn challenge() -> Written {
    write(draft(dpo(), REVIEWER), &question(), &key(2)).expect("a sound pack")
}

/// One written pack of each kind that has a body here.
fn one_of_each() -> Vec<Written> {
    let (from_dpo, from_reviewer) = (|| draft(dpo(), REVIEWER), || draft(reviewer(), DPO));
    let request = RequestBody {
        checkpoint: "head".into(),
        identity: IdentityProof {
            count: 2,
            import_leaf: "{}".into(),
            import_path: vec![Hash([1; 32])],
            index: 1,
            path: vec![],
            sealed: Base64(vec![1, 2, 3]),
        },
        justification: "{}".into(),
        leaf: "{}".into(),
        path: vec![Hash([2; 32])],
        salt: Base64(vec![0; 16]),
        vault: Base64(vec![9; 40]),
    };
    let grant = GrantBody {
        entry: 7,
        expires: "2026-11-24T09:30:00Z".into(),
        lead: "L-0001".into(),
        minutes: 15,
        officer: "OFC-7K2M-0XZ9".into(),
        request: Hash([3; 32]),
        scope: vec![Scope::Name],
        sealed: Base64(vec![4; 30]),
    };
    let ledger = LedgerBody {
        checkpoint: "head".into(),
        countersigned: vec![],
        extends: Some(Extends { size: 1, proof: vec![Hash([5; 32])] }),
        figures: vec![Figure { name: "leads".into(), count: 12 }],
        leaves: vec!["{}".into(), "{}".into()],
        members: vec![reviewer(), dpo()],
        name: "Court overtime".into(),
        policy: "log x\n".into(),
        texts: vec![Text { entry: 1, salt: Base64(vec![6; 16]), text: "because".into() }],
    };
    let answer = AnswerBody {
        answer: "The court sat on Monday morning.".into(),
        challenge: Some(challenge().hash),
        entry: 7,
        id: "C-7K2M0X".into(),
        leaf: "{}".into(),
        salt: Base64(vec![8; 16]),
    };
    let refusal =
        RefusalBody { entry: 7, reason: "The unit was not asked first.".into(), request: Hash([3; 32]) };
    let countersignature = CountersignatureBody { line: "— dpo x".into(), root: Hash([7; 32]), size: 20 };
    vec![
        challenge(),
        write(from_reviewer(), &request, &key(1)).expect("sound"),
        write(from_dpo(), &grant, &key(2)).expect("sound"),
        write(from_dpo(), &refusal, &key(2)).expect("sound"),
        write(from_dpo(), &countersignature, &key(2)).expect("sound"),
        write(from_reviewer(), &ledger, &key(1)).expect("sound"),
        write(from_reviewer(), &answer, &key(1)).expect("sound"),
    ]
}

/// The body of whatever kind it is, through its own type.
fn body_reads(pack: &Admitted) -> Result<(), PackError> {
    match pack.manifest().kind {
        Pack::Challenge => pack.body::<ChallengeBody>().map(drop),
        Pack::Request => pack.body::<RequestBody>().map(drop),
        Pack::Grant => pack.body::<GrantBody>().map(drop),
        Pack::Refusal => pack.body::<RefusalBody>().map(drop),
        Pack::Countersignature => pack.body::<CountersignatureBody>().map(drop),
        Pack::Ledger => pack.body::<LedgerBody>().map(drop),
        Pack::Answer => pack.body::<AnswerBody>().map(drop),
        kind => Err(PackError::WrongKind(kind)),
    }
}

fn admit(bytes: &[u8]) -> Result<Admitted, PackError> {
    let signed = Signed::read(bytes)?;
    let me = if signed.manifest().sender.role == Party::Dpo { REVIEWER } else { DPO };
    signed.admit(&Reader { me, store: Some(STORE), kinds: Pack::ALL, known: &[reviewer(), dpo()] })
}
