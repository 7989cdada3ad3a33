//! How long leads stay: what is due, holds, and deletions that need two people and a time to think again.

use crate::erase::Gone;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, erase, lead, name_index, restore};
use contract::{
    DeletionView, DueLead, ErasureView, ErrorCode, HoldLead, HoldView, LabelledText, RetentionView,
};
use jiff::tz::TimeZone;
use ledger::Kind;
use model::{LeadId, Outcome, State};
use store::Read;
use store::leads::LeadRow;
use store::retention::Deletion;

/// Days after the second person's word in which a deletion can be taken back.
const RECOVERY_DAYS: i64 = 30;
const DAY: i64 = 86_400;
/// Shortest reason, in characters.
const SHORTEST: usize = 20;

/// A class of leads and the days they stay after they last changed.
struct Class {
    name: &'static str,
    days: i64,
}

const UNDECIDED: Class = Class { name: "Undecided", days: 365 };
const WITHDRAWN: Class = Class { name: "Closed or expired", days: 90 };
const NOTHING: Class = Class { name: "No further action or data error", days: 365 };
const CARE: Class = Class { name: "Welfare, prevention, reflection or performance", days: 730 };
const CONDUCT: Class = Class { name: "Vetting, severity assessment or criminal referral", days: 2_190 };

fn class(state: State, outcome: Option<Outcome>) -> &'static Class {
    match (state, outcome) {
        (State::New | State::InReview, _) | (State::Decided, None) => &UNDECIDED,
        (State::Closed | State::Expired, _) => &WITHDRAWN,
        (_, Some(Outcome::NoFurtherAction | Outcome::DataError)) => &NOTHING,
        (_, Some(Outcome::Vetting | Outcome::SeverityAssessment | Outcome::CriminalReferral)) => &CONDUCT,
        _ => &CARE,
    }
}

fn day(at: i64) -> String {
    model::time::iso_day(model::time::day_of(at, &TimeZone::UTC))
}

fn refuse(message: impl Into<String>, hint: &str) -> Error {
    Error::new(ErrorCode::PolicyForbids, message, hint)
}

fn reason(session: &Session, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.chars().count() < SHORTEST {
        return Err(Error::new(
            ErrorCode::Decision,
            format!("This needs a reason of {SHORTEST} characters or more."),
            "Nothing was changed.",
        ));
    }
    name_index::refuse_names(session, &[text])?;
    Ok(text.to_owned())
}

fn class_of<R: Read>(reader: &R, row: &LeadRow) -> Result<&'static Class, Error> {
    let outcome = match row.state {
        State::Decided => store::decisions::of_lead(reader, row.id)?.last().map(|d| d.decision.outcome),
        _ => None,
    };
    Ok(class(row.state, outcome))
}

/// The day on which the first lead's time is up; a hold stops the clock.
pub(crate) fn first_due(clocks: &[store::leads::Clock]) -> Option<String> {
    let due = |c: &store::leads::Clock| c.changed + class(c.state, c.outcome).days * DAY;
    clocks.iter().filter(|c| !c.held).map(due).min().map(day)
}

fn all_leads<R: Read>(reader: &R) -> Result<Vec<LeadRow>, Error> {
    let filter = store::queue::Filter::default();
    Ok(store::queue::page(reader, &filter, store::queue::Sort::Waiting, 0, u32::MAX)?.rows)
}

/// Rules, leads in the order in which their time is up, holds, deletions and receipts.
pub(crate) fn list(session: &Session) -> Result<RetentionView, Error> {
    let reader = session.reader();
    let now = session.clock.now();
    let held = store::retention::holds(&*reader)?;
    let mut due = Vec::new();
    for row in all_leads(&*reader)? {
        let class = class_of(&*reader, &row)?;
        let at = row.changed + class.days * DAY;
        due.push(DueLead {
            lead: row.id.to_string(),
            class: class.name.to_owned(),
            state: lead::word(&row.state),
            due: day(at),
            overdue: at <= now,
            held: held.iter().any(|h| h.lead == row.id),
        });
    }
    due.sort_by(|a, b| (&a.due, &a.lead).cmp(&(&b.due, &b.lead)));
    let rule = |c: &Class| LabelledText {
        label: c.name.into(),
        value: format!("{} days after the last change", model::finding::thousands(c.days)),
    };
    Ok(RetentionView {
        ends: model::time::iso_day(session.facts.ends),
        rules: [&UNDECIDED, &WITHDRAWN, &NOTHING, &CARE, &CONDUCT].map(rule).into(),
        due,
        holds: held
            .into_iter()
            .map(|h| HoldView { lead: h.lead.to_string(), since: day(h.at), by: h.member, reason: h.reason })
            .collect(),
        deletions: store::retention::deletions(&*reader)?.iter().map(deletion_view).collect(),
        erasures: store::erasures::all(&*reader)?
            .into_iter()
            .map(|e| ErasureView {
                receipt: e.id,
                at: day(e.at),
                by: e.member,
                rule: e.rule,
                counts: e.counts,
            })
            .collect(),
    })
}

fn deletion_view(d: &Deletion) -> DeletionView {
    DeletionView {
        lead: d.lead.to_string(),
        proposed: day(d.proposed_at),
        by: d.proposed_by.clone(),
        reason: d.reason.clone(),
        confirmed_by: d.confirmed.as_ref().map(|(_, by)| by.clone()).unwrap_or_default(),
        final_on: d.confirmed.as_ref().map(|(at, _)| day(at + RECOVERY_DAYS * DAY)).unwrap_or_default(),
    }
}

/// Undecided leads whose time is up and that nobody holds.
fn overdue<R: Read>(reader: &R, now: i64) -> Result<Vec<LeadId>, Error> {
    let held = store::retention::holds(reader)?;
    let is_due = |row: &LeadRow| {
        matches!(row.state, State::New | State::InReview)
            && row.changed + UNDECIDED.days * DAY <= now
            && held.iter().all(|h| h.lead != row.id)
    };
    Ok(all_leads(reader)?.iter().filter(|row| is_due(row)).map(|row| row.id).collect())
}

/// Marks undecided leads whose time is up as expired, and says how many: at every opening, before every analysis, and
/// when somebody asks.
pub(crate) fn expire(session: &Session) -> Result<u32, Error> {
    let now = session.clock.now();
    if overdue(&*session.reader(), now)?.is_empty() {
        return Ok(0);
    }
    book::record(session, |tx| {
        let due = overdue(tx, now)?;
        for lead in &due {
            store::leads::set_state(tx, *lead, State::Expired, now)?;
        }
        let expired = due.len() as u32;
        Ok((expired, vec![Entry::new(Kind::Alteration).with("what", "expiry").with("leads", expired)]))
    })
}

fn is_held<R: Read>(reader: &R, id: LeadId) -> Result<bool, Error> {
    Ok(store::retention::holds(reader)?.iter().any(|h| h.lead == id))
}

/// Keeps a lead from expiry, deletion and erasure until it is released.
pub(crate) fn hold(session: &Session, request: &HoldLead) -> Result<(), Error> {
    let id: LeadId = request.lead.parse()?;
    let why = reason(session, &request.reason)?;
    let now = session.clock.now();
    book::record(session, |tx| {
        let row = lead::row(tx, id)?;
        if is_held(tx, id)? {
            return Err(refuse("This lead is on hold already.", ""));
        }
        store::retention::hold(tx, id, now, session.by(), &why)?;
        let entry = Entry::new(Kind::Configuration).lead(id).about(&row.subject);
        Ok(((), vec![entry.with("what", "hold").with("before", false).with("after", true)]))
    })
}

/// Ends a hold.
pub(crate) fn release(session: &Session, text: &str) -> Result<(), Error> {
    let id: LeadId = text.parse()?;
    let now = session.clock.now();
    book::record(session, |tx| {
        let row = lead::row(tx, id)?;
        if !store::retention::release(tx, id, now, session.by())? {
            return Err(refuse("This lead is not on hold.", ""));
        }
        let entry = Entry::new(Kind::Configuration).lead(id).about(&row.subject);
        Ok(((), vec![entry.with("what", "hold").with("before", true).with("after", false)]))
    })
}

/// The next step of a deletion: proposed by one person, confirmed by another, carried out when the time to think again
/// is over.
pub(crate) fn delete(session: &Session, request: &HoldLead) -> Result<String, Error> {
    let id: LeadId = request.lead.parse()?;
    if is_held(&*session.reader(), id)? {
        return Err(refuse("This lead is on hold.", "Release it first; nothing was changed."));
    }
    let now = session.clock.now();
    let standing = store::retention::deletions(&*session.reader())?.into_iter().find(|d| d.lead == id);
    match standing {
        None => propose(session, id, now, &request.reason),
        Some(Deletion { confirmed: None, proposed_by, .. }) if proposed_by == session.by() => Err(refuse(
            "You proposed this deletion: another member has to confirm it.",
            "Nothing was changed.",
        )),
        Some(Deletion { confirmed: None, .. }) => confirm(session, id, now),
        Some(Deletion { confirmed: Some((at, _)), .. }) if now < at + RECOVERY_DAYS * DAY => Err(refuse(
            format!("This lead can be taken back until {}.", day(at + RECOVERY_DAYS * DAY)),
            "It is deleted after that day.",
        )),
        Some(_) => carry_out(session, id),
    }
}

fn propose(session: &Session, id: LeadId, now: i64, text: &str) -> Result<String, Error> {
    let why = reason(session, text)?;
    book::record(session, |tx| {
        let row = lead::row(tx, id)?;
        store::retention::propose(tx, id, now, session.by(), &why)?;
        let entry =
            Entry::new(Kind::Alteration).lead(id).about(&row.subject).with("what", "deletion proposed");
        Ok(((), vec![entry]))
    })?;
    Ok("Proposed. Another member has to confirm it.".into())
}

fn confirm(session: &Session, id: LeadId, now: i64) -> Result<String, Error> {
    book::record(session, |tx| {
        let row = lead::row(tx, id)?;
        store::retention::confirm(tx, id, now, session.by())?;
        let entry =
            Entry::new(Kind::Alteration).lead(id).about(&row.subject).with("what", "deletion confirmed");
        Ok(((), vec![entry]))
    })?;
    Ok(format!("Confirmed. It can be taken back until {}.", day(now + RECOVERY_DAYS * DAY)))
}

fn carry_out(session: &Session, id: LeadId) -> Result<String, Error> {
    const RULE: &str = "deletion by two members";
    let receipt = book::record(session, |tx| {
        let gone = Gone { leads: vec![lead::row(tx, id)?], ..Gone::default() };
        let (receipt, entry) = erase::take_out(session, tx, RULE, &gone)?;
        Ok((receipt, vec![entry]))
    })?;
    restore::remember(session)?;
    Ok(format!("Deleted. Receipt {}.", receipt.id))
}

/// Takes a lead back while there is time.
pub(crate) fn recover(session: &Session, text: &str) -> Result<(), Error> {
    let id: LeadId = text.parse()?;
    book::record(session, |tx| {
        let row = lead::row(tx, id)?;
        if !store::retention::recover(tx, id)? {
            return Err(refuse("Nobody proposed to delete this lead.", ""));
        }
        let entry =
            Entry::new(Kind::Alteration).lead(id).about(&row.subject).with("what", "deletion taken back");
        Ok(((), vec![entry]))
    })
}
