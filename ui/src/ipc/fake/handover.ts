import type { Commands, FitView, LeadPackView } from "$contract";

type Handover =
  | "preview_lead_pack" | "export_lead_pack" | "notice_slip" | "read_lead_pack" | "reply_to_lead" | "lead_replies"
  | "retention" | "expire_leads" | "hold_lead" | "release_lead" | "delete_lead" | "recover_lead" | "erase_officer" | "end_store" | "subject_access";
type Handlers = { [K in Handover]: (request: Commands[K]["request"]) => Commands[K]["reply"] };

const fit: FitView = {
  people: 26,
  of: 412,
  steps: [{ known: "rank, from the roll", left: 190 }, { known: "who was on duty in the cited months", left: 26 }],
};

const pack: LeadPackView = {
  code: "K-7K2M0X",
  whatItIs: "This is a lead, not an allegation and not a regulation 17 notice. Somebody has to look at it; your answer is part of that.",
  facts: [{ label: "Route", value: "conduct" }, { label: "Period", value: "Mar to May 2026" }],
  findings: [{
    n: 1,
    indicator: "roster-self-edit",
    title: "Edits to own duties that added paid time",
    sentence: "10 to 19 changes to their own duties, made by themselves, added 20 to 49 h of paid or premium time.",
    arithmetic: [{ label: "Changes", value: "10 to 19" }],
    peers: { group: "comparable roles", size: 412, median: "0", highest: "2", expected: "0" },
    columns: ["Changed", "Duty", "Gain"],
    rows: [["Mar 2026 07:42", "Mar 2026", "100 to 199"]],
    baseRate: "Of 40 such leads, 11 led to no further action.",
    card: { looksFor: "Changes a person made to their own duties that add paid time.", exclusions: [], settings: [{ label: "Changes from which the finding is made", value: "3 changes" }], cannotSee: "Approvals on paper." },
    counterEvidence: [],
    innocentExplanations: ["Change agreed by phone, approver not recorded"],
    whatWouldClearIt: "An approval for the cited changes.",
  }],
  withheld: [{ what: "first date", ground: "Regulation 6 (c): it would prejudice another investigation or proceedings", reason: "Another inquiry looks at that month." }],
  removed: [{ label: "other people become codes of this pack", value: "3" }],
  fit,
  replyBy: "2026-07-18",
  entry: "{}",
};

/** Lead packs and retention of the made-up program: one pack, one lead whose time is up. */
export const handover: Handlers = {
  preview_lead_pack: ({ lead }) => ({
    lead,
    pack: { ...pack, code: "", entry: "" },
    changes: [{ before: "OFC-7K3M-Q2XF asked OFC-1111-2222", after: "the officer asked P1", why: ["other people become codes of this pack"] }],
    widened: ["days become months"],
    fit,
    blocked: "",
  }),
  export_lead_pack: () => ({ entry: 413, code: pack.code, hash: "kWb0uG2x", fit, replyBy: pack.replyBy }),
  notice_slip: () => null,
  read_lead_pack: () => pack,
  reply_to_lead: () => null,
  lead_replies: () => [],
  retention: () => ({
    ends: "2027-12-31",
    rules: [{ label: "Undecided", value: "365 days after the last change" }],
    due: [{ lead: "L-0001", class: "Undecided", state: "in_review", due: "2027-07-01", overdue: false, held: false }],
    holds: [],
    deletions: [],
    erasures: [],
  }),
  expire_leads: () => ({ leads: 0 }),
  hold_lead: () => null,
  release_lead: () => null,
  delete_lead: () => ({ words: "Proposed. Another member has to confirm it." }),
  recover_lead: () => null,
  erase_officer: ({ rule }) => ({ receipt: 1, at: "2026-07-02T10:41:00Z", by: "reviewer-2", rule, counts: "{\"leads\":1}" }),
  end_store: () => ({ ledger: "/stores/store/ledger.json", policy: "/stores/store/policy.txt", entries: 414, waiting: "" }),
  subject_access: () => null,
};
