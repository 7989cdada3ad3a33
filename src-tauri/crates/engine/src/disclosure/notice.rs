//! The notice slip: what the officer is told, on paper, without the reasons a pack gives to the representative.

use super::draft;
use crate::outgoing::Texts;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, lead};
use contract::{ErrorCode, NoticeSlip};
use detect::Cards;
use ledger::Kind;
use model::{Lead, LeadId};
use std::path::Path;
use store::unmaskings::UnmaskState;

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The slip as a page to print.
fn page(id: LeadId, lead: &Lead) -> String {
    let cards = Cards::shipped();
    let tests: String = lead
        .findings
        .iter()
        .map(|f| {
            let looks_for = cards.get(&f.indicator).map(|c| c.looks_for.as_str()).unwrap_or_default();
            format!("<li><b>{}</b>: {}</li>\n", escape(&f.title), escape(looks_for))
        })
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>Notice {id}</title>\n\
         <style>body{{font:12pt/1.5 serif;max-width:34em;margin:3em auto}}h1{{font-size:16pt}}</style></head><body>\n\
         <h1>Notice about lead {id}</h1>\n\
         <p>Records of the force were compared by written tests. One or more of them points to records about you that a \
         person should look at. This is a lead, not an allegation, and not a regulation 17 notice. Nothing has been decided.</p>\n\
         <h2>What was looked for</h2>\n<ul>\n{tests}</ul>\n\
         <h2>What you can do</h2>\n<ul>\n\
         <li>Choose a representative: a Police Federation or Superintendents' Association representative, an official of your \
         trade union if you are police staff, or another person who is not involved. Give them the code of this lead.</li>\n\
         <li>Your representative gets the lead without other people's data, reads how each test works and what it cannot see, \
         and can answer each point. A fact that is disputed is computed again.</li>\n\
         <li>You may ask for a copy of the data held about you, and have wrong data put right.</li>\n\
         <li>You may ask the data protection officer who looked at your data: each look is in a log that cannot be changed \
         without being noticed.</li>\n</ul>\n\
         <p>You do not have to say anything about this notice. Please do not discuss it with others whose records may be \
         concerned.</p>\n</body></html>\n"
    )
}

/// Writes the slip. It names nobody; it is handed over once an unmasking for notification has shown the name.
pub(crate) fn slip(session: &Session, request: &NoticeSlip) -> Result<(), Error> {
    let id: LeadId = request.lead.parse()?;
    let (row, body, asked) = {
        let reader = session.reader();
        let row = lead::mine(session, &*reader, id)?;
        let body = store::leads::body(&*reader, id)?.ok_or_else(|| Error::not_found("lead"))?;
        let asked = store::unmaskings::of_lead(&*reader, id)?;
        (row, body, asked)
    };
    let notification = |u: &store::unmaskings::Unmasking| {
        // A name that was shown has expired by the time the slip is printed: only one that never was does not count.
        let shown = matches!(u.state, UnmaskState::Revealed) || u.until.is_some();
        shown
            && serde_json::from_str::<model::RawJustification>(&u.text)
                .is_ok_and(|r| r.purpose == model::Purpose::Notification)
    };
    if !asked.iter().any(notification) {
        return Err(Error::new(
            ErrorCode::PolicyForbids,
            "A notice is given after an unmasking for notification, and this lead has none.",
            "Record that unmasking first. Nothing was written.",
        ));
    }
    let blocked = draft::blocked(session, id, row.state)?;
    if !blocked.is_empty() {
        let hint = "No slip is handed over while that stands. Nothing was written.";
        return Err(Error::new(ErrorCode::PolicyForbids, blocked, hint));
    }
    let found: Lead = serde_json::from_str(&body)?;
    let mut texts = Texts::default();
    found.findings.iter().for_each(|f| texts.add("the title of a finding", f.title.as_str()));
    texts.refuse_names(session, "notice")?;
    book::record(session, |_| {
        let entry = Entry::new(Kind::Disclosure).lead(id).about(&row.subject).with("what", "notice");
        Ok(((), vec![entry]))
    })?;
    Ok(store::folder::write_atomic(Path::new(&request.path), page(id, &found).as_bytes())?)
}
