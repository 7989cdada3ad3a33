//! Leads over runs: an undecided one is renewed, a settled one stays until something new is found, and an undecided one
//! that is not found any more is closed.

use crate::Error;
use crate::analyse::Summary;
use crate::session::{Session, random};
use detect::{LeadDraft, People};
use model::{EvidenceRow, Finding, Lead, LeadId, Outcome, Route, SourceKind, State, Subject};
use std::collections::{BTreeMap, BTreeSet};
use store::leads::{LeadRow, LeadText};
use store::{Read, Tx};

/// What a run did to the leads.
#[derive(Default)]
pub(crate) struct Counts {
    pub new: u64,
    /// Undecided leads found again.
    pub renewed: u64,
    /// Those of them with something new.
    pub changed: u64,
    pub withdrawn: u64,
}

/// A lead as an earlier run left it: what it found, with the rows.
struct Before {
    findings: Vec<Finding>,
}

impl Before {
    fn read<R: Read>(reader: &R, id: LeadId) -> Result<Before, Error> {
        let body = store::leads::body(reader, id)?.unwrap_or_default();
        let mut findings = serde_json::from_str::<Lead>(&body)?.findings;
        for cited in store::evidence::of_lead(reader, id)? {
            if let Some(finding) = findings.get_mut(cited.finding as usize) {
                finding.evidence.push(cited.row);
            }
        }
        Ok(Before { findings })
    }

    /// Whether a finding, or a row of one, was not there before. New figures of the peers are no news: neither those a
    /// row shows beside what happened, nor a finding without rows that was there already.
    fn lacks(&self, found: &[Finding]) -> bool {
        found.iter().filter(|f| makes_a_lead(f)).any(|finding| {
            let Some(old) = self.findings.iter().find(|f| f.indicator == finding.indicator) else {
                return true;
            };
            let known = moments(&old.evidence);
            moments(&finding.evidence).iter().any(|(moment, rows)| known.get(moment).is_none_or(|k| k < rows))
        })
    }

    /// Whether the cited rows are the same, place by place: then their locators stay.
    fn cites(&self, found: &[Finding]) -> bool {
        let rows = |findings: &[Finding]| findings.iter().map(|f| f.evidence.clone()).collect::<Vec<_>>();
        rows(&self.findings) == rows(found)
    }
}

/// Raises a lead and makes none: it is no source, and a change of it no news.
const RAISES: &str = "profile-unusual";

fn makes_a_lead(finding: &Finding) -> bool {
    finding.indicator != RAISES
}

/// How many rows a finding cites of one kind and moment.
fn moments(rows: &[EvidenceRow]) -> BTreeMap<(SourceKind, i64, i64), u32> {
    let mut all = BTreeMap::new();
    rows.iter().for_each(|r| *all.entry((r.kind, r.at, r.until)).or_default() += 1);
    all
}

/// Puts the leads of a run beside those of earlier ones.
pub(crate) fn leads(
    tx: &Tx<'_>,
    session: &Session,
    run: u32,
    people: &People,
    drafts: Vec<LeadDraft>,
) -> Result<Counts, Error> {
    let index: BTreeMap<_, _> = people.pseudonyms.iter().enumerate().map(|(i, p)| (*p, i as u32)).collect();
    let now = session.clock.now();
    let mut counts = Counts::default();
    let mut found: BTreeSet<LeadId> = BTreeSet::new();
    let mut unchanged: BTreeSet<(Subject, Route)> = BTreeSet::new();
    for (place, draft) in (1..).zip(drafts) {
        let member = |p| index.get(p).copied().ok_or_else(|| Error::not_found("officer"));
        let members = draft.subject.members().iter().map(member).collect::<Result<Vec<u32>, _>>()?;
        let existing = store::leads::of_subject(tx, &draft.subject, draft.route)?;
        if let Some(open) = existing.iter().find(|l| matches!(l.state, State::New | State::InReview)) {
            let before = Before::read(tx, open.id)?;
            let (news, rows_stay) = (before.lacks(&draft.findings), before.cites(&draft.findings));
            put(tx, run, members, Some((open.id, rows_stay)), (place, draft), now)?;
            if news {
                store::leads::set_news(tx, open.id)?;
                counts.changed += 1;
            }
            found.insert(open.id);
            counts.renewed += 1;
        } else if has_news(tx, &existing, &draft)? {
            found.insert(put(tx, run, members, None, (place, draft), now)?);
            counts.new += 1;
        } else {
            unchanged.insert((draft.subject, draft.route));
        }
    }
    counts.withdrawn = withdraw(tx, &found, &unchanged, now)?;
    Ok(counts)
}

/// Whether a draft says anything that the newest settled lead about the same did not say. One that was closed because
/// it was not found any more counts as news when it is found again.
fn has_news(tx: &Tx<'_>, existing: &[LeadRow], draft: &LeadDraft) -> Result<bool, Error> {
    let Some(last) = existing.iter().max_by_key(|l| l.id) else { return Ok(true) };
    if last.state == State::Closed && store::decisions::of_lead(tx, last.id)?.is_empty() {
        return Ok(true);
    }
    Ok(Before::read(tx, last.id)?.lacks(&draft.findings))
}

/// Closes undecided leads that were not found, and leads decided as data error whose findings went with the rows.
fn withdraw(
    tx: &Tx<'_>,
    found: &BTreeSet<LeadId>,
    unchanged: &BTreeSet<(Subject, Route)>,
    now: i64,
) -> Result<u64, Error> {
    let states = vec![State::New, State::InReview, State::Decided];
    let filter = store::queue::Filter { states, ..Default::default() };
    let mut withdrawn = 0;
    for lead in store::queue::page(tx, &filter, store::queue::Sort::Waiting, 0, u32::MAX)?.rows {
        let gone = match lead.state {
            State::Decided => {
                let last = store::decisions::of_lead(tx, lead.id)?.pop();
                last.is_some_and(|d| d.decision.outcome == Outcome::DataError)
                    && !unchanged.contains(&(lead.subject.clone(), lead.route))
            }
            _ => !found.contains(&lead.id),
        };
        if gone {
            store::leads::set_state(tx, lead.id, State::Closed, now)?;
            withdrawn += 1;
        }
    }
    Ok(withdrawn)
}

fn without_rows(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().map(|f| Finding { evidence: Vec::new(), ..f.clone() }).collect()
}

/// Writes a lead at its place in the run; `id` names one that is renewed, and whether its evidence stays as it is.
fn put(
    tx: &Tx<'_>,
    run: u32,
    members: Vec<u32>,
    id: Option<(LeadId, bool)>,
    (place, draft): (i64, LeadDraft),
    now: i64,
) -> Result<LeadId, Error> {
    let indicators: Vec<String> = draft.findings.iter().map(|f| f.indicator.clone()).collect();
    // A finding that joins two sources is one observation: what corroborates is another finding on another source.
    let sources: BTreeSet<SourceKind> = draft
        .findings
        .iter()
        .filter(|f| makes_a_lead(f))
        .filter_map(|f| f.sources.first().copied())
        .collect();
    let titles: Vec<&str> = draft.findings.iter().map(|f| f.title.as_str()).collect();
    let summary =
        Summary { text: titles.join("; "), indicators: indicators.clone(), sources: sources.len() as u32 };
    let lead = Lead {
        // The store numbers it; the body's own number is set when it is read.
        id: id.map_or(LeadId(0), |(id, _)| id),
        subject: draft.subject,
        route: draft.route,
        priority: draft.priority,
        priority_reasons: draft.priority_reasons,
        findings: without_rows(&draft.findings),
        first_day: draft.first_day,
        last_day: draft.last_day,
        rank_band: draft.rank_band,
        unit: draft.unit,
        service_band: draft.service_band,
        shift_pattern: draft.shift_pattern,
    };
    let searched = [lead.subject.to_string(), titles.join(" "), indicators.join(" "), lead.unit.clone()];
    let text = LeadText {
        run,
        subject: lead.subject.clone(),
        members,
        route: lead.route,
        priority: lead.priority,
        first_day: lead.first_day,
        last_day: lead.last_day,
        // The store puts the larger first.
        strength: -place,
        two_sources: sources.len() >= 2,
        indicators,
        summary_json: serde_json::to_string(&summary)?,
        body_json: serde_json::to_string(&lead)?,
        search: searched.join(" ").to_lowercase(),
    };
    match id {
        Some((id, rows_stay)) => {
            store::leads::update(tx, id, &text, now)?;
            if !rows_stay {
                store::evidence::clear(tx, id)?;
                cite(tx, id, &draft.findings)?;
            }
            Ok(id)
        }
        None => {
            let id = store::leads::insert(tx, &text, now)?;
            cite(tx, id, &draft.findings)?;
            Ok(id)
        }
    }
}

fn cite(tx: &Tx<'_>, id: LeadId, findings: &[Finding]) -> Result<(), Error> {
    for (n, finding) in findings.iter().enumerate() {
        let mut bits = vec![0u8; finding.evidence.len() * 4 + 64];
        random(&mut bits)?;
        let mut drawn = bits.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]));
        // Past the end only after sixteen collisions in 2^30, which the store then refuses.
        store::evidence::insert(tx, id, n as u32, &finding.evidence, &mut || {
            drawn.next().unwrap_or_default()
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Before;
    use model::{EvidenceRow, Finding, ImportId, Nature, Pseudonym, Route, SourceKind, Subject};

    fn finding(indicator: &str, sentence: &str, rows: &[(i64, &str)]) -> Finding {
        let row = |(at, others): &(i64, &str)| EvidenceRow {
            import: ImportId(1),
            row: 1,
            kind: SourceKind::Overtime,
            at: *at,
            until: *at + 3_600,
            cells: vec![(*others).to_owned()],
        };
        Finding {
            indicator: indicator.into(),
            title: indicator.into(),
            subject: Subject::Officer(Pseudonym::from_bits(1)),
            nature: Nature::Factual,
            route: Route::Conduct,
            sources: vec![SourceKind::Overtime],
            sentence: sentence.into(),
            arithmetic: Vec::new(),
            peers: None,
            evidence_columns: Vec::new(),
            evidence: rows.iter().map(row).collect(),
            innocent_explanations: Vec::new(),
            what_would_clear_it: String::new(),
            counter_evidence: Vec::new(),
            first_day: 0,
            last_day: 0,
            strength: 0,
            tail: None,
        }
    }

    #[test]
    fn new_rows_and_findings_are_news_and_new_figures_of_the_peers_are_not() {
        let found = finding("overtime-absent", "2 claims", &[(0, "31 others"), (90, "32 others")]);
        let profile = finding("profile-unusual", "0.2 % of 100 people", &[]);
        let unit = finding("culture-unit", "5 in 100 hours", &[]);
        let before = Before { findings: vec![found.clone(), profile.clone(), unit] };
        let told = |findings: &[Finding]| before.lacks(findings);
        assert!(!told(&[found.clone(), profile]));
        let peers = finding("overtime-absent", "2 claims", &[(0, "40 others"), (90, "41 others")]);
        let larger = finding("profile-unusual", "0.3 % of 120 people", &[]);
        assert!(!told(&[peers, larger, finding("culture-unit", "5 in 120 hours", &[])]));
        assert!(told(&[finding("overtime-absent", "3 claims", &[(0, "31"), (90, "32"), (180, "33")])]));
        assert!(told(&[finding("overtime-absent", "3 claims", &[(0, "31"), (90, "32"), (90, "32")])]));
        assert!(told(&[found, finding("complaint-rate", "more", &[])]));
    }
}
