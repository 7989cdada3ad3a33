//! C2SP signed notes: a body, an empty line, and signature lines.

use crate::{Algorithm, Hash, VerifierKey};
use signed_note::{Note, Signature, VerificationError, Verifier, Verifiers};

/// A note whose form is right and whose signatures nobody has checked yet.
pub(crate) struct Unchecked {
    note: Note,
    signatures: Vec<Signature>,
}

/// Why a note is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoteError {
    Malformed,
    /// A line that names a known key does not verify.
    Forged,
    /// No known key signed it.
    Unsigned,
}

struct Known<'a>(&'a [VerifierKey]);

impl Verifiers for Known<'_> {
    fn verifier(&self, name: &str, id: u32) -> Result<&dyn Verifier, VerificationError> {
        match self.0.iter().find(|key| key.name() == name && key.id() == id) {
            Some(key) => Ok(key),
            None => Err(VerificationError::UnknownKey { name: name.to_owned(), id }),
        }
    }
}

impl Unchecked {
    pub(crate) fn parse(text: &str) -> Result<Self, NoteError> {
        let malformed = |_| NoteError::Malformed;
        let note = Note::from_bytes(text.as_bytes()).map_err(malformed)?;
        let (_, tail) = text.rsplit_once("\n\n").ok_or(NoteError::Malformed)?;
        let signatures = tail
            .lines()
            .map(|line| Signature::from_bytes(line.as_bytes()))
            .collect::<Result<_, _>>()
            .map_err(malformed)?;
        Ok(Self { note, signatures })
    }

    pub(crate) fn body(&self) -> &str {
        std::str::from_utf8(self.note.text()).expect("parsed from a str")
    }

    /// The known keys that signed, each with the bytes of its signature.
    pub(crate) fn verify<'k>(
        &self,
        known: &'k [VerifierKey],
    ) -> Result<Vec<(&'k VerifierKey, Vec<u8>)>, NoteError> {
        let (verified, _) = self.note.verify(&Known(known)).map_err(|error| match error {
            signed_note::NoteError::UnverifiedNote => NoteError::Unsigned,
            _ => NoteError::Forged,
        })?;
        let key = |signature: &Signature| {
            known.iter().find(|key| key.name() == signature.name() && key.id() == signature.id())
        };
        Ok(verified.iter().filter_map(|s| key(s).map(|key| (key, s.signature().to_owned()))).collect())
    }

    /// The same note with this signature, in the place of any other by the same key.
    pub(crate) fn with(mut self, new: Signature) -> Result<String, NoteError> {
        self.signatures.retain(|old| old.name() != new.name() || old.id() != new.id());
        self.signatures.push(new);
        write(self.body(), &self.signatures)
    }
}

pub(crate) fn write(body: &str, signatures: &[Signature]) -> Result<String, NoteError> {
    let note = Note::new(body.as_bytes(), signatures).map_err(|_| NoteError::Malformed)?;
    String::from_utf8(note.to_bytes()).map_err(|_| NoteError::Malformed)
}

pub(crate) fn signature(key: &VerifierKey, bytes: Vec<u8>) -> Result<Signature, NoteError> {
    Signature::new(key.name().to_owned(), key.id(), bytes).map_err(|_| NoteError::Malformed)
}

/// Who of the known keys signed, told apart by what their signatures mean for a log of this origin.
pub(crate) struct Signers<'k> {
    pub(crate) ledger: bool,
    pub(crate) members: Vec<&'k VerifierKey>,
    pub(crate) witnesses: Vec<(&'k VerifierKey, u64)>,
}

impl<'k> Signers<'k> {
    pub(crate) fn sort(origin: &str, signed: Vec<(&'k VerifierKey, Vec<u8>)>) -> Self {
        let mut signers = Self { ledger: false, members: Vec::new(), witnesses: Vec::new() };
        for (key, bytes) in signed {
            let of_this_log = key.name().strip_prefix(origin);
            match (key.algorithm(), of_this_log) {
                (Algorithm::Cosignature, _) => {
                    signers.witnesses.extend(crate::cosign::split_time(&bytes).map(|(time, _)| (key, time)));
                }
                (Algorithm::Note, Some("")) => signers.ledger = true,
                (Algorithm::Note, Some(rest)) if rest.starts_with('/') => signers.members.push(key),
                (Algorithm::Note, _) => {}
            }
        }
        signers
    }
}

/// The three lines of a tree head (C2SP tlog-checkpoint), without extension lines, in their only byte form.
pub(crate) fn parse_head(body: &str) -> Option<(String, u64, Hash)> {
    let head = tlog_tiles::Checkpoint::from_bytes(body.as_bytes()).ok()?;
    let same = head.extension().is_empty() && head.to_bytes() == body.as_bytes();
    same.then(|| (head.origin().to_owned(), head.size(), (*head.hash()).into()))
}
