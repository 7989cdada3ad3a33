//! Policies read on their own, and policies that cannot be used for another file.

use super::*;
use sha2::{Digest as _, Sha256};

pub(super) fn cases() -> Vec<Case> {
    let alone = |exit: u8, why: &str, text: String| case(exit, why, text).without_policy();
    let (plain, strict) = (policy().to_string(), strict().to_string());
    let (log, member, dpo) = (log_key(1).to_string(), member_key(2).to_string(), dpo_key().to_string());
    let weak = {
        let typed = [[1].as_slice(), &[1], &[0; 31]].concat();
        let id = &log_key_id(&typed);
        format!("{}+{id}+{}", origin(), BASE64_STANDARD.encode(typed))
    };
    vec![
        alone(0, "a policy", plain.clone()),
        alone(0, "a policy with a witness", strict.clone()),
        alone(0, "comments, tabs and empty lines", format!("# keys\n\n{}", plain.replace(' ', "\t"))),
        alone(0, "a group of which any counts", with(&strict, "witnesses 1", "witnesses any")),
        alone(1, "no ledger key", format!("member {member}\nquorum none\n")),
        alone(1, "no quorum", format!("log {log}\n")),
        alone(1, "two quorums", format!("{plain}quorum none\n")),
        alone(1, "a quorum nobody defined", format!("log {log}\nquorum dpo\n")),
        alone(1, "a group that asks for more than it has", with(&strict, "witnesses 1", "witnesses 2")),
        alone(1, "a group that asks for none", with(&strict, "witnesses 1", "witnesses 0")),
        alone(1, "a witness in two groups", with(&strict, "quorum", "group more 1 w1\nquorum")),
        alone(1, "a key that stands twice", format!("{plain}member {member}\n")),
        alone(1, "the ledger key as a member", format!("{plain}member {log}\n")),
        alone(1, "a witness key as a member", format!("{plain}member {dpo}\n")),
        alone(1, "a member key as a witness", format!("{plain}witness dpo {member}\n")),
        alone(1, "one bit of a key", with(&plain, "AYqI4910", "AYqI4911")),
        alone(1, "one bit of a key's id", with(&plain, "+6ba3fae3+", "+6ba3fae2+")),
        alone(1, "one bit of a key's name", with(&plain, "st-7f3k+", "st-7f3j+")),
        alone(1, "a key that would accept forgeries", with(&plain, &log, &weak)),
        alone(1, "a line of another form", format!("{plain}trust me\n")),
        alone(1, "a carriage return", plain.replace('\n', "\r\n")),
        alone(1, "a policy cut in a key", plain[..60].to_owned()),
        case(2, "a proof with a policy that cannot be used", proof(3)).policy(format!("log {log}\n")),
        case(2, "a proof with a proof for a policy", proof(3)).policy(proof(3)),
        case(1, "a policy where a proof should be", plain),
    ]
}

/// The id a key with these bytes would have under the ledger's name: it is right, and the key still is not taken.
fn log_key_id(typed: &[u8]) -> String {
    use std::fmt::Write as _;
    let hash = Sha256::digest([origin().as_bytes(), b"\n", typed].concat());
    hash[..4].iter().fold(String::new(), |mut id, byte| {
        write!(id, "{byte:02x}").unwrap();
        id
    })
}
