//! What can be planted, and how strongly. No indicator reads this file: recall measured on it would be worthless.

use crate::member::Posting;
use crate::rng::Rng;
use serde::Serialize;

/// How far a planted behaviour stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Intensity {
    /// Little, in part of the period, under ordinary reasons.
    Subtle,
    Medium,
    /// Much, throughout.
    Blatant,
}

/// Lowest and highest of what is drawn: subtle, medium, blatant.
pub type Levels = [(i64, i64); 3];

/// Own-duty edits for gain by one officer, and quarters of an hour gained by each.
pub const SELF_EDITS: Levels = [(4, 5), (5, 9), (9, 14)];
pub const SELF_EDIT_QUARTERS: Levels = [(5, 7), (5, 12), (8, 16)];
/// Edits after the duty, their quarters of an hour, and how many days after.
pub const LATE_EDITS: Levels = [(4, 5), (4, 8), (8, 12)];
pub const LATE_EDIT_QUARTERS: Levels = [(5, 8), (8, 28), (16, 28)];
pub const LATE_EDIT_DAYS: Levels = [(1, 4), (2, 15), (2, 15)];
/// Members of a ring; edits of each for another, quarters of an hour gained by each.
pub const RING_MEMBERS: Levels = [(2, 3), (3, 5), (4, 6)];
pub const RING_EDITS: Levels = [(3, 4), (5, 8), (8, 12)];
pub const RING_QUARTERS: Levels = [(3, 5), (4, 8), (6, 12)];
/// Claims inside sickness or leave, and inside duties already paid.
pub const CLASHES_ABSENT: Levels = [(1, 1), (2, 3), (3, 5)];
pub const CLASHES_ON_DUTY: Levels = [(1, 1), (2, 3), (3, 5)];
/// Rest days claimed and spent elsewhere, and duties left at their end with overtime claimed.
pub const ABSENT_REST_DAYS: Levels = [(3, 3), (4, 6), (7, 10)];
pub const ABSENT_AFTER_DUTY: Levels = [(1, 2), (2, 4), (5, 8)];
/// Overtime hours a week, tenths, where peers have about twelve.
pub const OVERTIME_TENTHS: Levels = [(30, 38), (52, 62), (76, 88)];
/// Office days in a hundred, where eighty are asked for.
pub const OFFICE_PERCENT: Levels = [(66, 70), (48, 58), (15, 35)];
/// Working days in a hundred claimed as office and spent elsewhere.
pub const ABSENT_OFFICE_PERCENT: Levels = [(12, 14), (20, 25), (35, 45)];
/// Look-ups without a reason after each duty, hundredths.
pub const UNEXPLAINED_PER_DUTY: Levels = [(110, 140), (220, 280), (450, 600)];
/// Look-ups of one record without a case.
pub const SUBJECT_LOOKUPS: Levels = [(7, 9), (15, 25), (30, 45)];
/// Look-ups of the subjects of cases closed long ago.
pub const CLOSED_LOOKUPS: Levels = [(5, 6), (9, 14), (18, 28)];
/// Days for which a case has been closed before its subject is looked up again, and share of it off shift, in tenths.
pub const CLOSED_DAYS: i32 = 64;
pub const OFF_SHIFT_TENTHS: Levels = [(0, 0), (2, 2), (5, 5)];
/// Extra prints and exports after each duty from one day on, hundredths.
pub const BULK_PER_DUTY: Levels = [(80, 110), (220, 300), (500, 700)];
/// Complaints in 181 days.
pub const COMPLAINTS: Levels = [(10, 12), (18, 22), (28, 36)];
/// Complaints of one category or towards vulnerable people in 181 days.
pub const PATTERN_COMPLAINTS: Levels = [(4, 4), (5, 6), (7, 9)];
/// Registers without a declaration.
pub const MISSING_REGISTERS: Levels = [(1, 1), (2, 2), (3, 3)];
/// Days for which vetting has been lapsed at the end of the period.
pub const LAPSED_DAYS: Levels = [(40, 60), (70, 100), (110, 160)];
/// Hours a week of declared second work, and days of the sick leave during which it goes on.
pub const SECOND_WORK_HOURS: Levels = [(12, 16), (18, 24), (26, 36)];
pub const SECOND_WORK_SICK_DAYS: Levels = [(10, 14), (18, 26), (30, 45)];
/// Extra minutes after every duty, and minutes of a duty on rest days 2 and 3: 37.8 h a week become 52 to 63 h.
pub const LONG_WEEK_EXTRA: Levels = [(75, 75), (120, 120), (150, 150)];
pub const LONG_WEEK_REST_DUTY: Levels = [(420, 420), (510, 510), (600, 600)];
/// Spells of sickness in 181 days, mostly of a day or two.
pub const SICK_SPELLS: Levels = [(5, 5), (7, 8), (10, 12)];
/// Steps by which grades fall over the period, spells of sickness beside them, and days of the last one.
pub const GRADE_STEPS: Levels = [(2, 2), (3, 3), (4, 4)];
pub const FALLING_SPELLS: Levels = [(1, 1), (2, 2), (2, 3)];
pub const FALLING_SICK_DAYS: Levels = [(16, 17), (18, 21), (22, 26)];
/// Times the usual, tenths, in each of many small ways of an unusual profile.
pub const UNUSUAL_TENTHS: Levels = [(15, 17), (20, 24), (30, 36)];
/// Times the unit's usual rates, tenths, in a unit with a culture problem.
pub const CULTURE_TENTHS: Levels = [(22, 25), (30, 35), (42, 50)];

/// Share of the period in which a behaviour shows: subtle, medium, blatant.
pub const WINDOW: [f64; 3] = [0.5, 0.75, 1.0];
/// Of long weeks, so that seventeen of them, and five months without leave, fit into half a year.
pub const LONG_WINDOW: [f64; 3] = [0.9, 0.95, 1.0];

/// Whether somebody who takes no leave works long weeks too; the others work no more than their duties ask.
pub fn works_long(member: usize) -> bool {
    member.is_multiple_of(2)
}

/// Of those chosen, the share who work a shorter week, and who move or rise within the period, where there are any.
const PART_TIME: f64 = 0.2;
const ON_THE_MOVE: f64 = 0.1;

/// The posting in which the next is chosen, so that exposure and the peers of the time matter.
pub fn posting(rng: &mut Rng) -> Posting {
    match rng.unit() {
        draw if draw < PART_TIME => Posting::PartTime,
        draw if draw < PART_TIME + ON_THE_MOVE => Posting::OnTheMove,
        _ => Posting::Settled,
    }
}

impl Intensity {
    /// In the order in which officers of one behaviour are given theirs: a small force shows the plain ones.
    pub const TURNS: [Intensity; 3] = [Intensity::Blatant, Intensity::Medium, Intensity::Subtle];

    /// Draws within the level of this intensity.
    pub fn draw(self, rng: &mut Rng, levels: Levels) -> i64 {
        let (low, high) = levels[self as usize];
        rng.between(low, high)
    }
}

macro_rules! behaviours {
    ($($variant:ident = $id:literal, $note:literal;)*) => {
        /// A planted behaviour, named after the indicator that looks for it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Behaviour { $($variant),* }

        impl Behaviour {
            /// The indicator's id.
            pub fn as_str(self) -> &'static str {
                match self { $(Behaviour::$variant => $id),* }
            }
            /// What is done, in words.
            pub fn note(self) -> &'static str {
                match self { $(Behaviour::$variant => $note),* }
            }
        }
    };
}

behaviours! {
    RosterSelfEdit = "roster-self-edit", "lengthens own duties without authority or approver";
    RosterLateEdit = "roster-late-edit", "turns own duties into night duties days after they were worked, no approver";
    RosterRing = "roster-ring", "colleagues who lengthen each other's duties, no approver";
    OvertimeClash = "overtime-clash", "claims overtime during sickness, leave and duties already paid";
    OvertimeAbsent = "overtime-absent", "claims rest days and late finishes without having been there";
    OvertimeRate = "overtime-rate", "works many times the overtime of peers";
    AttendanceShare = "attendance-share", "stays far below the required share of office days without agreement";
    AttendanceClaim = "attendance-claim", "claims office days with no swipe while the site's readers worked";
    AccessUnexplained = "access-unexplained", "looks up many people for no case, incident or task";
    AccessSubject = "access-subject", "looks up one record over weeks without a case";
    AccessAfterClose = "access-after-close", "looks up the people of own cases long after they closed";
    AccessBulk = "access-bulk", "prints and exports far more from one day on";
    ComplaintRate = "complaint-rate", "draws many times the complaints of peers";
    ComplaintPattern = "complaint-pattern", "draws complaints of one kind, or from vulnerable people";
    DeclarationMissing = "declaration-missing", "returns no declaration, or lets vetting lapse";
    DeclarationContradicted = "declaration-contradicted", "declares no interest where one is known";
    SecondaryWorkClash = "secondary-work-clash", "goes on with declared second work while on sick leave";
    WorkingTime = "working-time", "takes no leave, and in every other case works far more than 48 hours a week";
    SicknessSupport = "sickness-support", "short spells of sickness again and again";
    PerformanceSupport = "performance-support", "falling grades with repeated sickness";
    ProfileUnusual = "profile-unusual", "a little more than usual in many ways at once";
    CultureUnit = "culture-unit", "a unit with more complaints, sickness, leavers and roster changes than others";
}

impl Behaviour {
    /// Those planted one by one; the rarest candidates choose first.
    pub const ALL: &[Behaviour] = &[
        Behaviour::RosterLateEdit,
        Behaviour::AttendanceClaim,
        Behaviour::AttendanceShare,
        Behaviour::ComplaintRate,
        Behaviour::ProfileUnusual,
        Behaviour::ComplaintPattern,
        Behaviour::OvertimeAbsent,
        Behaviour::OvertimeRate,
        Behaviour::WorkingTime,
        Behaviour::AccessUnexplained,
        Behaviour::AccessAfterClose,
        Behaviour::AccessBulk,
        Behaviour::AccessSubject,
        Behaviour::OvertimeClash,
        Behaviour::RosterSelfEdit,
        Behaviour::SicknessSupport,
        Behaviour::PerformanceSupport,
        Behaviour::SecondaryWorkClash,
        Behaviour::DeclarationContradicted,
        Behaviour::DeclarationMissing,
    ];

    /// Share of the period in which it shows.
    pub fn window(self, intensity: Intensity) -> f64 {
        let shares = match self {
            Behaviour::WorkingTime => LONG_WINDOW,
            // These need the whole period to become visible at all.
            Behaviour::PerformanceSupport | Behaviour::AccessAfterClose => [1.0; 3],
            _ => WINDOW,
        };
        shares[intensity as usize]
    }

    /// Whether it begins after a past of its own and goes on to the end.
    pub fn begins_late(self) -> bool {
        self == Behaviour::AccessBulk
    }
}
