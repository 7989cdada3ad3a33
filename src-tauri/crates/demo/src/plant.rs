//! What can be planted, and how strongly. No indicator reads this file: recall measured on it would be worthless.

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
/// Claims inside sickness or leave, and inside duties already paid.
pub const CLASHES_ABSENT: Levels = [(1, 1), (2, 3), (3, 5)];
pub const CLASHES_ON_DUTY: Levels = [(1, 1), (2, 3), (3, 5)];
/// Working days in a hundred claimed as office and spent elsewhere.
pub const ABSENT_OFFICE_PERCENT: Levels = [(12, 14), (20, 25), (35, 45)];
/// Look-ups of one record without a case.
pub const SUBJECT_LOOKUPS: Levels = [(7, 9), (15, 25), (30, 45)];
/// Complaints in 181 days.
pub const COMPLAINTS: Levels = [(8, 10), (13, 18), (20, 28)];
/// Extra minutes after every duty, and minutes of a duty on rest days 2 and 3: 37.8 h a week become 52 to 63 h.
pub const LONG_WEEK_EXTRA: Levels = [(75, 75), (120, 120), (150, 150)];
pub const LONG_WEEK_REST_DUTY: Levels = [(420, 420), (510, 510), (600, 600)];

/// Share of the period in which a behaviour shows: subtle, medium, blatant.
pub const WINDOW: [f64; 3] = [0.5, 0.75, 1.0];
/// Of long weeks, so that seventeen of them fit into half a year.
pub const LONG_WINDOW: [f64; 3] = [0.8, 0.9, 1.0];

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
    OvertimeClash = "overtime-clash", "claims overtime during sickness, leave and duties already paid";
    AttendanceClaim = "attendance-claim", "claims office days with no swipe while the site's readers worked";
    AccessSubject = "access-subject", "looks up one record over weeks without a case";
    WorkingTime = "working-time", "works far more than 48 hours a week, without leave";
    ComplaintRate = "complaint-rate", "draws many times the complaints of peers";
}

impl Behaviour {
    /// Those planted one by one; the rarest candidates choose first.
    pub const ALL: &[Behaviour] = &[
        Behaviour::RosterLateEdit,
        Behaviour::AttendanceClaim,
        Behaviour::RosterSelfEdit,
        Behaviour::OvertimeClash,
        Behaviour::AccessSubject,
        Behaviour::WorkingTime,
        Behaviour::ComplaintRate,
    ];

    /// Share of the period in which it shows.
    pub fn window(self, intensity: Intensity) -> f64 {
        let shares = if self == Behaviour::WorkingTime { LONG_WINDOW } else { WINDOW };
        shares[intensity as usize]
    }
}
