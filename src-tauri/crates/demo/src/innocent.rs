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
    PlannerPair ~ RosterRing, "roster editors who change each other's duties, with an approver";
    OutageDay ~ AttendanceClaim, "office day during a reader outage";
    ExactShare ~ AttendanceShare, "one agreed remote day each week, exactly the required share";
    ExportDesk ~ AccessBulk, "authorised exporter who prints and exports all the time";
    RecentJoiner ~ WorkingTime, "joined within the period and has taken no leave for the first weeks";
    QuickChangeover ~ WorkingTime, "one quick changeover from late to early";
    SingleDays ~ WorkingTime, "takes leave in single days only";
    TimeInLieu ~ WorkingTime, "takes time off in lieu and no annual leave";
    BusyOfficer ~ ComplaintRate, "four complaints in a busy unit";
    OneIncident ~ ComplaintPattern, "one matter with four allegations of one kind";
    OutageOvertime ~ OvertimeAbsent, "overtime on a rest day with a reader outage";
    OtherSite ~ OvertimeAbsent, "overtime at another site";
    BusyMonth ~ OvertimeRate, "one month of much overtime";
    HeavyUser ~ AccessUnexplained, "many look-ups, all for cases and incidents";
    Handover ~ AccessAfterClose, "look-ups of a case within ten days of its closure";
    Reopened ~ AccessAfterClose, "look-ups of a closed case that was opened again";
    TrialBundle ~ AccessBulk, "three days of printing for one trial";
    TeamCase ~ AccessSubject, "repeated look-ups of a record of a team member's case";
    OwnCase ~ AccessSubject, "repeated look-ups of a record of an own case";
    PaidMinimum ~ OvertimeClash, "two short claims inside one flat paid minimum";
    Adjoining ~ OvertimeClash, "overtime that begins the minute a duty ends";
    SwapCircle ~ RosterRing, "colleagues who swap duties with each other without gain";
    LateCorrection ~ RosterLateEdit, "late corrections by an editor, approved";
    OwnSwap ~ RosterSelfEdit, "own swaps without gain";
    LongIllness ~ SicknessSupport, "one long certified illness";
    Disability ~ SicknessSupport, "short absences recorded as disability";
    OneLowGrade ~ PerformanceSupport, "one low grade between good ones";
    FreeTimeWork ~ SecondaryWorkClash, "a few hours of declared second work, never while sick";
    EndedInterest ~ DeclarationContradicted, "an interest that had ended before the declaration";
    DeclaredInterest ~ DeclarationContradicted, "a known interest that was declared";
    Renewed ~ DeclarationMissing, "vetting renewed before it ran out";
    LateReturn ~ DeclarationMissing, "declarations returned some weeks late";
}
