//! What leaves the store for a verifier.

use super::*;

#[test]
fn a_proof_and_the_exact_bytes_of_its_entry_leave_side_by_side() {
    let desk = Desk::open();
    let (proof, leaf) = (desk.folder.path().join("3.tlog-proof"), desk.folder.path().join("3.json"));
    let request = ProofRequest { seq: 3, path: proof.display().to_string() };
    desk.app.export_proof_beside(request, Some(&leaf)).expect("written");
    let (text, bytes) = (std::fs::read_to_string(proof).unwrap(), std::fs::read(leaf).unwrap());
    assert_eq!(ledger::Leaf::parse(&bytes).expect("an entry").seq, 3);
    let policy = desk.app.ledger_keys().expect("keys").parse().expect("a policy");
    let bare: String =
        text.lines().filter(|line| !line.starts_with("extra ")).map(|line| format!("{line}\n")).collect();
    assert!(ledger::all_hold(&ledger::check_proof(&bare, Some(&bytes), Some(&policy))));
    assert!(!ledger::all_hold(&ledger::check_proof(&bare, Some(&bytes[1..]), Some(&policy))));
}
