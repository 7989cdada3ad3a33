use super::*;

#[test]
fn the_word_list_is_the_published_one() {
    let digest: String = Sha256::digest(WORDS).iter().map(|byte| format!("{byte:02x}")).collect();
    // SHA-256 of `english.txt` of BIP-39.
    assert_eq!(digest, "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
}

#[test]
fn the_words_are_the_first_six_groups_of_eleven_bits() {
    // SHA-256 of nothing begins e3b0c44298fc1c149a: 11100011101 10000110001 00010000101 00110001111 11000001110 00001010010.
    let list: Vec<&str> = WORDS.lines().collect();
    let expected = [0b11100011101, 0b10000110001, 0b00010000101, 0b00110001111, 0b11000001110, 0b00001010010];
    assert_eq!(words(b"", b""), expected.map(|index: usize| list[index]).join(" · "));
}
