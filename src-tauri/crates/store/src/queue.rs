//! The queue of leads: filtered, sorted and counted in the database, so that ten thousand leads feel like ten.

use crate::leads::{COLUMNS, LeadRow, PRIORITIES, ROUTES, STATES, code, coded, lead_row};
use crate::{Read, StoreError};
use model::{LeadId, Priority, Route, State};

/// Bit masks over the column codes; -1 lets everything through. ?5 is searched lower-case, ?6 a lead's number or 0, ?9 a
/// member or empty.
const CHOSEN: &str =
    "((?1 >> l.route) & 1) = 1 AND ((?2 >> l.state) & 1) = 1 AND ((?3 >> l.priority) & 1) = 1
    AND (?4 = '' OR EXISTS (SELECT 1 FROM lead_indicators i WHERE i.indicator = ?4 AND i.lead = l.id))
    AND (?5 = '' OR instr(l.search, ?5) > 0 OR l.id = ?6)
    AND (?7 = 0 OR l.two_sources = 1)
    AND (?8 = 0 OR l.news_run = (SELECT max(id) FROM runs))";
const COUNTS: &str = "SELECT route, state, priority, count(*) FROM leads GROUP BY route, state, priority";
const INDICATORS: &str =
    "SELECT indicator, count(*) FROM lead_indicators GROUP BY indicator ORDER BY indicator";

/// Which leads a queue shows. Empty lists and texts let everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub routes: Vec<Route>,
    pub states: Vec<State>,
    pub priorities: Vec<Priority>,
    pub indicator: Option<String>,
    /// Part of a code, an indicator title or a unit, or a lead's number.
    pub search: String,
    /// Only leads that two independent sources support.
    pub two_sources: bool,
    /// Only leads that the last run made, or found something new for.
    pub fresh: bool,
    /// Who asks: leads they stand back from are left out.
    pub member: String,
    /// Only leads that wait for this member's second look.
    pub second: bool,
}

/// The order of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Highest priority first, inside it in the order of the run.
    #[default]
    Priority,
    /// Latest cited day first.
    Latest,
    /// Longest waiting first.
    Waiting,
    /// By code of the officer, of a group's first, or of the unit.
    Officer,
    /// By route, then priority.
    Route,
}

impl Sort {
    fn order(self) -> &'static str {
        match self {
            Sort::Priority => "l.priority DESC, l.strength DESC, l.id",
            Sort::Latest => "l.last_day DESC, l.id",
            Sort::Waiting => "l.created, l.id",
            Sort::Officer => "l.subject, l.id",
            Sort::Route => "l.route, l.priority DESC, l.strength DESC, l.id",
        }
    }
}

/// Part of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// How many leads the filter lets through.
    pub total: u64,
    pub rows: Vec<LeadRow>,
}

/// Where a lead stands in a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Neighbours {
    /// Counted from 0.
    pub position: u64,
    pub previous: Option<LeadId>,
    pub next: Option<LeadId>,
}

/// How many leads share route, state and priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub route: Route,
    pub state: State,
    pub priority: Priority,
    pub leads: u64,
}

struct Bound {
    routes: i64,
    states: i64,
    priorities: i64,
    indicator: String,
    search: String,
    number: u32,
    two_sources: bool,
    fresh: bool,
    member: String,
    second: bool,
}

type Values<'a> = (i64, i64, i64, &'a str, &'a str, u32, bool, bool, &'a str, bool);

/// The condition a queue puts on `leads l`.
fn condition() -> String {
    let hidden = crate::recusals::hides("l.id", "?9");
    let waits = crate::second_reviews::waits("l.id", "?9");
    format!("{CHOSEN} AND (?9 = '' OR NOT {hidden}) AND (?10 = 0 OR {waits})")
}

impl Bound {
    fn new(filter: &Filter) -> Self {
        let search = filter.search.trim().to_lowercase();
        Self {
            routes: mask(&ROUTES, &filter.routes),
            states: mask(&STATES, &filter.states),
            priorities: mask(&PRIORITIES, &filter.priorities),
            indicator: filter.indicator.clone().unwrap_or_default(),
            number: search.parse().map_or(0, |LeadId(n)| n),
            search,
            two_sources: filter.two_sources,
            fresh: filter.fresh,
            member: filter.member.clone(),
            second: filter.second,
        }
    }

    fn values(&self) -> Values<'_> {
        let (indicator, search) = (self.indicator.as_str(), self.search.as_str());
        let masks = (self.routes, self.states, self.priorities);
        let (number, member) = (self.number, self.member.as_str());
        let marks = (self.two_sources, self.fresh, self.second);
        (masks.0, masks.1, masks.2, indicator, search, number, marks.0, marks.1, member, marks.2)
    }
}

fn mask<T: PartialEq>(all: &[T], chosen: &[T]) -> i64 {
    if chosen.is_empty() { -1 } else { chosen.iter().fold(0, |bits, value| bits | 1 << code(all, value)) }
}

/// Leads `offset..offset + limit` of a queue, and how many it has.
pub fn page(
    from: &impl Read,
    filter: &Filter,
    sort: Sort,
    offset: u64,
    limit: u32,
) -> Result<Page, StoreError> {
    let bound = Bound::new(filter);
    let chosen = condition();
    let count = format!("SELECT count(*) FROM leads l WHERE {chosen}");
    let total = from.db().one(&count, bound.values(), |r| Ok(r.get::<_, i64>(0)?))? as u64;
    let (v, offset) = (bound.values(), i64::try_from(offset).unwrap_or(i64::MAX));
    let rows = format!(
        "SELECT {COLUMNS} FROM leads l WHERE {chosen} ORDER BY {} LIMIT ?11 OFFSET ?12",
        sort.order()
    );
    let rows =
        from.db().all(&rows, (v.0, v.1, v.2, v.3, v.4, v.5, v.6, v.7, v.8, v.9, limit, offset), lead_row)?;
    Ok(Page { total, rows })
}

/// The leads before and after one in the same queue; `None` where the filter hides it.
pub fn neighbours(
    from: &impl Read,
    filter: &Filter,
    sort: Sort,
    id: LeadId,
) -> Result<Option<Neighbours>, StoreError> {
    let bound = Bound::new(filter);
    let v = bound.values();
    let statement = format!(
        "SELECT place, before, after FROM (
            SELECT l.id AS id, row_number() OVER w - 1 AS place, lag(l.id) OVER w AS before, lead(l.id) OVER w AS after
            FROM leads l WHERE {} WINDOW w AS (ORDER BY {})) WHERE id = ?11",
        condition(),
        sort.order()
    );
    from.db().maybe(&statement, (v.0, v.1, v.2, v.3, v.4, v.5, v.6, v.7, v.8, v.9, id.0), |r| {
        Ok(Neighbours {
            position: r.get::<_, i64>(0)? as u64,
            previous: r.get::<_, Option<u32>>(1)?.map(LeadId),
            next: r.get::<_, Option<u32>>(2)?.map(LeadId),
        })
    })
}

/// Leads by route, state and priority, for the overview.
pub fn counts(from: &impl Read) -> Result<Vec<Count>, StoreError> {
    from.db().all(COUNTS, [], |r| {
        let leads = r.get::<_, i64>(3)? as u64;
        Ok(Count {
            route: coded(&ROUTES, r, 0)?,
            state: coded(&STATES, r, 1)?,
            priority: coded(&PRIORITIES, r, 2)?,
            leads,
        })
    })
}

/// Leads by indicator.
pub fn indicators(from: &impl Read) -> Result<Vec<(String, u64)>, StoreError> {
    from.db().all(INDICATORS, [], |r| Ok((r.get(0)?, r.get::<_, i64>(1)? as u64)))
}
