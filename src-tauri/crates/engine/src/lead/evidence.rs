//! The rows a finding rests on. Opening them is a consultation: the first time per lead and member it is in the ledger.

use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book};
use contract::{EvidencePage, EvidenceQuery, EvidenceView};
use ledger::Kind;
use model::{LeadId, State};

/// Most rows in one page.
const MAX_ROWS: u32 = 200;

pub(crate) fn page(session: &Session, query: &EvidenceQuery) -> Result<EvidencePage, Error> {
    let lead: LeadId = query.lead.parse()?;
    let (total, rows, seen) = {
        let reader = session.reader();
        super::mine(session, &*reader, lead)?;
        let counts = store::evidence::counts(&*reader, lead)?;
        let total = counts.iter().find(|(finding, _)| *finding == query.finding).map_or(0, |(_, n)| *n);
        let rows =
            store::evidence::page(&*reader, lead, query.finding, query.offset, query.limit.min(MAX_ROWS))?;
        (total, rows, store::evidence::opened(&*reader, lead, session.by())?.is_some())
    };
    if !seen && total > 0 {
        mark_opened(session, lead)?;
    }
    let rows = rows.into_iter().map(|c| EvidenceView { cells: c.row.cells, locator: c.locator.to_string() });
    Ok(EvidencePage { total: total as u32, rows: rows.collect() })
}

fn mark_opened(session: &Session, lead: LeadId) -> Result<(), Error> {
    let now = session.clock.now();
    book::record(session, |tx| {
        let row = super::row(tx, lead)?;
        store::evidence::set_opened(tx, lead, session.by(), now)?;
        if row.state == State::New {
            store::leads::set_state(tx, lead, State::InReview, now)?;
        }
        let entry = Entry::new(Kind::Consultation).lead(lead).about(&row.subject).with("what", "evidence");
        Ok(((), vec![entry]))
    })?;
    Ok(())
}
