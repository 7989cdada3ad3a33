//! A sorted table of tokens, found by their leading bits.
//!
//! Tokens are keyed hashes and so spread evenly: the leading bits say where a token stands, at four bytes for every few
//! entries instead of a hash table's dozens. Tokens that are not spread evenly are still found, by halving.

/// Entries, on average, that share their leading bits.
const PER_BUCKET: usize = 4;

/// Pairs of token and value in order, without repeats.
#[derive(Debug)]
pub struct Tokens<V> {
    entries: Vec<(u64, V)>,
    /// First entry of each value of the leading bits, and the number of entries.
    starts: Vec<u32>,
    shift: u32,
}

impl<V> Default for Tokens<V> {
    fn default() -> Self {
        Self { entries: Vec::new(), starts: Vec::new(), shift: 0 }
    }
}

impl<V: Ord + Copy> Tokens<V> {
    /// Sorts the pairs and drops repeats.
    pub fn new(mut entries: Vec<(u64, V)>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        entries.shrink_to_fit();
        let bits = (entries.len() / PER_BUCKET).max(1).ilog2().max(1);
        let shift = 64 - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        entries.iter().for_each(|(token, _)| starts[(token >> shift) as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { entries, starts, shift }
    }

    fn position(&self, token: u64) -> (usize, usize) {
        let Some(bucket) = (!self.entries.is_empty()).then(|| (token >> self.shift) as usize) else {
            return (0, 0);
        };
        let (from, to) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        let inside = &self.entries[from..to];
        let first = inside.partition_point(|(t, _)| *t < token);
        let after = inside[first..].partition_point(|(t, _)| *t == token);
        (from + first, from + first + after)
    }

    /// Every pair of one token.
    pub fn all(&self, token: u64) -> &[(u64, V)] {
        let (from, to) = self.position(token);
        &self.entries[from..to]
    }

    /// Place of the first pair of a token.
    pub fn first(&self, token: u64) -> Option<u32> {
        let (from, to) = self.position(token);
        (from < to).then_some(from as u32)
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn bytes(&self) -> u64 {
        (self.entries.len() * size_of::<(u64, V)>() + self.starts.len() * 4) as u64
    }
}
