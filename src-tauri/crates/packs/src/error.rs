//! Why a pack is not taken, in words its reader understands. No error carries what the pack says.

use crate::Pack;

/// Why a pack is refused; nothing of it has been acted on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Sealed to, or signed for, other people.
    #[error("this pack is for someone else")]
    ForSomeoneElse,
    /// Signed by a key that is not known here, or that may not send this kind of pack.
    #[error("the sender of this pack is not one you know")]
    UnknownSender,
    /// Known, but in a role that does not send such packs.
    #[error("the sender of this pack has a role that does not send {}", .0.words())]
    SenderRole(Pack),
    /// An earlier pack of the same sender has not arrived.
    #[error("this is the sender's number {found} of its kind, but number {expected} has not arrived yet")]
    OutOfOrder {
        /// The number that should come next.
        expected: u64,
        /// The number it has.
        found: u64,
    },
    /// Taken before, or passed over by a later one.
    #[error("this pack was taken before, or a later one of its kind was")]
    Replayed,
    /// Two different packs with one number: the sender's program was put back, or somebody is shown something else.
    #[error("another pack with the same number came from this sender before")]
    NumberReused,
    /// It names another pack as the one before it.
    #[error("this pack does not follow the last one that came from this sender")]
    OtherPast,
    /// Signature or hash do not hold.
    #[error("this pack was altered after it was signed")]
    Altered,
    /// It ends too early.
    #[error("this pack is cut off")]
    Truncated,
    /// Larger than its kind may be.
    #[error("this pack is larger than the {limit} bytes its kind may have")]
    TooLarge {
        /// The limit of the kind, in bytes.
        limit: u64,
    },
    /// Made by a later version of the program.
    #[error("this pack was made by a newer version of the program")]
    UnknownVersion,
    /// Another kind than the one that is needed here.
    #[error("this is {}, which is not what is needed here", .0.words())]
    WrongKind(Pack),
    /// Of another store.
    #[error("this pack belongs to another store")]
    OtherStore,
    /// No pack at all.
    #[error("this is not a pack")]
    NotAPack,
    /// Signed, but not in the form of its kind.
    #[error("this pack is signed, but its content is not of the form that {} has", .0.words())]
    Form(Pack),
}

/// Why a pack was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// Nobody to send it to.
    #[error("a pack needs somebody to send it to")]
    NoRecipient,
    /// Store, purpose, names or number are out of range.
    #[error("the store, purpose, number or people of this pack are not in order")]
    Header,
    /// The body breaks the limits of its own kind.
    #[error("the content is not of the form of its kind, or too large")]
    Body,
    /// The key does not belong to the sender named.
    #[error("the signing key is not the sender's")]
    Key,
}
