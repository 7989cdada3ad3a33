//! Taking files in.

mod apart;
mod hashed;
mod inspect;
mod keep;
mod presence;
mod report;
mod take;

pub(crate) use hashed::Hashed;
pub(crate) use inspect::{inspect, remap, rezone, save_mapping};
pub(crate) use keep::entry_key;
pub(crate) use report::{list, report_text, report_view};
pub(crate) use take::take;

use crate::Error;
use crate::error::sentence;
use contract::ErrorCode;

impl From<intake::OpenError> for Error {
    fn from(e: intake::OpenError) -> Self {
        use intake::OpenError as E;
        let hint = "Nothing was imported. Export the file again as CSV, XLSX or Parquet.";
        let code = match &e {
            E::LineTooLong => ErrorCode::LineTooLong,
            E::UnpacksTooFar => ErrorCode::Limit,
            E::Corrupt(_) => ErrorCode::CorruptFile,
            E::Io(_) => ErrorCode::Io,
            E::Empty | E::WrongKind(_) | E::NoHeader => ErrorCode::UnknownFile,
        };
        Self::new(code, sentence(e), hint)
    }
}

impl From<intake::MappingError> for Error {
    fn from(e: intake::MappingError) -> Self {
        Self::new(ErrorCode::Mapping, sentence(e), "Nothing was imported. Mend the mapping and try again.")
    }
}
