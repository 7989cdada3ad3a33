//! Honest things that a crude rule would flag.

use crate::plant::Behaviour;

macro_rules! innocents {
    ($($variant:ident ~ $resembles:ident, $note:literal;)*) => {
        /// Something honest that a crude rule would flag.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Innocent { $($variant),* }

        impl Innocent {
            /// The rarest candidates choose first.
            pub const ALL: &[Innocent] = &[$(Innocent::$variant),*];

            /// The behaviour it resembles.
            pub fn resembles(self) -> Behaviour {
                match self { $(Innocent::$variant => Behaviour::$resembles),* }
            }
            /// What is done, in words.
            pub fn note(self) -> &'static str {
                match self { $(Innocent::$variant => $note),* }
            }
        }
    };
}

innocents! {
    EditorWithApprover ~ RosterSelfEdit, "authorised roster editor, own duty, with an approver";
    OutageDay ~ AttendanceClaim, "office day during a reader outage";
    QuickChangeover ~ WorkingTime, "one quick changeover from late to early";
    BusyOfficer ~ ComplaintRate, "four complaints in a busy unit";
    TeamCase ~ AccessSubject, "repeated look-ups of a record of a team member's case";
    OwnCase ~ AccessSubject, "repeated look-ups of a record of an own case";
    PaidMinimum ~ OvertimeClash, "two short claims inside one flat paid minimum";
    Adjoining ~ OvertimeClash, "overtime that begins the minute a duty ends";
    LateCorrection ~ RosterLateEdit, "late corrections by an editor, approved";
    OwnSwap ~ RosterSelfEdit, "own swaps without gain";
}
