//! The shape of each export: file, delimiter, encoding, and its columns by schema field and by foreign header.

use model::SourceKind;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf8Bom,
    /// Only letters that Latin-1 has at the same place.
    Windows1252,
}

/// How one kind is exported.
#[derive(Debug)]
pub struct Layout {
    pub kind: SourceKind,
    pub name: &'static str,
    pub delimiter: u8,
    pub encoding: Encoding,
    /// Whether dates read `09/03/2026` rather than `2026-03-09`.
    pub day_first: bool,
    /// Schema field and header of each column.
    pub columns: &'static [(&'static str, &'static str)],
}

impl Layout {
    /// The layout of a kind.
    pub fn of(kind: SourceKind) -> &'static Layout {
        LAYOUTS.iter().find(|layout| layout.kind == kind).expect("every kind has a layout: tested")
    }
}

const fn iso(
    kind: SourceKind,
    name: &'static str,
    delimiter: u8,
    encoding: Encoding,
    columns: &'static [(&'static str, &'static str)],
) -> Layout {
    Layout { kind, name, delimiter, encoding, day_first: false, columns }
}

const fn uk(
    kind: SourceKind,
    name: &'static str,
    delimiter: u8,
    encoding: Encoding,
    columns: &'static [(&'static str, &'static str)],
) -> Layout {
    Layout { kind, name, delimiter, encoding, day_first: true, columns }
}

/// Each kind as a different system would give it; a small force has its overtime in a workbook instead.
#[rustfmt::skip]
static LAYOUTS: &[Layout] = &[
    uk(SourceKind::Officers, "officers.csv", b';', Encoding::Windows1252, &[
        ("officer", "Staff Number"), ("other_ids", "Login"), ("forenames", "Forename"), ("surname", "Surname"),
        ("contact", "Work e-mail address"), ("rank", "Rank"), ("role", "Post"), ("unit", "Unit Name"),
        ("unit_type", "Unit Type"), ("supervisor", "Line Manager"), ("shift_pattern", "Shift Pattern"),
        ("contract_hours", "Contract Hours"), ("fte", "FTE"), ("from", "Effective From"), ("until", "Effective To"),
        ("joined", "Date Joined"), ("left", "Date Left"), ("category", "Staff Category"),
    ]),
    iso(SourceKind::Authorities, "authorities.csv", b',', Encoding::Utf8, &[
        ("officer", "Staff Number"), ("kind", "Authority"), ("from", "Valid From"), ("until", "Valid Until"),
    ]),
    iso(SourceKind::Duties, "duties.csv", b',', Encoding::Utf8, &[
        ("officer", "Employee ID"), ("start", "Duty Start"), ("end", "Duty End"), ("kind", "Duty Type"),
        ("place", "Work Place"), ("unit", "Unit Name"),
    ]),
    uk(SourceKind::RosterEdits, "roster-edits.csv", b'\t', Encoding::Utf8, &[
        ("at", "Changed At"), ("editor", "Changed By"), ("officer", "Employee ID"), ("duty_date", "Duty Date"),
        ("field", "Field Changed"), ("before", "Old Value"), ("after", "New Value"), ("reason", "Change Reason"),
        ("minutes_gained", "Minutes Gained"), ("approver", "Approved By"),
    ]),
    iso(SourceKind::Overtime, "overtime.csv", b',', Encoding::Utf8, &[
        ("claim", "Claim Number"), ("officer", "Employee ID"), ("worked_start", "Worked From"),
        ("worked_end", "Worked To"), ("paid_hours", "Hours Paid"), ("rate", "Multiplier"),
        ("category", "Overtime Type"), ("claimed_at", "Submitted At"), ("authoriser", "Authorised By"),
    ]),
    iso(SourceKind::Absences, "absences.csv", b';', Encoding::Utf8Bom, &[
        ("officer", "Employee Number"), ("start", "First Day"), ("end", "Last Day"), ("kind", "Absence Type"),
        ("certified", "Self or Certified"), ("reason_group", "Reason Group"),
    ]),
    iso(SourceKind::AttendanceClaims, "attendance-claims.csv", b',', Encoding::Utf8Bom, &[
        ("officer", "Payroll Number"), ("date", "Work Date"), ("place", "Claimed Place"), ("hours", "Hours Claimed"),
    ]),
    iso(SourceKind::Presence, "presence.csv", b',', Encoding::Utf8, &[
        ("at", "Swipe Time"), ("officer", "Staff Number"), ("kind", "Event Type"), ("site", "Building"),
    ]),
    iso(SourceKind::Assignments, "assignments.csv", b',', Encoding::Utf8, &[
        ("officer", "Collar Number"), ("case", "Crime Number"), ("record", "Record ID"), ("role", "Case Role"),
        ("from", "Assigned From"), ("until", "Assigned Until"), ("unit", "Team"),
    ]),
    iso(SourceKind::Accesses, "accesses.csv", b',', Encoding::Utf8, &[
        ("at", "Timestamp"), ("officer", "User ID"), ("system", "Application"), ("action", "Activity"),
        ("record", "Record ID"), ("record_kind", "Record Type"), ("case", "Case Number"), ("reason", "Purpose"),
    ]),
    uk(SourceKind::Complaints, "complaints.csv", b';', Encoding::Utf8, &[
        ("matter", "Complaint Number"), ("officer", "Staff Number"), ("received", "Date Received"),
        ("occurred", "Date Occurred"), ("vulnerable", "Vulnerable Complainant"), ("origin", "Source of Complaint"),
        ("category", "Allegation Type"), ("outcome", "Result"), ("finalised", "Date Finalised"),
        ("duty_status", "On Duty"),
    ]),
    uk(SourceKind::Vetting, "vetting.csv", b',', Encoding::Utf8, &[
        ("officer", "Staff Number"), ("level", "Clearance Level"), ("granted", "Date Granted"),
        ("expires", "Date Expires"),
    ]),
    iso(SourceKind::Incidents, "incidents.csv", b',', Encoding::Utf8, &[
        ("incident", "CAD Number"), ("officer", "Collar Number"), ("start", "Attended From"),
        ("end", "Attended Until"), ("case", "Crime Number"), ("record", "Nominal"),
    ]),
    uk(SourceKind::Commendations, "commendations.csv", b';', Encoding::Utf8, &[
        ("officer", "Staff Number"), ("at", "Award Date"), ("kind", "Award"),
    ]),
    uk(SourceKind::Declarations, "declarations.csv", b',', Encoding::Utf8Bom, &[
        ("officer", "Staff Number"), ("register", "Register Name"), ("declared_at", "Date Returned"),
        ("answer", "Response"), ("detail_hours", "Hours Per Week"),
    ]),
    iso(SourceKind::KnownInterests, "known-interests.csv", b',', Encoding::Utf8, &[
        ("officer", "Staff Number"), ("register", "Register Name"), ("source", "Information Source"),
        ("from", "Known Since"), ("until", "Known Until"), ("hours", "Weekly Hours"),
    ]),
    uk(SourceKind::Performance, "performance.csv", b';', Encoding::Utf8, &[
        ("officer", "Employee ID"), ("period_start", "Review From"), ("period_end", "Review To"),
        ("grade", "Overall Rating"), ("supervisor", "Reviewing Manager"),
    ]),
    iso(SourceKind::Support, "support.csv", b',', Encoding::Utf8, &[
        ("officer", "Employee ID"), ("at", "Referral Date"), ("kind", "Support Type"), ("outcome", "Support Outcome"),
    ]),
    iso(SourceKind::Protected, "protected.csv", b',', Encoding::Utf8, &[
        ("officer", "Employee ID"), ("sex", "Gender"), ("ethnicity", "Ethnic Group"), ("age_band", "Age Range"),
        ("disability", "Disability Status"), ("religion", "Religion or Belief"), ("part_time", "Part Time"),
        ("maternity", "Maternity Leave"),
    ]),
];
