//! Bytes with a first line that says what they are for, so that they cannot be passed off as something else.

use serde::Serialize;
use zeroize::Zeroizing;

use crate::OpenError;

/// Why sealed bytes were not opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenBytesError {
    /// The file does not open with the vault key.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It opens, but was sealed for another purpose or another store.
    #[error("this was sealed for another purpose or another store")]
    WrongPurpose,
}

/// The first line, keys in alphabetical order.
#[derive(Serialize)]
struct Frame<'a> {
    purpose: &'a str,
    store: &'a str,
    v: u32,
}

/// The first line for a purpose in a store, with its line end; JSON escapes any line end inside.
pub(crate) fn frame(purpose: &str, store_id: &str) -> String {
    let frame = Frame { purpose, store: store_id, v: 1 };
    let mut line = serde_json::to_string(&frame).expect("strings and a number always serialise");
    line.push('\n');
    line
}

/// Takes the expected first line off, in place.
pub(crate) fn unframe(
    mut framed: Zeroizing<Vec<u8>>,
    frame: &str,
) -> Result<Zeroizing<Vec<u8>>, OpenBytesError> {
    if !framed.starts_with(frame.as_bytes()) {
        return Err(OpenBytesError::WrongPurpose);
    }
    framed.drain(..frame.len());
    Ok(framed)
}
