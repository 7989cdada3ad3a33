//! A lead's life: decided, closed, opened again, stood back from, judged twice, withdrawn.

use super::{Desk, NOW, PASSPHRASE, why};
use contract::*;
use model::{Agreement, Decision, LeadId, Outcome, RawJustification, State};

impl Desk {
    /// The store itself, as somebody with its key could open it.
    fn underneath(&self) -> store::Store {
        let profile = self.folder.path().join("profile");
        let member =
            seal::profile::unlock(&profile, &seal::Passphrase::given(PASSPHRASE.into())).expect("unlocks");
        let folder = store::Folder::new(self.store());
        let id = store::Facts::read(&folder).expect("facts").id.to_string();
        let sealed = store::folder::read_limited(&folder.keys(), 1 << 16).expect("keys");
        let key = seal::KeyFile::open_key(&member, seal::KeyKind::Store, &id, &sealed).expect("opens");
        let key = store::RawKey::new(key.as_slice().try_into().expect("32 bytes"));
        store::Store::open(&self.store(), &key).expect("opens")
    }

    fn page(&self, filter: LeadFilter) -> LeadPage {
        self.app.leads(LeadsQuery { filter, sort: "priority".into(), offset: 0, limit: 200 }).expect("a page")
    }

    fn read(&self, lead: &str) -> LeadView {
        let view = self.app.lead(LeadRef { lead: lead.into() }).expect("a lead");
        for finding in 0..view.findings.len() as u32 {
            let query = EvidenceQuery { lead: lead.into(), finding, offset: 0, limit: 10 };
            self.app.evidence(query).expect("rows");
        }
        view
    }

    fn decide(&self, lead: &str, outcome: &str, answer: &str) -> Result<LeadView, ErrorCode> {
        let findings = self.read(lead).findings.len();
        let decision = Decide {
            lead: lead.into(),
            outcome: outcome.into(),
            reason: "The rows were read one by one and compared.".into(),
            agreements: vec![answer.into(); findings],
        };
        self.app.decide(decision).map_err(|e| e.code())
    }
}

#[test]
fn a_lead_is_decided_closed_and_opened_again_and_each_step_is_an_entry() {
    let desk = Desk::open();
    let row = desk.page(LeadFilter::default()).rows.remove(0);
    assert_eq!((row.state.as_str(), row.fresh.as_str()), ("new", "new"));
    assert_eq!(
        desk.app.close_lead(LeadRef { lead: row.lead.clone() }).expect_err("undecided").code(),
        ErrorCode::Decision
    );
    assert_eq!(desk.decide(&row.lead, "no_further_action", "disagree").expect("decided").state, "decided");
    let closed = desk.app.close_lead(LeadRef { lead: row.lead.clone() }).expect("closed");
    assert_eq!((closed.state.as_str(), closed.decisions[0].standing.as_str()), ("closed", "standing"));
    let note = AddNote { lead: row.lead.clone(), text: "Too late for this.".into() };
    assert_eq!(desk.app.add_note(note).expect_err("closed").code(), ErrorCode::Decision);
    let again = desk.app.undo_decision(LeadRef { lead: row.lead.clone() }).expect("open again");
    assert_eq!((again.state.as_str(), again.decisions[0].standing.as_str()), ("in_review", "undone"));
    assert_eq!(desk.kinds()[..3], ["decision", "decision", "decision"]);
    let base = &desk.read(&row.lead).findings[0].base_rate;
    assert!(base.starts_with("No finding"), "an undone decision is no experience: {base}");
    let path = desk.folder.path().join("outcomes.html").display().to_string();
    desk.app.save_oversight(SaveOversight { what: "outcomes".into(), path: path.clone() }).expect("written");
    let report = std::fs::read_to_string(path).expect("a report");
    assert!(report.contains("Nothing has been decided yet"), "nor is it in a public report: {report}");
}

#[test]
fn a_name_is_masked_when_its_lead_is_closed() {
    let desk = Desk::open();
    desk.decide("L-0001", "no_further_action", "disagree").expect("decided");
    desk.unmask(why()).expect("shown");
    assert_eq!(desk.app.open_unmaskings().expect("a list").len(), 1);
    desk.app.close_lead(LeadRef { lead: "L-0001".into() }).expect("closed");
    assert!(desk.app.open_unmaskings().expect("a list").is_empty());
    assert_eq!(desk.kinds()[..2], ["unmask.expired".replace("expired", "remasked"), "decision".into()]);
}

#[test]
fn names_are_masked_while_an_import_writes_and_the_entries_follow() {
    let desk = Desk::open();
    desk.unmask(why()).expect("shown");
    let necessity = "Another reason altogether, which the authority asked for in writing.".into();
    desk.unmask(RawJustification { necessity, ..why() }).expect("shown");
    let session = desk.app.session().expect("open");
    let writing = session.store().expect("the writer");
    desk.app.remask_all().expect("masked");
    assert!(desk.app.open_unmaskings().expect("a list").is_empty(), "both are gone from the screen");
    drop(writing);
    desk.app.tick();
    assert_eq!(desk.kinds()[0], desk.kinds()[1]);
    assert!(desk.kinds()[0].starts_with("unmask."), "{:?}", &desk.kinds()[..2]);
}

#[test]
fn a_decided_lead_stays_decided_when_it_is_closed_and_only_what_is_open_is_to_be_read() {
    let desk = Desk::open();
    let progress = || {
        let seen = desk.app.overview().expect("figures");
        (seen.decided, seen.undecided)
    };
    let (_, all) = progress();
    desk.decide("L-0001", "no_further_action", "disagree").expect("decided");
    assert_eq!(progress(), (1, all - 1));
    desk.app.close_lead(LeadRef { lead: "L-0001".into() }).expect("closed");
    assert_eq!(progress(), (1, all - 1), "closing takes nothing back");
    desk.app.lock().expect("locks");
    let mut under = desk.underneath();
    under
        .write(|tx| {
            store::leads::set_state(tx, LeadId(2), State::Closed, NOW)?;
            store::leads::set_state(tx, LeadId(3), State::Expired, NOW)
        })
        .expect("written");
    under.close().expect("closes");
    desk.unlock().expect("opens");
    assert_eq!(progress(), (1, all - 3), "what was withdrawn or expired is neither");
}

#[test]
fn the_queue_keeps_the_order_in_which_a_run_put_its_leads() {
    let desk = Desk::open();
    let leads: Vec<String> = desk.page(LeadFilter::default()).rows.into_iter().map(|l| l.lead).collect();
    assert!(leads.len() > 5);
    // The first run numbers its leads one after the other.
    let numbered: Vec<String> = (1..=leads.len()).map(|n| format!("L-{n:04}")).collect();
    assert_eq!(leads, numbered);
}

#[test]
fn what_nobody_decided_is_new_once_and_a_settled_lead_comes_back_only_with_news() {
    let desk = Desk::open();
    let fresh = || desk.page(LeadFilter { fresh: true, ..LeadFilter::default() }).total;
    let all = desk.page(LeadFilter::default()).total;
    assert!(all > 2 && fresh() == all);
    desk.decide("L-0001", "no_further_action", "disagree").expect("decided");
    let before = desk.read("L-0002");
    let rows = |lead: &str| {
        let query = EvidenceQuery { lead: lead.into(), finding: 0, offset: 0, limit: 200 };
        desk.app.evidence(query).expect("rows").rows
    };
    let locators = rows("L-0002");
    desk.app.analyse_now().expect("runs again");
    assert_eq!((desk.page(LeadFilter::default()).total, fresh()), (all, 0));
    assert_eq!(rows("L-0002"), locators, "rows found again keep their locators");
    assert_eq!(desk.read("L-0002").state, before.state.replace("new", "in_review"));
}

#[test]
fn wrong_data_are_set_aside_the_lead_goes_and_comes_back_when_that_is_undone() {
    let desk = Desk::open();
    assert_eq!(
        desk.decide("L-0001", "data_error", "agree"),
        Err(ErrorCode::Decision),
        "it must say what is wrong"
    );
    let view = desk.decide("L-0001", "data_error", "disagree").expect("decided");
    let cited: u32 = view.findings.iter().map(|f| f.evidence_rows).sum();
    assert!(view.rows_set_aside > 0 && view.rows_set_aside <= cited);
    desk.app.analyse_now().expect("runs without the rows");
    assert_eq!(desk.read("L-0001").state, "closed");
    let same = |page: LeadPage| {
        page.rows
            .into_iter()
            .filter(|r| r.subject == view.subject && r.route == view.route)
            .collect::<Vec<_>>()
    };
    let left = same(desk.page(LeadFilter { fresh: true, ..LeadFilter::default() }));
    let cited_again =
        |r: &LeadRow| desk.read(&r.lead).findings.iter().any(|f| f.sentence == view.findings[0].sentence);
    assert!(!left.iter().any(cited_again), "the finding went with its rows");
    desk.app.undo_decision(LeadRef { lead: "L-0001".into() }).expect("open again");
    desk.app.analyse_now().expect("runs with the rows");
    assert_eq!(desk.read("L-0001").state, "in_review");
}

#[test]
fn who_stands_back_sees_neither_the_lead_nor_another_about_the_same_person() {
    let desk = Desk::open();
    let all = desk.page(LeadFilter::default());
    let lead = all.rows[0].clone();
    let theirs =
        all.rows.iter().filter(|r| r.members.iter().any(|m| lead.members.contains(m))).count() as u32;
    desk.app
        .recuse(Recuse { lead: lead.lead.clone(), reason: "We served in one team.".into() })
        .expect("recorded");
    assert_eq!(desk.page(LeadFilter::default()).total, all.total - theirs);
    let hidden = [
        desk.app.lead(LeadRef { lead: lead.lead.clone() }).map(drop),
        desk.app
            .evidence(EvidenceQuery { lead: lead.lead.clone(), finding: 0, offset: 0, limit: 1 })
            .map(drop),
        desk.app.add_note(AddNote { lead: lead.lead.clone(), text: "A note about it.".into() }).map(drop),
    ];
    assert!(hidden.into_iter().all(|h| h.is_err_and(|e| e.code() == ErrorCode::PolicyForbids)));
    let unmask = desk.app.unmask(Unmask {
        lead: lead.lead.clone(),
        officer: String::new(),
        justification: super::why(),
        passphrase: PASSPHRASE.into(),
    });
    assert!(unmask.is_err_and(|e| e.code() == ErrorCode::PolicyForbids));
    assert_eq!(desk.kinds()[0], "configuration");
}

#[test]
fn a_second_look_is_blind_changes_nothing_and_is_taken_once() {
    let desk = Desk::open();
    let findings = desk.read("L-0001").findings.len();
    desk.app.lock().expect("locks");
    let mut under = desk.underneath();
    let first = Decision {
        outcome: Outcome::NoFurtherAction,
        reason: "Decided by somebody else before.".into(),
        agreements: vec![Agreement::Disagree; findings],
    };
    under
        .write(|tx| {
            let id = store::decisions::insert(tx, LeadId(1), NOW, "reviewer-9", &first)?;
            store::notes::insert(tx, LeadId(1), NOW, "reviewer-9", "I think it is nothing.")?;
            store::second_reviews::draw(tx, id, LeadId(1))?;
            store::leads::set_state(tx, LeadId(1), State::Decided, NOW)
        })
        .expect("written");
    under.close().expect("closes");
    desk.unlock().expect("opens");
    let session = desk.app.session().expect("open");
    let entry = crate::record::Entry::new(ledger::Kind::Decision)
        .lead(LeadId(1))
        .with("outcome", "no_further_action");
    crate::book::record(&session, |_| Ok(((), vec![entry]))).expect("recorded");
    drop(session);
    desk.unmask(super::why()).expect("recorded");
    let nowhere = || desk.app.ledger_patterns().expect("patterns").nowhere.len();
    assert_eq!(nowhere(), 0, "it would say what was decided");
    let waiting = desk.page(LeadFilter { second: true, ..LeadFilter::default() });
    assert_eq!(
        (waiting.total, waiting.rows[0].outcome.clone(), waiting.rows[0].state.as_str()),
        (1, None, "in_review")
    );
    let blind = desk.read("L-0001");
    assert!(blind.second && blind.decisions.is_empty() && blind.notes.is_empty());
    let decision = LedgerQuery { kind: "decision".into(), limit: 9, ..LedgerQuery::default() };
    assert!(
        desk.app
            .ledger(decision)
            .expect("a ledger")
            .entries
            .iter()
            .all(|e| !e.leaf.contains("no_further_action"))
    );
    let seen = desk.decide("L-0001", "welfare", "agree").expect("a second look");
    assert!(!seen.second);
    let taken = seen.decisions[0].clone();
    assert_eq!((taken.outcome.as_str(), taken.standing.as_str()), ("no_further_action", "standing"));
    assert_eq!(taken.second.expect("is shown now").outcome, "welfare");
    assert_eq!(nowhere(), 1);
    assert_eq!(desk.page(LeadFilter { second: true, ..LeadFilter::default() }).total, 0);
    assert_eq!(desk.app.oversight().expect("figures").agreement.expect("one pair").leads, 1);
}

#[test]
fn a_threshold_is_previewed_set_within_its_range_and_written_down_with_before_and_after() {
    let desk = Desk::open();
    let setting =
        |value| ParameterRef { indicator: "overtime-clash".into(), name: "min_clashes".into(), value };
    let now = desk.app.preview_parameter(setting(1)).expect("a preview");
    assert!(!now.needs_run && now.officers_now == now.officers_then && now.officers_now > 0);
    let tried = (2..=20).map(|value| (value, desk.app.preview_parameter(setting(value)).expect("a preview")));
    let (value, then) = tried
        .into_iter()
        .find(|(_, p)| p.officers_then < p.officers_now)
        .unwrap_or_else(|| panic!("some threshold must list fewer: {now:?}"));
    assert!(then.leads_gained == 0 && then.leads_lost <= then.officers_now - then.officers_then);
    assert_eq!(desk.app.preview_parameter(setting(21)).expect_err("out of range").code(), ErrorCode::Limit);
    assert_eq!(desk.app.set_parameter(setting(21)).expect_err("out of range").code(), ErrorCode::Limit);
    let all = desk.app.set_parameter(setting(value)).expect("set");
    let card = all.iter().find(|i| i.id == "overtime-clash").expect("a card");
    assert_eq!((card.changes.len(), card.changes[0].before, card.changes[0].after), (1, 1, value));
    let query = LedgerQuery { kind: "configuration".into(), limit: 1, ..LedgerQuery::default() };
    let entry = desk.app.ledger(query).expect("a ledger").entries.remove(0);
    assert!(
        entry.leaf.contains(&format!("\"after\":{value}")) && entry.leaf.contains("\"before\":1"),
        "{}",
        entry.leaf
    );
    assert!(
        desk.app.preview_parameter(setting(1)).expect("a preview").needs_run,
        "kept measures are of other settings"
    );
    let tried = desk.app.try_parameter_now(&setting(1)).expect("a run");
    assert_eq!(tried, now.officers_now);
    desk.app.analyse_now().expect("runs");
    let ran = desk.app.preview_parameter(setting(1)).expect("a preview");
    assert_eq!((ran.officers_now, ran.officers_then), (then.officers_then, now.officers_now));
}

#[test]
fn a_setting_tried_with_a_whole_run_is_stopped_when_asked_and_changes_nothing() {
    let desk = Desk::open();
    let (indicator, name) = ("overtime-clash".to_owned(), "min_overlap_minutes".to_owned());
    let setting = ParameterRef { indicator, name, value: 30 };
    assert!(desk.app.preview_parameter(setting.clone()).expect("a preview").needs_run);
    let before = desk.app.last_run().expect("a run").map(|run| run.run);
    let job = desk.app.try_parameter(setting).expect("a job");
    desk.app.cancel_job(Job { job: job.job }).expect("is asked to stop");
    let state = loop {
        let view = desk.app.job(Job { job: job.job }).expect("a job");
        if view.state != "running" {
            break view.state;
        }
        std::thread::yield_now();
    };
    assert_eq!(state, "cancelled");
    assert_eq!(desk.app.last_run().expect("a run").map(|run| run.run), before);
}

#[test]
fn reports_are_whole_pages_from_live_settings_and_hold_no_code_and_no_small_number() {
    let desk = Desk::open();
    desk.decide("L-0001", "no_further_action", "disagree").expect("decided");
    let officer = desk.read("L-0001").subject;
    for what in ["workforce", "outcomes", "dpia", "s62"] {
        let path = desk.folder.path().join(what);
        let request = SaveOversight { what: what.into(), path: path.display().to_string() };
        desk.app.save_oversight(request).expect("written");
        let text = std::fs::read_to_string(&path).expect("readable");
        match what {
            "s62" => assert!(text.starts_with("entry,at,who,operation") && text.contains("collection")),
            _ => {
                assert!(text.starts_with("<!doctype html>") && text.ends_with("</html>\n"), "{what}");
                assert!(
                    !text.contains(&officer) && !text.contains("OFC-") && !text.contains("http"),
                    "{what}"
                );
            }
        }
        if what == "outcomes" {
            assert!(
                text.contains("withheld") && !text.contains("<td>1</td>"),
                "one decision is nobody's business"
            );
        }
        assert_eq!(desk.kinds()[0], "export");
    }
    let view = desk.app.oversight().expect("figures");
    assert!(view.nothing.is_empty() && view.people > 100 && view.reviewers.len() <= 1);
    assert!(view.tables.iter().any(|t| t.heading == "unit"));
}
