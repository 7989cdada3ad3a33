//! Prints how long it takes to seal 46,000 identities on two threads: `cargo run --release -p seal --example seal_many`.
#![allow(clippy::print_stdout, reason = "printing the measurement is what it is for")]

use std::{thread, time::Instant};

use seal::{IdentityFields, VaultKey};

const OFFICERS: usize = 46_000;
const THREADS: usize = 2;

fn main() {
    let vault = VaultKey::generate();
    let start = Instant::now();
    let bytes: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|first| {
                let recipient = vault.recipient();
                scope.spawn(move || {
                    (first..OFFICERS).step_by(THREADS).map(|n| seal_one(&recipient, n)).sum::<usize>()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("sealing does not panic")).sum()
    });
    let seconds = start.elapsed().as_secs_f64();
    println!("{OFFICERS} identities on {THREADS} threads: {seconds:.2} s, {} bytes each", bytes / OFFICERS);
}

fn seal_one(recipient: &seal::VaultRecipient, number: usize) -> usize {
    let fields = IdentityFields {
        officer_id: format!("O-{number:05}"),
        forenames: "Alexandra Maria".into(),
        surname: format!("Example{number}"),
        unit: "Response North".into(),
        rank: "Constable".into(),
        contact: format!("ext {number}"),
        other_ids: vec![format!("W-{number}")],
        index_keys: vec!["0123456789abcdef".into(); 4],
    };
    let sealed = recipient.seal_identity("store-a", &format!("OFC-{number:09}"), &fields);
    sealed.expect("one sound recipient").len()
}
