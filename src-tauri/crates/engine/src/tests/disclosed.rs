//! A lead given to a representative, and the answer taken back: two profiles that exchange only files.

use super::*;

pub(super) struct Two {
    pub desk: Desk,
    pub rep: App,
    pub card: String,
}

/// A reviewer's desk with the made-up force, and a representative who knows the reviewer and is known.
pub(super) fn two() -> Two {
    let desk = Desk::open();
    let folder = desk.folder.path().to_owned();
    let (rep, card) = typed::person(&folder, "representative", &desk.clock);
    let mine = folder.join("reviewer.card").display().to_string();
    desk.app.save_card(SavePath { path: mine.clone() }).expect("a card");
    desk.app.add_person(SavePath { path: card.clone() }).expect("known");
    rep.add_person(SavePath { path: mine }).expect("known");
    rep.open_desk(OpenDesk { passphrase: PASSPHRASE.into() }).expect("unlocked");
    Two { desk, rep, card }
}

impl Two {
    pub fn path(&self, name: &str) -> String {
        self.desk.folder.path().join(name).display().to_string()
    }
    pub fn export(&self, lead: &str, to: &str) -> ExportLeadPack {
        ExportLeadPack {
            lead: lead.into(),
            officer: None,
            to: self.card.clone(),
            path: self.path(to),
            withhold: Vec::new(),
            reply_by: String::new(),
            exception: String::new(),
        }
    }
    fn read(&self, name: &str) -> LeadPackView {
        let request = PackRef { path: self.path(name), without_earlier: false };
        self.rep.read_lead_pack(request).expect("it is for them")
    }
    fn reply(&self, pack: &str, to: &str, stance: &str, text: &str) -> Result<(), Error> {
        let answer =
            AnswerFinding { finding: 1, stance: stance.into(), text: text.into(), evidence: String::new() };
        self.rep.reply_to_lead(ReplyToLead {
            pack: self.path(pack),
            path: self.path(to),
            capacity: "union".into(),
            conflict: String::new(),
            answers: vec![answer],
        })
    }
    /// Takes a reply, and reads it where it then stands.
    fn apply(&self, name: &str) -> Result<ReplyView, Error> {
        let taken = self.desk.app.apply_pack(PackRef { path: self.path(name), without_earlier: false })?;
        let mut all = self.desk.app.lead_replies(LeadRef { lead: taken.lead })?;
        Ok(all.pop().expect("it stands on its lead"))
    }
}

fn preview_of(lead: &str, officer: Option<&String>) -> PreviewLeadPack {
    PreviewLeadPack {
        lead: lead.into(),
        officer: officer.cloned(),
        withhold: Vec::new(),
        reply_by: String::new(),
    }
}

fn leads(desk: &Desk) -> Vec<LeadRow> {
    let query = LeadsQuery { filter: LeadFilter::default(), sort: "priority".into(), offset: 0, limit: 200 };
    desk.app.leads(query).expect("leads").rows
}

#[test]
fn a_lead_is_read_answered_and_computed_again_and_its_answer_counts_once() {
    let two = two();
    let sent = two.desk.app.export_lead_pack(two.export("L-0001", "lead.pack")).expect("sent");
    assert!(sent.fit.people >= 10, "{:?}", sent.fit);
    assert_eq!(two.desk.kinds()[..2], ["export", "disclosure"]);
    let read = two.read("lead.pack");
    assert_eq!(read.code, sent.code);
    let all = serde_json::to_string(&read).expect("JSON");
    assert!(!all.contains("OFC-"), "no code of the store, not in the entry either: {all}");
    assert!(read.what_it_is.contains("not an allegation") && !read.findings.is_empty());
    assert!(
        read.findings.iter().all(|f| !f.card.looks_for.is_empty() && !f.innocent_explanations.is_empty())
    );
    let words = "The roster unit keeps a paper form for each of these changes.";
    two.reply("lead.pack", "reply.pack", "disputed", words).expect("written");
    let taken = two.apply("reply.pack").expect("taken");
    assert_eq!((taken.lead.as_str(), taken.code.as_str()), ("L-0001", sent.code.as_str()));
    assert_eq!(taken.answers[0].text, words);
    assert!(taken.recomputed[0].holds, "{}", taken.recomputed[0].words);
    assert_eq!(two.desk.app.lead_replies(LeadRef { lead: "L-0001".into() }).expect("listed").len(), 1);
    assert_eq!(two.apply("reply.pack").expect_err("replayed").code(), ErrorCode::PackReplayed);
    assert!(two.desk.app.verify_ledger().expect("runs").proved);
}

#[test]
fn no_lead_of_the_force_tells_a_colleague_whose_it_is() {
    let two = two();
    let roll = std::fs::read(template().join("force/officers.csv")).expect("the roll");
    let roll = String::from_utf8_lossy(&roll).into_owned();
    let ids: Vec<&str> = roll
        .lines()
        .skip(1)
        .filter_map(|l| l.split([',', ';', '\t']).next())
        .filter(|i| i.len() > 3)
        .collect();
    let (mut tried, mut left_out, mut rows, mut totals) = (0, 0, 0, 0);
    for row in leads(&two.desk) {
        let ask = preview_of(&row.lead, row.members.first().filter(|_| row.members.len() > 1));
        let preview = match two.desk.app.preview_lead_pack(ask) {
            Ok(preview) => preview,
            Err(e) => {
                assert!(row.members.is_empty() && e.0.message.contains("about a unit"), "{}: {e}", row.lead);
                continue;
            }
        };
        tried += 1;
        assert!(preview.fit.people >= 10, "{:?}", preview.fit);
        let text = serde_json::to_string(&preview.pack).expect("JSON");
        assert!(!text.contains("OFC-") && !text.contains("UNIT-"), "{text}");
        assert!(ids.iter().all(|id| !text.contains(id)), "{text}");
        let lead = two.desk.app.lead(LeadRef { lead: row.lead.clone() }).expect("a lead");
        let mut sums = lead.findings.iter().flat_map(|f| &f.arithmetic);
        assert!(
            sums.all(|sum| !sum.label.starts_with("expected for") || !text.contains(&sum.label)),
            "{text}"
        );
        let by_total = preview.fit.steps.iter().any(|s| s.known == "total of duty hours, from the roster");
        let mut before = text.split(" duty hours").map(|part| part.ends_with(|c: char| c.is_ascii_digit()));
        assert_eq!(by_total, before.any(|shown| shown), "tried by every total that is shown");
        totals += u32::from(by_total);
        let peers = preview.pack.findings.iter().filter_map(|f| f.peers.as_ref());
        assert!({ peers }.all(|p| p.size >= 10));
        left_out += text.matches("left out: may hold a name").count();
        rows += preview.pack.findings.iter().map(|f| f.rows.len()).sum::<usize>();
    }
    println!("{tried} packs, {rows} rows, {left_out} texts left out as possible names");
    assert!(tried >= 5 && totals > 0 && left_out * 20 <= rows, "{left_out} of {rows}, {totals} totals");
}

#[test]
fn what_is_withheld_needs_a_ground_and_a_reason_without_names() {
    let two = two();
    let ask = |item: &str, ground: &str, reason: &str| {
        let item = WithholdItem { item: item.into(), ground: ground.into(), reason: reason.into() };
        two.desk.app.preview_lead_pack(PreviewLeadPack {
            lead: "L-0001".into(),
            officer: None,
            withhold: vec![item],
            reply_by: String::new(),
        })
    };
    let good = "It would show what another inquiry looks at.";
    let preview = ask("rows 1", "(c)", good).expect("a ground");
    assert!(preview.pack.findings[0].rows.is_empty());
    assert!(preview.pack.withheld[0].ground.starts_with("Regulation 6 (c): "));
    assert_eq!(ask("rows 1", "h", good).expect_err("no such ground").code(), ErrorCode::Decision);
    assert_eq!(ask("rows 99", "c", good).expect_err("no such finding").code(), ErrorCode::Decision);
    assert_eq!(ask("rows 1", "c", "because").expect_err("thin").code(), ErrorCode::Decision);
    let named = ask("rows 1", "c", "Telephone 07700 900123 before anything is given.").expect_err("a detail");
    assert_eq!(named.code(), ErrorCode::NameInText);
}

#[test]
fn a_lead_bound_for_a_criminal_referral_leaves_only_by_an_authorised_exception() {
    let two = two();
    let lead = two.desk.app.lead(LeadRef { lead: "L-0001".into() }).expect("a lead");
    let query = EvidenceQuery { lead: "L-0001".into(), finding: 0, offset: 0, limit: 5 };
    two.desk.app.evidence(query).expect("rows");
    let decide = Decide {
        lead: "L-0001".into(),
        outcome: "criminal_referral".into(),
        reason: "The claims overlap in four months and no form exists.".into(),
        agreements: lead.findings.iter().map(|_| "agree".into()).collect(),
    };
    two.desk.app.decide(decide).expect("decided");
    let mut export = two.export("L-0001", "lead.pack");
    let refused = two.desk.app.export_lead_pack(export.clone()).expect_err("it could tip off");
    assert_eq!(refused.code(), ErrorCode::PolicyForbids);
    assert!(!Path::new(&export.path).exists());
    two.desk.unmask(RawJustification { purpose: Purpose::Notification, ..why() }).expect("recorded");
    let slip =
        || two.desk.app.notice_slip(NoticeSlip { lead: "L-0001".into(), path: two.path("notice.html") });
    assert_eq!(slip().expect_err("nor is the officer told").code(), ErrorCode::PolicyForbids);
    two.desk.app.close_lead(LeadRef { lead: "L-0001".into() }).expect("closed");
    let refused = two.desk.app.export_lead_pack(export.clone()).expect_err("closing it changes nothing");
    assert_eq!(refused.code(), ErrorCode::PolicyForbids);
    assert_eq!(slip().expect_err("nor for the slip").code(), ErrorCode::PolicyForbids);
    export.exception = "The appropriate authority allowed it on 30 June 2026 after the arrest.".into();
    let words = export.exception.clone();
    two.desk.app.export_lead_pack(export).expect("an exception");
    let session = two.desk.app.session().expect("open");
    let kept = store::texts::all(&*session.reader()).expect("reads");
    assert!(kept.iter().any(|t| t.text == words), "who allowed it and why stays behind its entry's hash");
}

#[test]
fn an_answer_is_bound_to_the_pack_its_reader_and_its_store() {
    let two = two();
    let reviewers = two.path("reviewer.card");
    let wrong = ExportLeadPack { to: reviewers, ..two.export("L-0001", "lead.pack") };
    assert_eq!(two.desk.app.export_lead_pack(wrong).expect_err("no representative").code(), ErrorCode::Card);
    two.desk.app.export_lead_pack(two.export("L-0001", "lead.pack")).expect("sent");
    let named = two.reply("lead.pack", "reply.pack", "explained", "Ring 07700 900123 about it, please do.");
    assert_eq!(named.expect_err("a detail").code(), ErrorCode::NameInText);
    assert!(two.reply("lead.pack", "reply.pack", "explained", "").is_err(), "an explanation says something");
    two.reply("lead.pack", "reply.pack", "no_comment", "").expect("written");
    // The same store as it was before the pack was given.
    let other = Desk::open();
    other.app.add_person(SavePath { path: two.card.clone() }).expect("known");
    let foreign = other.app.apply_pack(PackRef { path: two.path("reply.pack"), without_earlier: false });
    assert_eq!(foreign.expect_err("it gave no such pack").code(), ErrorCode::PackStore);
    let unread = two.desk.app.read_lead_pack(PackRef { path: two.path("lead.pack"), without_earlier: false });
    assert_eq!(unread.map(|_| ()).expect_err("for the representative").code(), ErrorCode::PackForSomeoneElse);
}

#[test]
fn an_answer_of_a_representative_to_whom_the_pack_was_not_given_is_refused() {
    let two = two();
    let folder = two.desk.folder.path().join("another");
    let app = App::start(Home::at(folder.clone()), Arc::clone(&two.desk.clock) as Arc<dyn Clock>);
    let (name, role) = ("representative-2".to_owned(), "representative".to_owned());
    app.create_profile(CreateProfile { name, role, passphrase: PASSPHRASE.into() }).expect("a profile");
    app.save_card(SavePath { path: two.path("second.card") }).expect("a card");
    two.desk.app.add_person(SavePath { path: two.path("second.card") }).expect("known as well");
    two.desk.app.export_lead_pack(two.export("L-0001", "lead.pack")).expect("sent");
    two.reply("lead.pack", "reply.pack", "no_comment", "").expect("written");
    let session = two.desk.app.session().expect("open");
    let known = crate::people::known(&session.home).expect("people");
    let want = crate::mail::Want {
        kinds: &[packs::Pack::Reply],
        store: None,
        known: &known,
        gaps: packs::Gaps::Accepted,
    };
    let incoming =
        crate::mail::open(&session.post(), Path::new(&two.path("reply.pack")), &want).expect("opens");
    let body: packs::ReplyBody = incoming.body().expect("its body");
    let given = seal::Passphrase::given(PASSPHRASE.into());
    let home = Home::at(folder);
    let member = Arc::new(seal::profile::unlock(home.folder(), &given).expect("unlocks"));
    let post = crate::mail::Post { home, member, now: NOW };
    let to = [session.member.card().clone()];
    let letter = crate::mail::Letter { store: session.id(), to: &to, purpose: "An answer", body: &body };
    crate::mail::send(&post, &letter, Path::new(&two.path("forwarded.pack"))).expect("sent");
    let refused = two.apply("forwarded.pack").map(drop).expect_err("it was given to another");
    assert!(refused.0.message.contains("somebody else than the representative"), "{refused}");
    two.apply("reply.pack").expect("the one it was given to");
}

#[test]
fn a_notice_slip_names_nobody_and_follows_an_unmasking_for_notification() {
    let two = two();
    let slip = || NoticeSlip { lead: "L-0001".into(), path: two.path("notice.html") };
    assert_eq!(two.desk.app.notice_slip(slip()).expect_err("not yet").code(), ErrorCode::PolicyForbids);
    two.desk.unmask(RawJustification { purpose: Purpose::Notification, ..why() }).expect("recorded");
    two.desk.app.notice_slip(slip()).expect("written");
    let page = std::fs::read_to_string(two.path("notice.html")).expect("a page");
    assert!(page.contains("L-0001") && page.contains("trade union") && page.contains("not an allegation"));
    assert!(!page.contains("OFC-"));
}

#[test]
fn a_groups_lead_goes_to_each_members_representative_with_the_others_as_codes_of_the_pack() {
    let two = two();
    let group = leads(&two.desk).into_iter().find(|l| l.members.len() > 2).expect("a ring of three or more");
    let unnamed = two.desk.app.export_lead_pack(two.export(&group.lead, "lead.pack"));
    assert!(unnamed.expect_err("whose?").0.message.contains("whose representative"));
    let other =
        ExportLeadPack { officer: Some("OFC-0000-0000".into()), ..two.export(&group.lead, "lead.pack") };
    assert_eq!(two.desk.app.export_lead_pack(other).expect_err("not theirs").code(), ErrorCode::NotFound);
    let whole: u32 =
        two.desk.app.lead(LeadRef { lead: group.lead.clone() }).expect("it").findings[0].evidence_rows;
    let mut shown = 0;
    for (n, member) in group.members.iter().enumerate() {
        let name = format!("lead-{n}.pack");
        let export = ExportLeadPack { officer: Some(member.clone()), ..two.export(&group.lead, &name) };
        two.desk.app.export_lead_pack(export).expect("sent");
        let read = two.read(&name);
        let all = serde_json::to_string(&read).expect("JSON");
        assert!(!all.contains("OFC-"), "{all}");
        let finding = &read.findings[0];
        assert!(
            finding.rows.iter().all(|row| row.iter().any(|cell| cell == "the officer")),
            "{:?}",
            finding.rows
        );
        assert!(finding.rows.iter().flatten().any(|cell| cell == "P1"), "{:?}", finding.rows);
        assert!(
            finding.arithmetic.iter().any(|a| a.label.starts_with("changes by the officer to duties of P"))
        );
        let left_out = read.removed.iter().find(|r| r.label.contains("between other people")).expect("said");
        assert!(left_out.value.parse::<u32>().is_ok_and(|n| n > 0));
        assert!((finding.rows.len() as u32) < whole);
        shown += finding.rows.len() as u32;
    }
    assert!(shown >= whole, "each row concerns somebody");
    two.reply("lead-0.pack", "reply.pack", "disputed", "We enter each other's late finishes.")
        .expect("written");
    let path = two.path("reply.pack");
    let view = two.desk.app.read_pack(PackRef { path, without_earlier: false }).expect("shown");
    let fact = |label: &str| view.facts.iter().find(|f| f.label == label).map(|f| f.value.clone());
    assert_eq!(
        (fact("Lead"), fact("Answers"), fact("Disputed findings")),
        (Some(group.lead.clone()), Some("1".into()), Some("1".into()))
    );
    assert!(two.apply("reply.pack").expect("taken").recomputed[0].holds);
}

#[test]
fn a_lead_pack_says_what_it_is_to_its_reader_and_nothing_to_anybody_else() {
    let two = two();
    let sent = two.desk.app.export_lead_pack(two.export("L-0001", "lead.pack")).expect("sent");
    let show = |app: &App| app.read_pack(PackRef { path: two.path("lead.pack"), without_earlier: false });
    let view = show(&two.rep).expect("theirs");
    let facts: Vec<&str> = view.facts.iter().map(|f| f.value.as_str()).collect();
    let findings =
        two.desk.app.lead(LeadRef { lead: "L-0001".into() }).expect("a lead").findings.len().to_string();
    assert_eq!(facts, ["L-0001", &sent.code, &findings, "0", &sent.reply_by]);
    assert_eq!(show(&two.desk.app).expect_err("sealed to another").code(), ErrorCode::PackForSomeoneElse);
}
