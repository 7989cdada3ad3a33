//! A bounded map from short byte strings to numbers: the same few ids and words come back millions of times.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// Longest key kept inline, in bytes; longer ones go to an ordinary map.
const INLINE: usize = 23;
/// Most long keys kept before the ordinary map starts over.
const LONG_LIMIT: usize = 16_384;

/// Keys of `WORDS` words with their values. The last byte of a key is its length plus one, so an empty slot matches nothing.
struct Slots<const WORDS: usize> {
    slots: Vec<([u64; WORDS], u64)>,
    /// Slots tried before an old entry is overwritten.
    probes: usize,
}

/// Exact, lossy, bounded: a lookup never answers for another key, but an entry may be forgotten.
pub(crate) struct ShortCache {
    /// Up to seven bytes: most ids. Half the size of a slot is half the misses of the processor's cache.
    short: Slots<1>,
    middle: Slots<3>,
    long: HashMap<Box<[u8]>, u64, RandomState>,
}

/// A key as words that, with the length in the last byte, no other key shares. Overlapping loads instead of a copy: a copy
/// of unknown length followed by wide loads stalls.
enum Inline {
    Short([u64; 1]),
    Middle([u64; 3]),
    Long,
}

#[inline]
fn inline(key: &[u8]) -> Inline {
    let eight = |at: usize| u64::from_le_bytes(key[at..at + 8].try_into().expect("eight bytes"));
    let four = |at: usize| u64::from(u32::from_le_bytes(key[at..at + 4].try_into().expect("four bytes")));
    let length = (key.len() as u64 + 1) << 56;
    match key.len() {
        0 => Inline::Short([length]),
        n @ 1..=3 => {
            let byte = |at: usize| u64::from(key[at]);
            Inline::Short([byte(0) | byte(n / 2) << 8 | byte(n - 1) << 16 | length])
        }
        n @ 4..=7 => Inline::Short([four(0) | four(n - 4) << (8 * (n - 4)) | length]),
        n @ 8..=16 => Inline::Middle([eight(0), eight(n - 8), length]),
        n @ 17..=INLINE => Inline::Middle([eight(0), eight(8), length | eight(n - 8) >> 8]),
        _ => Inline::Long,
    }
}

impl<const WORDS: usize> Slots<WORDS> {
    fn new(bits: u32, probes: usize) -> Self {
        Self { slots: vec![([0; WORDS], 0); 1 << bits], probes }
    }

    /// Where a key may stand, the place it likes best first.
    #[inline]
    fn places(&self, key: &[u64; WORDS]) -> impl Iterator<Item = usize> + use<WORDS> {
        let folded = |a: u64, b: u64| {
            let wide = u128::from(a) * u128::from(b);
            (wide as u64) ^ (wide >> 64) as u64
        };
        let start = 0x9E37_79B9_7F4A_7C15;
        let home = key.iter().fold(start, |mixed, word| folded(mixed ^ word, 0xA076_1D64_78BD_642F)) as usize;
        let mask = self.slots.len() - 1;
        (0..self.probes).map(move |probe| (home + probe) & mask)
    }

    #[inline]
    fn get(&self, key: [u64; WORDS]) -> Option<u64> {
        for place in self.places(&key) {
            let (held, value) = &self.slots[place];
            // Word by word: comparing the arrays would write the key to memory and stall on reading it back wider.
            if held.iter().zip(key).fold(0, |unlike, (a, b)| unlike | (a ^ b)) == 0 {
                return Some(*value);
            }
            if held[WORDS - 1] == 0 {
                return None;
            }
        }
        None
    }

    fn put(&mut self, key: [u64; WORDS], value: u64) {
        let free = |place: &usize| self.slots[*place].0[WORDS - 1] == 0 || self.slots[*place].0 == key;
        // A full neighbourhood loses the slot the newest key would have liked best.
        let place = self.places(&key).find(free).or_else(|| self.places(&key).next());
        if let Some(place) = place {
            self.slots[place] = (key, value);
        }
    }
}

impl ShortCache {
    /// A cache of `1 << bits` entries. Few probes suit many different keys, more suit a set that fits.
    pub(crate) fn new(bits: u32, probes: usize) -> Self {
        Self { short: Slots::new(bits, probes), middle: Slots::new(bits, probes), long: HashMap::default() }
    }

    #[inline]
    pub(crate) fn get(&self, key: &[u8]) -> Option<u64> {
        match inline(key) {
            Inline::Short(words) => self.short.get(words),
            Inline::Middle(words) => self.middle.get(words),
            Inline::Long => self.long.get(key).copied(),
        }
    }

    pub(crate) fn put(&mut self, key: &[u8], value: u64) {
        match inline(key) {
            Inline::Short(words) => self.short.put(words, value),
            Inline::Middle(words) => self.middle.put(words, value),
            Inline::Long => {
                if self.long.len() >= LONG_LIMIT {
                    self.long.clear();
                }
                self.long.insert(key.into(), value);
            }
        }
    }

    pub(crate) fn clear(&mut self) {
        self.short.slots.fill(([0; 1], 0));
        self.middle.slots.fill(([0; 3], 0));
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
