//! The one list of commands: name, request, reply, capability. It feeds the router's test, the permissions and TypeScript.

use crate::*;
use std::collections::BTreeMap;
use ts_rs::{Config, TS};

/// Which window may call a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capability {
    /// The main window.
    Main,
    /// The short-lived name window.
    Name,
}

/// One command of the shell.
#[derive(Debug)]
pub struct Command {
    pub name: &'static str,
    pub capability: Capability,
    request: fn(&Config) -> String,
    reply: fn(&Config) -> String,
}

macro_rules! commands {
    ($($capability:ident $name:ident ($request:ty) -> $reply:ty;)*) => {
        /// Every command, once.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: stringify!($name),
            capability: Capability::$capability,
            request: <$request as TS>::name,
            reply: <$reply as TS>::name,
        }),*];

        fn declarations() -> BTreeMap<String, String> {
            let config = Config::default();
            let mut all = Declarations { config, found: BTreeMap::new() };
            $(all.visit_type::<$request>(); all.visit_type::<$reply>();)*
            // What only the command line prints.
            all.visit_type::<LeadWithEvidence>();
            all.visit_type::<Imported>();
            all.visit_type::<Written>();
            all.visit_type::<ErrorCode>();
            all.visit_type::<Failure>();
            all.found
        }
    };
}

commands! {
    Main status(()) -> Status;
    Main create_profile(CreateProfile) -> MemberView;
    Main save_card(SavePath) -> ();
    Main create_store(CreateStore) -> CreatedStore;
    Main open_store(OpenStore) -> StoreView;
    Main restore_store(RestoreStore) -> StoreView;
    Main lock(()) -> ();
    Main touch(()) -> ();
    Main try_demo(TryDemo) -> Job;
    Main job(Job) -> JobView;
    Main cancel_job(Job) -> ();
    Main jobs(()) -> Vec<JobView>;
    Main pick_file(PickFile) -> PickedFile;
    Main given_pack(()) -> PickedFile;
    Main save_settings(Settings) -> Settings;
    Main overview(()) -> Overview;
    Main backup_store(SavePath) -> ();
    Main add_member(AddMember) -> StoreView;
    Main remove_member(RemoveMember) -> StoreView;
    Main inspect_file(InspectFile) -> ImportProposal;
    Main remap_column(RemapColumn) -> ImportProposal;
    Main rezone_mapping(RezoneMapping) -> ImportProposal;
    Main save_mapping(SaveMapping) -> ();
    Main start_import(StartImport) -> Job;
    Main imports(()) -> Vec<ImportView>;
    Main import_report(ImportRef) -> ImportReportView;
    Main save_report(SaveReport) -> ();
    Main link_proposals(()) -> Vec<LinkProposalView>;
    Main decide_link(DecideLink) -> Vec<LinkProposalView>;
    Main start_analysis(()) -> Job;
    Main last_run(()) -> Option<RunView>;
    Main leads(LeadsQuery) -> LeadPage;
    Main lead(LeadRef) -> LeadView;
    Main evidence(EvidenceQuery) -> EvidencePage;
    Main member_timelines(LeadRef) -> Vec<MemberTimeline>;
    Main decide(Decide) -> LeadView;
    Main undo_decision(LeadRef) -> LeadView;
    Main add_note(AddNote) -> LeadView;
    Main close_lead(LeadRef) -> LeadView;
    Main recuse(Recuse) -> ();
    Main indicators(()) -> Vec<IndicatorView>;
    Main preview_parameter(ParameterRef) -> Preview;
    Main try_parameter(ParameterRef) -> Job;
    Main set_parameter(ParameterRef) -> Vec<IndicatorView>;
    Main oversight(()) -> OversightView;
    Main save_oversight(SaveOversight) -> ();
    Main preview_unmask(UnmaskRequest) -> UnmaskPreview;
    Main unmask(Unmask) -> UnmaskView;
    Main open_unmaskings(()) -> Vec<OpenUnmasking>;
    Name reveal(()) -> Revealed;
    Name remask(()) -> ();
    Main remask_all(()) -> ();
    Main ledger(LedgerQuery) -> LedgerPage;
    Main ledger_patterns(()) -> LedgerPatterns;
    Main verify_ledger(()) -> Verification;
    Main export_ledger(SavePath) -> ();
    Main export_proof(ProofRequest) -> ();
    Main export_keys(SavePath) -> ();
    Main open_desk(OpenDesk) -> MemberView;
    Main people(()) -> Vec<MemberView>;
    Main add_person(SavePath) -> MemberView;
    Main read_pack(PackRef) -> PackView;
    Main request_name(RequestName) -> RequestedName;
    Main reveal_granted(RevealGranted) -> UnmaskView;
    Main send_ledger(SavePath) -> ();
    Main apply_pack(PackRef) -> AppliedPack;
    Main challenges(()) -> Vec<ChallengeView>;
    Main answer_challenge(AnswerChallenge) -> ChallengeView;
    Main countersigned(()) -> Vec<CountersignedView>;
    Main review_ledger(PackRef) -> LedgerPackReview;
    Main acknowledge_restore(PackRef) -> CountersignedView;
    Main countersign_ledger(Countersign) -> Countersigned;
    Main review_request(PackRef) -> RequestReview;
    Main grant_request(GrantRequest) -> AnsweredRequest;
    Main refuse_request(AnswerRequest) -> AnsweredRequest;
    Main raise_challenge(RaiseChallenge) -> RaisedChallenge;
    Main read_answer(PackRef) -> AnswerView;
    Main review_store(()) -> LedgerReview;
    Main countersign_store(()) -> Countersigned;
    Main acknowledge_store(()) -> CountersignedView;
    Main question_entry(QuestionEntry) -> RaisedChallenge;
    Main preview_lead_pack(PreviewLeadPack) -> LeadPackPreview;
    Main export_lead_pack(ExportLeadPack) -> SentLeadPack;
    Main notice_slip(NoticeSlip) -> ();
    Main read_lead_pack(PackRef) -> LeadPackView;
    Main reply_to_lead(ReplyToLead) -> ();
    Main lead_replies(LeadRef) -> Vec<ReplyView>;
    Main retention(()) -> RetentionView;
    Main expire_leads(()) -> ExpiredLeads;
    Main hold_lead(HoldLead) -> ();
    Main release_lead(LeadRef) -> ();
    Main delete_lead(HoldLead) -> DeletionStep;
    Main recover_lead(LeadRef) -> ();
    Main erase_officer(EraseOfficer) -> ErasureView;
    Main end_store(EndStore) -> EndedStore;
    Main subject_access(SubjectAccess) -> ();
}

struct Declarations {
    config: Config,
    found: BTreeMap<String, String>,
}

impl ts_rs::TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.visit_type::<T>();
    }
}

impl Declarations {
    fn visit_type<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.found.contains_key(&name) {
                return;
            }
            self.found.insert(name, T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// Types of `model` that cross unchanged; written here because `model` knows nothing of TypeScript, checked by a test.
const MODEL_TYPES: &str = r#"export type Purpose = "severity_assessment" | "welfare" | "notification" | "vetting" | "data_quality" | "criminal_referral";
export type Scope = "name" | "unit" | "contact" | "source_locators";
export type RawJustification = { purpose: Purpose, necessity: string, proportionality: string, alternatives: string, case_reference: string, scope: Array<Scope>, minutes: number };
export type Gate = { lawful_basis: string, special_category_condition: string, necessity: string, less_intrusive_alternative: string, dpia_reference: string, regime: "uk_gdpr" | "part3", period_start: string, period_end: string };
"#;

/// The generated TypeScript: every type, and `Commands` from name to request and reply.
pub fn typescript() -> String {
    let config = Config::default();
    let mut out =
        String::from("// Generated by `cargo xtask types` from src-tauri/crates/contract. Do not edit.\n\n");
    out += MODEL_TYPES;
    for declaration in declarations().values() {
        out += "export ";
        out += declaration;
        out.push('\n');
    }
    out += "\nexport interface Commands {\n";
    for c in COMMANDS {
        out += &format!(
            "  {}: {{ request: {}; reply: {} }};\n",
            c.name,
            (c.request)(&config),
            (c.reply)(&config)
        );
    }
    out += "}\n";
    out
}
