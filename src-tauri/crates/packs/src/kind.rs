//! Which packs there are, who sends them to whom, and how large they may be.

use serde::{Deserialize, Serialize};

/// Who sends or receives a pack; written as on a member card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Party {
    Reviewer,
    Dpo,
    Representative,
    Custodian,
    Officer,
}

/// A kind of pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Pack {
    Lead,
    Reply,
    Ledger,
    Countersignature,
    Challenge,
    Answer,
    Request,
    Grant,
    Refusal,
    Notice,
}

const MIB: u64 = 1 << 20;

impl Pack {
    pub const ALL: &[Pack] = &[
        Pack::Lead,
        Pack::Reply,
        Pack::Ledger,
        Pack::Countersignature,
        Pack::Challenge,
        Pack::Answer,
        Pack::Request,
        Pack::Grant,
        Pack::Refusal,
        Pack::Notice,
    ];

    /// Sender and recipient.
    pub fn route(self) -> (Party, Party) {
        match self {
            Pack::Lead => (Party::Reviewer, Party::Representative),
            Pack::Reply => (Party::Representative, Party::Reviewer),
            Pack::Ledger | Pack::Request | Pack::Answer => (Party::Reviewer, Party::Dpo),
            Pack::Countersignature | Pack::Challenge | Pack::Grant | Pack::Refusal => {
                (Party::Dpo, Party::Reviewer)
            }
            Pack::Notice => (Party::Reviewer, Party::Officer),
        }
    }

    /// The name in a sentence: "a ledger pack".
    pub fn words(self) -> &'static str {
        match self {
            Pack::Lead => "a lead pack",
            Pack::Reply => "a reply",
            Pack::Ledger => "a ledger pack",
            Pack::Countersignature => "a countersignature",
            Pack::Challenge => "a challenge",
            Pack::Answer => "an answer to a challenge",
            Pack::Request => "a request for a name",
            Pack::Grant => "a grant",
            Pack::Refusal => "a refusal",
            Pack::Notice => "a notice",
        }
    }

    /// Whether each pack of this kind says all that the ones before it said: then a lost one is not missed.
    pub fn stands_alone(self) -> bool {
        self == Pack::Ledger
    }

    /// Largest body a reader accepts, in bytes; a ledger pack may hold a hundred thousand entries of 4 KiB.
    pub fn limit(self) -> u64 {
        match self {
            Pack::Ledger => 512 * MIB,
            Pack::Lead | Pack::Reply => 20 * MIB,
            _ => MIB,
        }
    }
}
