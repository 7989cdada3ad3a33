//! Pure domain types: what an officer, a source, a finding, a lead and a justification are. No I/O, no clock, no keys.

pub mod finding;
pub mod gate;
pub mod ids;
pub mod justification;
pub mod lead;
pub mod report;
pub mod schema;
pub mod subject;
pub mod table;
pub mod time;

pub use finding::{ArithmeticLine, EvidenceRow, Finding, Nature, PeerPoint, Peers, Skipped};
pub use gate::{Gate, GateError, Regime};
pub use ids::{ImportId, LeadId, Locator, NO_OFFICER, OfficerIndex, ParseIdError, Pseudonym, StoreId, Token};
pub use justification::{Justification, JustificationError, Purpose, RawJustification, Scope};
pub use lead::{Agreement, Decision, DecisionError, Lead, Outcome, Priority, Route, State};
pub use report::{DroppedColumn, ImportReport, Rejected, SheetRows, WeekCount};
pub use schema::{Field, FieldRole, SourceKind, SourceSchema};
pub use subject::Subject;
pub use table::{Column, NO_DATE, NO_INSTANT, NO_NUMBER, PARTITIONS, Table, Words};

#[cfg(test)]
mod tests;
