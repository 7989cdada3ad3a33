//! Sound inputs, broken.

/// Numbers by xorshift: the same for the same seed.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }
    /// Below `end`, which is at least 1.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// What parsers trip over.
const TOKENS: [&str; 40] = [
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "-0",
    "18446744073709551615",
    "9007199254740993",
    "1.5",
    "NaN",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    "[[[[[[[[[[[[[[[[",
    ",",
    ":",
    "=",
    "\n",
    "\r\n",
    "\0",
    "\t",
    ";",
    "é",
    "\u{feff}",
    "\u{202e}",
    "\u{1f600}",
    "ß",
    "İ",
    "9999-12-31",
    "0000-00-00",
    "31/02/2026",
    "25:61",
    "-99999999999",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "OFC-0000-0000",
];

/// One of the seeds with one to six changes.
pub fn broken(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(6) {
        change(&mut bytes, seeds, chance);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let span = 1 + chance.below(40);
    let end = (at + span).min(bytes.len());
    match chance.below(9) {
        0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        1 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..end)),
        4 => {
            let copy = bytes[at..end].to_vec();
            let to = chance.below(bytes.len() + 1);
            bytes.splice(to..to, copy);
        }
        5 => {
            let other = &seeds[chance.below(seeds.len())];
            let from = chance.below(other.len() + 1);
            let piece = other[from..(from + span * 4).min(other.len())].to_vec();
            bytes.splice(at..end, piece);
        }
        6 => {
            let many = bytes[at..end].repeat(1 + chance.below(30));
            bytes.splice(at..at, many);
        }
        7 => {
            // A digit becomes another, which often leaves the form whole.
            let from = bytes[at..].iter().position(u8::is_ascii_digit);
            if let Some(found) = from {
                bytes[at + found] = b'0' + chance.below(10) as u8;
            }
        }
        _ => {
            let token = TOKENS[chance.below(TOKENS.len())].bytes();
            let end = if chance.below(2) == 0 { at } else { end };
            bytes.splice(at..end, token);
        }
    }
}
