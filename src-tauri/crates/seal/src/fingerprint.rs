//! Six words that two people can compare aloud.

use sha2::{Digest, Sha256};

/// The English word list of BIP-39, taken from the `bip39` crate 3.0.0 (CC0-1.0): 2048 words that differ in their first four letters.
const WORDS: &str = include_str!("words.txt");
const BITS_PER_WORD: u32 = 11;
const WORD_COUNT: u32 = 6;

/// The first 66 bits of SHA-256 over a domain and a text, as words.
pub(crate) fn words(domain: &[u8], text: &[u8]) -> String {
    let digest = Sha256::new().chain_update(domain).chain_update(text).finalize();
    let list: Vec<&str> = WORDS.lines().collect();
    let first: [u8; 16] = digest[..16].try_into().expect("SHA-256 gives 32 bytes");
    let bits = u128::from_be_bytes(first);
    (1..=WORD_COUNT)
        .map(|place| (bits >> (u128::BITS - BITS_PER_WORD * place)) as usize & 0x7ff)
        .map(|index| list[index])
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests;
