//! The sealed exchange files between people: which there are, who sends them to whom, and how large they may be.
//!
//! Bodies, redaction and readers come with the exchange itself; nothing here is offered to a user yet.

/// Who sends or receives a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    Reviewer,
    Dpo,
    Representative,
    Officer,
}

/// A kind of pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pack {
    Lead,
    Reply,
    Ledger,
    Countersignature,
    Challenge,
    Request,
    Grant,
    Refusal,
    Notice,
}

impl Pack {
    pub const ALL: &[Pack] = &[
        Pack::Lead,
        Pack::Reply,
        Pack::Ledger,
        Pack::Countersignature,
        Pack::Challenge,
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
            Pack::Ledger | Pack::Request => (Party::Reviewer, Party::Dpo),
            Pack::Countersignature | Pack::Challenge | Pack::Grant | Pack::Refusal => {
                (Party::Dpo, Party::Reviewer)
            }
            Pack::Notice => (Party::Reviewer, Party::Officer),
        }
    }

    /// Largest file a reader accepts, in bytes; a ledger pack may hold a hundred thousand entries of 4 KiB.
    pub fn limit(self) -> u64 {
        match self {
            Pack::Ledger => 512 << 20,
            Pack::Lead => 20 << 20,
            _ => 1 << 20,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pack_is_sent_by_its_own_recipient() {
        for pack in Pack::ALL {
            let (from, to) = pack.route();
            assert_ne!(from, to, "{pack:?}");
        }
    }
}
