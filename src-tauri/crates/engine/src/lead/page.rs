//! A page of the queue.

use super::{codes, priorities, routes, states, word};
use crate::Error;
use crate::analyse::Summary;
use crate::session::Session;
use contract::{LeadPage, LeadRow, LeadsQuery};
use store::queue::{Filter, Sort};

/// Most rows in one page.
const MAX_ROWS: u32 = 200;

fn sort(text: &str) -> Sort {
    match text {
        "latest" => Sort::Latest,
        "officer" => Sort::Officer,
        "state" => Sort::Waiting,
        _ => Sort::Priority,
    }
}

pub(crate) fn page(session: &Session, query: &LeadsQuery) -> Result<LeadPage, Error> {
    let f = &query.filter;
    let filter = Filter {
        routes: routes(&f.routes)?,
        states: states(&f.states)?,
        priorities: priorities(&f.priorities)?,
        indicator: f.indicators.first().cloned(),
        search: f.search.trim().to_lowercase(),
        two_sources: f.two_sources,
        fresh: f.fresh,
        member: session.by().to_owned(),
        second: f.second,
    };
    let reader = session.reader();
    let found = store::queue::page(
        &*reader,
        &filter,
        sort(&query.sort),
        u64::from(query.offset),
        query.limit.min(MAX_ROWS),
    )?;
    let all: u64 = store::queue::counts(&*reader)?.iter().map(|c| c.leads).sum();
    let latest = store::runs::latest_id(&*reader)?;
    let mut rows = Vec::new();
    for lead in found.rows {
        let second = store::second_reviews::waiting(&*reader, lead.id, session.by())?.is_some();
        let summary: Summary = serde_json::from_str(&lead.summary_json)?;
        let outcome = match lead.state {
            // Who looks a second time does not see what was decided the first time.
            _ if second => None,
            model::State::Decided | model::State::Closed => {
                store::decisions::of_lead(&*reader, lead.id)?.last().map(|d| word(&d.decision.outcome))
            }
            _ => None,
        };
        rows.push(LeadRow {
            lead: lead.id.to_string(),
            subject: lead.subject.title(),
            members: codes(&lead.subject),
            route: word(&lead.route),
            priority: word(&lead.priority),
            state: word(if second { &model::State::InReview } else { &lead.state }),
            fresh: super::fresh(&lead, latest),
            second,
            summary: summary.text,
            sources: summary.sources,
            to: model::time::show_day(lead.last_day),
            outcome,
        });
    }
    Ok(LeadPage { total: found.total as u32, all: all as u32, rows })
}
