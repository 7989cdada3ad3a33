//! A whole ledger in one file, and what can be said about it without the store.

use crate::{
    Check, Checkpoint, Leaf, LeafError, Policy, Report, fsck, leaf_hash, proof::check_signatures,
    read_unverified,
};
use serde::{Deserialize, Serialize};

const FORMAT: &str = "countersign-ledger/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: String,
    store: String,
    leaves: Vec<String>,
    checkpoint: String,
    policy: String,
}

/// Why a ledger cannot be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// An entry is not one the ledger accepts. Counted from 0.
    #[error("entry {0} cannot be exported: {1}")]
    Leaf(u64, LeafError),
    /// The document could not be written as JSON.
    #[error("the export could not be written as JSON")]
    Json,
}

/// The export document: entries as they were hashed, the signed head over all of them, and the keys to check it with.
pub fn build_export<B: AsRef<[u8]>>(
    store: &str,
    leaves: impl IntoIterator<Item = B>,
    checkpoint: &str,
    policy: &Policy,
) -> Result<String, ExportError> {
    let text = |(place, bytes): (u64, B)| {
        let bytes = bytes.as_ref();
        Leaf::parse(bytes).map_err(|error| ExportError::Leaf(place, error))?;
        String::from_utf8(bytes.to_owned()).map_err(|_| ExportError::Leaf(place, LeafError::Form))
    };
    let document = Document {
        format: FORMAT.into(),
        store: store.into(),
        leaves: (0..).zip(leaves).map(text).collect::<Result<_, _>>()?,
        checkpoint: checkpoint.into(),
        policy: policy.to_string(),
    };
    serde_json::to_string_pretty(&document).map_err(|_| ExportError::Json)
}

/// Everything that can be said about an export, in words; against `policy`, or else against the keys in the file itself.
pub fn verify_export(text: &str, policy: Option<&Policy>) -> Vec<Check> {
    let document = match read(text) {
        Ok(document) => document,
        Err(check) => return vec![check],
    };
    let report = fsck(&document.store, &document.leaves);
    let mut checks = report.checks.clone();
    checks.extend(match policy {
        Some(policy) => check_signatures(&document.checkpoint, policy),
        None => check_with_own_keys(&document),
    });
    checks.extend(check_over(&document.checkpoint, &document.store, &report));
    checks
}

/// The same of entries and a head that lie in a store: no document has to be made and read of them.
pub fn verify_entries<B: AsRef<[u8]>>(
    store: &str,
    leaves: &[B],
    checkpoint: &str,
    policy: &Policy,
) -> Report {
    let mut report = fsck(store, leaves);
    let head = check_over(checkpoint, store, &report);
    report.checks.extend(check_signatures(checkpoint, policy));
    report.checks.extend(head);
    report
}

/// Whether a head is over exactly these entries.
fn check_over(checkpoint: &str, store: &str, report: &Report) -> Vec<Check> {
    match read_unverified(checkpoint) {
        Ok(head) => check_head(&head, store, report.size(), report.root()).into(),
        Err(error) => vec![Check::failed("The signed head cannot be read", error.to_string())],
    }
}

fn read(text: &str) -> Result<Document, Check> {
    let document: Document = serde_json::from_str(text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Check::failed("This is not a ledger export that can be read", place)
    })?;
    if document.format == FORMAT {
        Ok(document)
    } else {
        Err(Check::failed("The export has a format this program does not know", ""))
    }
}

/// Whether the ledger of an export only grew since an earlier head: a signed checkpoint, or an earlier export with one.
///
/// Says nothing about the export itself: [`verify_export`] does.
pub fn verify_since(text: &str, earlier: &str, policy: Option<&Policy>) -> Vec<Check> {
    match read(text).and_then(|document| grown(&document, earlier, policy)) {
        Ok(check) | Err(check) => vec![check],
    }
}

fn grown(document: &Document, earlier: &str, policy: Option<&Policy>) -> Result<Check, Check> {
    let earlier = if earlier.trim_start().starts_with('{') { &read(earlier)?.checkpoint } else { earlier };
    let unsigned = |detail: String| Check::failed("The earlier head is not believed", detail);
    let own = document.policy.parse::<Policy>();
    let policy = match policy {
        Some(policy) => policy,
        None => own.as_ref().map_err(|error| unsigned(error.to_string()))?,
    };
    let head = policy.open(earlier).map_err(|error| unsigned(error.to_string()))?.checkpoint;
    let size = document.leaves.len() as u64;
    if head.store() != document.store {
        return Err(Check::failed("The earlier head belongs to another store", head.origin));
    }
    if head.size > size {
        let counts = format!("{} then, {size} now", head.size);
        return Err(Check::failed("The ledger is shorter than it was", counts));
    }
    let then = document.leaves.iter().take(usize::try_from(head.size).unwrap_or(usize::MAX));
    let tree: crate::Memory = then.map(|leaf| leaf_hash(leaf.as_bytes())).collect();
    if tree.root_at(head.size) != Some(head.root) {
        return Err(Check::failed(
            "Entries were changed since the earlier head",
            format!("root {}", head.root),
        ));
    }
    let what = format!(
        "The first {} entries are those of the earlier head; {} came since",
        head.size,
        size - head.size
    );
    Ok(Check::proved(what, format!("root {}", head.root)))
}

fn check_with_own_keys(document: &Document) -> Vec<Check> {
    let policy: Policy = match document.policy.parse() {
        Ok(policy) => policy,
        Err(error) => return vec![Check::failed("The keys in the file cannot be read", format!("{error}"))],
    };
    let fingerprints: Vec<_> =
        policy.keys().map(|key| format!("{} {}", key.name(), key.fingerprint())).collect();
    let mut checks = vec![Check::look(
        "The keys come from the file itself: compare them with those you were given, or give a policy",
        fingerprints.join("; "),
    )];
    checks.extend(check_signatures(&document.checkpoint, &policy));
    checks
}

fn check_head(head: &Checkpoint, store: &str, size: u64, root: crate::Hash) -> [Check; 2] {
    let origin = if head.store() == store {
        Check::proved("The signed head belongs to this store", head.origin.clone())
    } else {
        Check::failed("The signed head belongs to another store", head.origin.clone())
    };
    let same = if head.size != size {
        let counts = format!("signed {}, in the file {size}", head.size);
        Check::failed("The signed head counts another number of entries", counts)
    } else if head.root != root {
        let roots = format!("signed {}, recomputed {root}", head.root);
        Check::failed("The root recomputed from the entries is not the signed one", roots)
    } else {
        Check::proved("The root recomputed from the entries equals the signed one", root.to_string())
    };
    [origin, same]
}
