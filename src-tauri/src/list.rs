// The commands of the shell, each once: window that may call it, name, request, reply. Read by `commands.rs`, which
// writes one function for each, and by `build.rs`, which writes one permission for each; a test compares it with
// `contract::COMMANDS` and with the capability files.
commands! {
    Main status() -> Status;
    Main create_profile(CreateProfile) -> MemberView;
    Main save_card(SavePath) -> ();
    Main create_store(CreateStore) -> CreatedStore;
    Main open_store(OpenStore) -> StoreView;
    Main lock() -> ();
    Main touch() -> ();
    Main try_demo(TryDemo) -> Job;
    Main job(Job) -> JobView;
    Main cancel_job(Job) -> ();
    Main jobs() -> Vec<JobView>;
    Main pick_file(PickFile) -> PickedFile;
    Main save_settings(Settings) -> Settings;
    Main overview() -> Overview;
    Main backup_store(SavePath) -> ();
    Main inspect_file(InspectFile) -> ImportProposal;
    Main remap_column(RemapColumn) -> ImportProposal;
    Main rezone_mapping(RezoneMapping) -> ImportProposal;
    Main save_mapping(SaveMapping) -> ();
    Main start_import(StartImport) -> Job;
    Main imports() -> Vec<ImportView>;
    Main import_report(ImportRef) -> ImportReportView;
    Main save_report(SaveReport) -> ();
    Main link_proposals() -> Vec<LinkProposalView>;
    Main decide_link(DecideLink) -> Vec<LinkProposalView>;
    Main start_analysis() -> Job;
    Main last_run() -> Option<RunView>;
    Main leads(LeadsQuery) -> LeadPage;
    Main lead(LeadRef) -> LeadView;
    Main evidence(EvidenceQuery) -> EvidencePage;
    Main decide(Decide) -> LeadView;
    Main undo_decision(LeadRef) -> LeadView;
    Main add_note(AddNote) -> LeadView;
    Main preview_unmask(UnmaskRequest) -> UnmaskPreview;
    Main unmask(Unmask) -> UnmaskView;
    Main open_unmaskings() -> Vec<OpenUnmasking>;
    Name reveal() -> Revealed;
    Name remask() -> ();
    Main remask_all() -> ();
    Main ledger(LedgerQuery) -> LedgerPage;
    Main verify_ledger() -> Verification;
    Main export_ledger(SavePath) -> ();
    Main export_proof(ProofRequest) -> ();
    Main open_desk(OpenDesk) -> MemberView;
    Main people() -> Vec<MemberView>;
    Main add_person(SavePath) -> MemberView;
    Main read_pack(PackRef) -> PackView;
}
