//! What presence may be kept inside, and what is said when sources come in the wrong order.

use super::take::Plan;
use crate::Error;
use intake::{PresenceBuilder, PresenceWindows};
use model::{SourceKind, SourceSchema};

/// The kinds presence is kept inside.
const AROUND: [SourceKind; 3] = [SourceKind::Duties, SourceKind::Overtime, SourceKind::AttendanceClaims];

impl Plan<'_> {
    /// Duties, claimed overtime and claimed office days: the only moments presence may be kept for.
    pub(super) fn presence_windows(&self) -> Result<PresenceWindows, Error> {
        self.progress.step("Looking up duties, overtime and office days");
        let reader = self.session.reader();
        let zone = model::time::zone(&self.mapping.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let mut windows = PresenceBuilder::default();
        for partition in 0..model::PARTITIONS {
            self.progress.check()?;
            for (kind, start, end) in
                [(SourceKind::Duties, "start", "end"), (SourceKind::Overtime, "worked_start", "worked_end")]
            {
                for segment in store::segments::of_partition(&*reader, kind, partition)? {
                    let table = store::segment::decode(&segment.bytes, kind)?;
                    let kinds = table.words("kind");
                    for row in 0..table.len() {
                        let off = kind == SourceKind::Duties
                            && kinds.is_some_and(|k| matches!(k.get(row), "rest" | "leave"));
                        if !off {
                            let (starts, ends) = (table.instants(start), table.instants(end));
                            windows.add(table.officers[row], starts[row], ends[row]);
                        }
                    }
                }
            }
            for segment in store::segments::of_partition(&*reader, SourceKind::AttendanceClaims, partition)? {
                let table = store::segment::decode(&segment.bytes, SourceKind::AttendanceClaims)?;
                let places = table.words("place");
                for row in 0..table.len() {
                    if places.is_some_and(|p| p.get(row) == "office") {
                        let day = table.dates("date")[row];
                        let midnight = |day| model::time::start_of_day(day, &zone);
                        windows.add(table.officers[row], midnight(day), midnight(day + 1));
                    }
                }
            }
        }
        Ok(windows.build())
    }

    /// What a person should know about the order of this import and presence.
    pub(super) fn presence_remarks(&self) -> Result<Vec<String>, Error> {
        let own = self.mapping.kind;
        let all = store::imports::all(&*self.session.reader())?;
        let meets = |kind: SourceKind| {
            all.iter().any(|i| i.kind == kind && i.first_day <= self.period.1 && i.last_day >= self.period.0)
        };
        let title = |kind: SourceKind| SourceSchema::of(kind).title.to_lowercase();
        if AROUND.contains(&own) && meets(SourceKind::Presence) {
            return Ok(vec![format!(
                "Presence of this period was imported before these {}: what fell inside them was dropped then and is unknown, not absent.",
                title(own)
            )]);
        }
        let missing: Vec<String> = AROUND.into_iter().filter(|kind| !meets(*kind)).map(title).collect();
        if own != SourceKind::Presence || missing.is_empty() {
            return Ok(Vec::new());
        }
        Ok(vec![format!(
            "No {} of this period were imported before: presence inside them was dropped and is unknown. Import them before presence.",
            missing.join(" and no ")
        )])
    }
}
