//! Leads: a narrow row for the queue, a body for the page, and their indicators.

use crate::{Read, StoreError, Tx, erasures::Window};
use model::{LeadId, OfficerIndex, Outcome, Priority, Route, State, Subject};
use rusqlite::Row;

const INSERT: &str = "INSERT INTO leads (run, subject, route, priority, state, first_day, last_day, strength,
    two_sources, created, changed, summary, search, first_run, news_run)
    VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11, ?1, ?1)";
const UPDATE: &str =
    "UPDATE leads SET run = ?2, subject = ?3, route = ?4, priority = ?5, first_day = ?6, last_day = ?7,
    strength = ?8, two_sources = ?9, changed = ?10, summary = ?11, search = ?12 WHERE id = ?1";
const SET_NEWS: &str = "UPDATE leads SET news_run = run WHERE id = ?1";
const SET_STATE: &str = "UPDATE leads SET state = ?2, changed = ?3 WHERE id = ?1";
const PUT_BODY: &str = "INSERT INTO lead_bodies (lead, body) VALUES (?1, ?2)
    ON CONFLICT (lead) DO UPDATE SET body = excluded.body";
const CLEAR_INDICATORS: &str = "DELETE FROM lead_indicators WHERE lead = ?1";
const ADD_INDICATOR: &str =
    "INSERT INTO lead_indicators (indicator, lead) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const CLEAR_MEMBERS: &str = "DELETE FROM lead_members WHERE lead = ?1";
const ADD_MEMBER: &str = "INSERT INTO lead_members (lead, officer) VALUES (?1, ?2)";
const BODY: &str = "SELECT body FROM lead_bodies WHERE lead = ?1";
/// What `lead_row` reads, of `leads l`.
pub(crate) const COLUMNS: &str = "l.id, l.subject, l.route, l.priority, l.state, l.first_day, l.last_day,
    l.strength, l.two_sources, l.created, l.changed, l.run, l.first_run, l.news_run, l.summary";
const BY_ID: &str = "WHERE l.id = ?1";
const OF_SUBJECT: &str = "WHERE l.subject = ?1 AND l.route = ?2 ORDER BY l.id";
const OF_OFFICER: &str = "JOIN lead_members m ON m.lead = l.id WHERE m.officer = ?1 ORDER BY l.id";
const LISTED: &str = "SELECT DISTINCT m.officer FROM lead_members m JOIN leads l ON l.id = m.lead
    WHERE l.run = (SELECT max(id) FROM runs) OR l.state = 2 ORDER BY m.officer";
const ERASE: &[&str] = &[
    "DELETE FROM decisions WHERE lead = ?1",
    "DELETE FROM notes WHERE lead = ?1",
    // Questions, answers and exceptions about it, which stand behind hashes in the ledger.
    "UPDATE texts SET text = '', salt = x'' WHERE seq IN (SELECT seq FROM challenges WHERE lead = ?1
        UNION SELECT answered FROM challenges WHERE lead = ?1 UNION SELECT seq FROM lead_packs WHERE lead = ?1)",
    "UPDATE unmaskings SET lead = NULL WHERE lead = ?1",
    "DELETE FROM leads WHERE id = ?1",
    // Measures name officers too; the next run makes them anew.
    "DELETE FROM measures WHERE ?1 > 0",
];

const CLOCKS: &str = "SELECT l.state, l.changed,
        (SELECT d.outcome FROM decisions d WHERE d.lead = l.id ORDER BY d.id DESC LIMIT 1),
        EXISTS (SELECT 1 FROM holds h WHERE h.lead = l.id AND h.released_at IS NULL)
    FROM leads l";

/// What decides how long a lead stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    pub state: State,
    pub changed: i64,
    /// Of the last decision, if there was one.
    pub outcome: Option<Outcome>,
    pub held: bool,
}

/// What the analysis says of a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadText {
    pub run: u32,
    pub subject: Subject,
    /// Numbers of the subject's members; none for a unit.
    pub members: Vec<OfficerIndex>,
    pub route: Route,
    pub priority: Priority,
    pub first_day: i32,
    pub last_day: i32,
    /// Order inside a priority, larger first: minus the place in the order of its run.
    pub strength: i64,
    /// Two independent sources agree.
    pub two_sources: bool,
    pub indicators: Vec<String>,
    /// JSON that a row of the queue shows.
    pub summary_json: String,
    /// JSON of the whole lead.
    pub body_json: String,
    /// What the queue's search looks through: code, indicator titles, unit.
    pub search: String,
}

/// A lead as the queue shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadRow {
    pub id: LeadId,
    pub subject: Subject,
    pub route: Route,
    pub priority: Priority,
    pub state: State,
    pub first_day: i32,
    pub last_day: i32,
    pub strength: i64,
    pub two_sources: bool,
    pub created: i64,
    pub changed: i64,
    /// The last run that found it.
    pub run: u32,
    /// The run that made it.
    pub first_run: u32,
    /// The last run that found something new for it.
    pub news_run: u32,
    pub summary_json: String,
}

pub(crate) const ROUTES: [Route; 5] =
    [Route::Conduct, Route::Welfare, Route::Vetting, Route::DataQuality, Route::Culture];
pub(crate) const PRIORITIES: [Priority; 3] = [Priority::Low, Priority::Normal, Priority::High];
pub(crate) const STATES: [State; 5] =
    [State::New, State::InReview, State::Decided, State::Closed, State::Expired];

/// The number a value has in its column: its place in the list above, as `0003_leads.sql` documents.
pub(crate) fn code<T: PartialEq>(all: &[T], value: &T) -> i64 {
    all.iter().position(|v| v == value).map_or(-1, |at| at as i64)
}

pub(crate) fn coded<T: Copy>(all: &[T], row: &Row<'_>, at: usize) -> Result<T, StoreError> {
    let number: i64 = row.get(at)?;
    let value = usize::try_from(number).ok().and_then(|n| all.get(n).copied());
    value.ok_or(StoreError::Malformed("lead"))
}

pub(crate) fn lead_row(r: &Row<'_>) -> Result<LeadRow, StoreError> {
    let Ok(subject) = r.get_ref(1)?.as_str()?.parse() else { return Err(StoreError::Malformed("subject")) };
    Ok(LeadRow {
        id: LeadId(r.get(0)?),
        subject,
        route: coded(&ROUTES, r, 2)?,
        priority: coded(&PRIORITIES, r, 3)?,
        state: coded(&STATES, r, 4)?,
        first_day: r.get(5)?,
        last_day: r.get(6)?,
        strength: r.get(7)?,
        two_sources: r.get(8)?,
        created: r.get(9)?,
        changed: r.get(10)?,
        run: r.get(11)?,
        first_run: r.get(12)?,
        news_run: r.get(13)?,
        summary_json: r.get(14)?,
    })
}

fn put_texts(tx: &Tx<'_>, id: LeadId, text: &LeadText) -> Result<(), StoreError> {
    tx.run(PUT_BODY, (id.0, &text.body_json))?;
    tx.run(CLEAR_INDICATORS, [id.0])?;
    let mut statement = tx.prepare(ADD_INDICATOR)?;
    for indicator in &text.indicators {
        statement.execute((indicator, id.0))?;
    }
    tx.run(CLEAR_MEMBERS, [id.0])?;
    let mut statement = tx.prepare(ADD_MEMBER)?;
    for officer in &text.members {
        statement.execute((id.0, officer))?;
    }
    Ok(())
}

/// Adds a new lead and returns its number.
pub fn insert(tx: &Tx<'_>, text: &LeadText, created: i64) -> Result<LeadId, StoreError> {
    let values = rusqlite::params![
        text.run,
        text.subject.to_string(),
        code(&ROUTES, &text.route),
        code(&PRIORITIES, &text.priority),
        text.first_day,
        text.last_day,
        text.strength,
        text.two_sources,
        created,
        text.summary_json,
        text.search.to_lowercase(),
    ];
    tx.run(INSERT, values)?;
    let id = LeadId(tx.last_id() as u32);
    put_texts(tx, id, text)?;
    Ok(id)
}

/// Puts what a later run says in place of what an earlier one said; state and decisions stay.
pub fn update(tx: &Tx<'_>, id: LeadId, text: &LeadText, changed: i64) -> Result<(), StoreError> {
    let values = rusqlite::params![
        id.0,
        text.run,
        text.subject.to_string(),
        code(&ROUTES, &text.route),
        code(&PRIORITIES, &text.priority),
        text.first_day,
        text.last_day,
        text.strength,
        text.two_sources,
        changed,
        text.summary_json,
        text.search.to_lowercase(),
    ];
    if tx.run(UPDATE, values)? != 1 {
        return Err(StoreError::Missing);
    }
    put_texts(tx, id, text)
}

/// Marks that the run which renewed a lead found something new for it.
pub fn set_news(tx: &Tx<'_>, id: LeadId) -> Result<(), StoreError> {
    if tx.run(SET_NEWS, [id.0])? == 1 { Ok(()) } else { Err(StoreError::Missing) }
}

pub fn set_state(tx: &Tx<'_>, id: LeadId, state: State, at: i64) -> Result<(), StoreError> {
    if tx.run(SET_STATE, (id.0, code(&STATES, &state), at))? == 1 { Ok(()) } else { Err(StoreError::Missing) }
}

fn rows(from: &impl Read, which: &str, values: impl rusqlite::Params) -> Result<Vec<LeadRow>, StoreError> {
    from.db().all(&format!("SELECT {COLUMNS} FROM leads l {which}"), values, lead_row)
}

/// The queue row of a lead.
pub fn get(from: &impl Read, id: LeadId) -> Result<Option<LeadRow>, StoreError> {
    Ok(rows(from, BY_ID, [id.0])?.pop())
}

/// The body of a lead, as JSON.
pub fn body(from: &impl Read, id: LeadId) -> Result<Option<String>, StoreError> {
    from.db().maybe(BODY, [id.0], |r| Ok(r.get(0)?))
}

/// Leads about exactly this subject on one route, oldest first.
pub fn of_subject(from: &impl Read, subject: &Subject, route: Route) -> Result<Vec<LeadRow>, StoreError> {
    rows(from, OF_SUBJECT, (subject.to_string(), code(&ROUTES, &route)))
}

/// Leads that concern an officer, alone or in a group, oldest first.
pub fn of_officer(from: &impl Read, officer: OfficerIndex) -> Result<Vec<LeadRow>, StoreError> {
    rows(from, OF_OFFICER, [officer])
}

/// Everyone with a lead that the last run found or a person decided; leads about units name nobody.
pub fn listed(from: &impl Read) -> Result<Vec<OfficerIndex>, StoreError> {
    from.db().all(LISTED, [], |r| Ok(r.get(0)?))
}

/// Every lead's clock, in no order.
pub fn clocks(from: &impl Read) -> Result<Vec<Clock>, StoreError> {
    from.db().all(CLOCKS, [], |r| {
        let outcome = match r.get::<_, Option<String>>(2)?.map(|word| serde_json::from_value(word.into())) {
            None => None,
            Some(Ok(outcome)) => Some(outcome),
            Some(Err(_)) => return Err(StoreError::Malformed("decision")),
        };
        Ok(Clock { state: coded(&STATES, r, 0)?, changed: r.get(1)?, outcome, held: r.get(3)? })
    })
}

/// Removes a lead with its evidence, notes and decisions; possible only inside an erasure.
pub fn erase(window: &Window<'_, '_>, id: LeadId) -> Result<(), StoreError> {
    for statement in ERASE {
        window.tx().run(statement, [id.0])?;
    }
    Ok(())
}
