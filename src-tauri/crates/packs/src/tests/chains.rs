use super::*;

fn numbered(sequence: u64, previous: Option<Hash>, question_text: &str) -> Signed {
    let draft = Draft { sequence, previous, ..draft(dpo(), REVIEWER) };
    let body = ChallengeBody { question: question_text.into(), ..question() };
    Signed::read(&write(draft, &body, &key(2)).expect("sound").bytes).expect("sound")
}

fn judge(chain: &Chain, pack: &Signed) -> Result<Arrival, PackError> {
    chain.judge(pack.manifest(), pack.hash(), Gaps::Refused)
}

#[test]
fn packs_are_taken_in_the_order_they_were_made() {
    let (mut sent, mut taken) = (Chain::default(), Chain::default());
    for n in 1..=5 {
        let (sequence, previous) = sent.next();
        assert_eq!(sequence, n);
        let pack = numbered(sequence, previous, "Why?");
        sent.add(sequence, pack.hash());
        assert_eq!(judge(&taken, &pack), Ok(Arrival::New));
        taken.add(sequence, pack.hash());
        assert_eq!(judge(&taken, &pack), Ok(Arrival::Again));
    }
    assert_eq!(sent, taken);
}

#[test]
fn a_reused_number_a_gap_and_another_past_are_told_apart() {
    let first = numbered(1, None, "Why?");
    let mut chain = Chain::default();
    let second = numbered(2, Some(first.hash()), "Why?");
    let early = PackError::OutOfOrder { expected: 1, found: 2 };
    assert_eq!(judge(&chain, &second), Err(early));
    chain.add(1, first.hash());
    assert_eq!(judge(&chain, &numbered(1, None, "Why not?")), Err(PackError::NumberReused));
    assert_eq!(judge(&chain, &numbered(2, Some(Hash([9; 32])), "Why?")), Err(PackError::OtherPast));
    assert_eq!(judge(&chain, &second), Ok(Arrival::New));
}

#[test]
fn a_lost_pack_can_be_done_without_and_never_comes_back() {
    let first = numbered(1, None, "Why?");
    let second = numbered(2, Some(first.hash()), "And why then?");
    let third = numbered(3, Some(second.hash()), "And where?");
    let mut chain = Chain::default();
    chain.add(1, first.hash());
    assert_eq!(chain.judge(third.manifest(), third.hash(), Gaps::Accepted), Ok(Arrival::New));
    chain.add(3, third.hash());
    assert_eq!(judge(&chain, &second), Err(PackError::Replayed));
}

#[test]
fn other_people_and_other_kinds_have_another_line() {
    let to = |recipients: &[&str]| -> Vec<Addressee> {
        recipients.iter().map(|r| Addressee { name: "x".into(), recipient: (*r).into() }).collect()
    };
    let one = channel(STORE, Pack::Grant, &dpo(), &to(&["a", "b"]));
    assert_eq!(one, channel(STORE, Pack::Grant, &dpo(), &to(&["b", "a"])));
    assert_ne!(one, channel(STORE, Pack::Grant, &dpo(), &to(&["a"])));
    assert_ne!(one, channel("ANOTHERSTORE0000", Pack::Grant, &dpo(), &to(&["a", "b"])));
    assert_ne!(one, channel(STORE, Pack::Grant, &reviewer(), &to(&["a", "b"])));
    assert_ne!(one, channel(STORE, Pack::Refusal, &dpo(), &to(&["a", "b"])));
}
