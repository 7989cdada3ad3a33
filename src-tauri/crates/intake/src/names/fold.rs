//! Folding: case and accents away, with the way back to the original text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded text; `origin[i]` is where in the original the folded byte `i` comes from.
pub(super) struct Folded {
    pub(super) text: String,
    pub(super) origin: Vec<u32>,
}

/// Lower case, no accents, every apostrophe and dash the plain one, every blank a blank.
pub(super) fn fold(text: &str) -> Folded {
    let mut out = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        let start = out.len();
        if c.is_ascii() {
            out.push(if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() });
        } else {
            push(c, &mut out);
        }
        origin.resize(origin.len() + out.len() - start, at as u32);
    }
    origin.push(text.len() as u32);
    Folded { text: out, origin }
}

fn push(c: char, out: &mut String) {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => out.push('\''),
        '\u{2010}'..='\u{2015}' => out.push('-'),
        'ß' => out.push_str("ss"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'æ' | 'Æ' => out.push_str("ae"),
        c if c.is_whitespace() => out.push(' '),
        c => {
            let plain = std::iter::once(c).nfkd().filter(|d| !is_combining_mark(*d));
            out.extend(plain.flat_map(char::to_lowercase));
        }
    }
}

/// The folded text alone, blanks collapsed: the form of a pattern.
pub(super) fn pattern(text: &str) -> String {
    fold(text).text.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}
