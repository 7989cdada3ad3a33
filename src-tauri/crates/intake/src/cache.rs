//! A bounded map from short byte strings to numbers: the same few ids and words come back millions of times.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// Longest key kept inline, in bytes; longer ones go to an ordinary map.
const INLINE: usize = 23;
/// Most long keys kept before the ordinary map starts over.
const LONG_LIMIT: usize = 16_384;

#[derive(Clone, Copy)]
struct Slot {
    /// The key; the last byte is its length plus one, so an empty slot matches nothing.
    key: [u64; 3],
    value: u64,
}

/// Exact, lossy, bounded: a lookup never answers for another key, but an entry may be forgotten.
pub(crate) struct ShortCache {
    slots: Vec<Slot>,
    mask: usize,
    /// Slots tried before an old entry is overwritten.
    probes: usize,
    long: HashMap<Box<[u8]>, u64, RandomState>,
}

/// A short key as three words that, with the length in the last byte, no other key shares. Overlapping loads instead of
/// a copy: a copy of unknown length followed by wide loads stalls.
#[inline]
fn inline(key: &[u8]) -> Option<[u64; 3]> {
    let eight = |at: usize| u64::from_le_bytes(key[at..at + 8].try_into().expect("eight bytes"));
    let four = |at: usize| u64::from(u32::from_le_bytes(key[at..at + 4].try_into().expect("four bytes")));
    let length = (key.len() as u64 + 1) << 56;
    Some(match key.len() {
        0 => [0, 0, length],
        n @ 1..=3 => {
            let byte = |at: usize| u64::from(key[at]);
            [byte(0) | byte(n / 2) << 8 | byte(n - 1) << 16, 0, length]
        }
        n @ 4..=7 => [four(0) | four(n - 4) << 32, 0, length],
        n @ 8..=16 => [eight(0), eight(n - 8), length],
        n @ 17..=INLINE => [eight(0), eight(8), length | eight(n - 8) >> 8],
        _ => return None,
    })
}

#[inline]
fn mix(key: &[u64; 3]) -> usize {
    let folded = |a: u64, b: u64| {
        let wide = u128::from(a) * u128::from(b);
        (wide as u64) ^ (wide >> 64) as u64
    };
    let first = folded(key[0] ^ 0x9E37_79B9_7F4A_7C15, key[1] ^ 0xD1B5_4A32_D192_ED03);
    folded(first ^ key[2], 0xA076_1D64_78BD_642F) as usize
}

impl ShortCache {
    /// A cache of `1 << bits` entries of 32 bytes. Few probes suit many different keys, more suit a set that fits.
    pub(crate) fn new(bits: u32, probes: usize) -> Self {
        let empty = Slot { key: [0; 3], value: 0 };
        Self { slots: vec![empty; 1 << bits], mask: (1 << bits) - 1, probes, long: HashMap::default() }
    }

    #[inline]
    pub(crate) fn get(&self, key: &[u8]) -> Option<u64> {
        let Some(words) = inline(key) else { return self.long.get(key).copied() };
        let home = mix(&words);
        let [a, b, c] = words;
        for probe in 0..self.probes {
            let slot = &self.slots[(home + probe) & self.mask];
            // Word by word: comparing the arrays would write the key to memory and stall on reading it back wider.
            if (slot.key[0] ^ a) | (slot.key[1] ^ b) | (slot.key[2] ^ c) == 0 {
                return Some(slot.value);
            }
            if slot.key[2] == 0 {
                return None;
            }
        }
        None
    }

    pub(crate) fn put(&mut self, key: &[u8], value: u64) {
        let Some(words) = inline(key) else {
            if self.long.len() >= LONG_LIMIT {
                self.long.clear();
            }
            self.long.insert(key.into(), value);
            return;
        };
        let home = mix(&words);
        let free = (0..self.probes).map(|p| (home + p) & self.mask).find(|at| {
            let slot = &self.slots[*at];
            slot.key[2] == 0 || slot.key == words
        });
        // A full neighbourhood loses the slot the newest key would have liked best.
        self.slots[free.unwrap_or(home & self.mask)] = Slot { key: words, value };
    }

    pub(crate) fn clear(&mut self) {
        self.slots.fill(Slot { key: [0; 3], value: 0 });
        self.long.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cache_never_answers_for_another_key() {
        let mut cache = ShortCache::new(6, 4);
        let text = "abcdefghijklmnopqrstuvwxyz0123456789";
        let mut keys: Vec<Vec<u8>> = (0..=text.len()).map(|n| text.as_bytes()[..n].to_vec()).collect();
        for at in 0..23 {
            // Keys that differ in one byte, in every place.
            let mut key = text.as_bytes()[..23].to_vec();
            key[at] = b'#';
            keys.push(key);
        }
        keys.push(b"ab\0".to_vec());
        for (n, key) in keys.iter().enumerate() {
            cache.put(key, n as u64);
            assert_eq!(cache.get(key), Some(n as u64));
            for (other, known) in keys.iter().enumerate() {
                assert!(cache.get(known).is_none_or(|v| v == other as u64));
            }
        }
    }
}
