//! Values: texts in the ways exports write them, parsed without a guess at the single cell.

pub(crate) mod clock;
pub(crate) mod date;
pub(crate) mod number;
pub(crate) mod zone;

#[cfg(test)]
mod tests;

/// Whether a cell says "not given": the `missingValues` of every source schema, in any case.
#[inline]
pub(crate) fn is_missing(cell: &[u8]) -> bool {
    match cell {
        [] | [b'-'] => true,
        [b'N' | b'n', ..] if cell.len() <= 4 => {
            cell.eq_ignore_ascii_case(b"N/A")
                || cell.eq_ignore_ascii_case(b"NULL")
                || cell.eq_ignore_ascii_case(b"NA")
        }
        _ => false,
    }
}

/// Two ASCII digits.
#[inline]
pub(crate) fn two(bytes: &[u8]) -> Option<u32> {
    let (a, b) = (bytes[0].wrapping_sub(b'0'), bytes[1].wrapping_sub(b'0'));
    (a < 10 && b < 10).then_some(u32::from(a) * 10 + u32::from(b))
}
