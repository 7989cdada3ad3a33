import type { IndicatorRun, MemberView, RecentStore, RunView, Status, StoreView } from "$contract";

export const reviewer: MemberView = { name: "reviewer-2", role: "reviewer", fingerprint: "amber lattice ninety quill orbit stone" };
const dpo: MemberView = { name: "dpo-1", role: "dpo", fingerprint: "cedar ribbon eleven moss harbour pine" };

export const storeView = (): StoreView => ({
  id: "7c1e9a40",
  name: "Roster review 2026, north",
  purpose: "Review of roster edits and overtime in the northern division",
  path: "/home/reviewer/Countersign/roster-review-2026",
  policy: "recorded",
  created: "20 Jun 2026",
  ends: "2027-06-30",
  members: [reviewer, dpo],
  ledgerEntries: 412,
  countersignedDays: 9,
  entriesSince: 41,
  warnings: [],
  imports: 6,
  leads: 137,
});

export const recent: RecentStore[] = [
  { path: "/home/reviewer/Countersign/roster-review-2026", name: "Roster review 2026, north", opened: "2 Jul 2026 09:02", present: true },
  { path: "/home/reviewer/Countersign/access-audit", name: "Access audit, spring", opened: "11 May 2026 16:40", present: true },
  { path: "/media/stick/old-review", name: "Overtime 2025", opened: "19 Nov 2025 14:02", present: false },
];

export const emptyStatus = (): Status => ({
  version: "0.1.0",
  member: null,
  desk: false,
  store: null,
  recent: [],
  settings: { lockMinutes: 10, theme: "system", zoom: 100 },
  waitSeconds: 0,
  storesFolder: "/home/reviewer/Countersign",
});

const indicators: IndicatorRun[] = [
  { id: "roster-self-edit", title: "Edits to own duties that added paid time", nature: "factual", found: 14, expectedFalse: "", baseline: "A plain count above 5 would list 41", skipped: "", limits: "" },
  { id: "roster-late-edit", title: "Duties changed after they had ended", nature: "factual", found: 31, expectedFalse: "", baseline: "A plain count above 5 would list 88", skipped: "", limits: "" },
  { id: "overtime-clash", title: "Paid overtime that clashes with other records", nature: "factual", found: 22, expectedFalse: "", baseline: "", skipped: "", limits: "" },
  { id: "attendance-claim", title: "Office days claimed without a trace", nature: "factual", found: 0, expectedFalse: "", baseline: "", skipped: "Needs attendance claims and presence; neither has been imported.", limits: "" },
  { id: "access-subject", title: "The same record looked up again without a case", nature: "statistical", found: 29, expectedFalse: "0.3 expected by chance", baseline: "A plain count above 10 would list 114", skipped: "", limits: "" },
  { id: "working-time", title: "Working time above the limit", nature: "factual", found: 27, expectedFalse: "", baseline: "", skipped: "", limits: "The rule on leave was not applied: no leave is on file." },
  { id: "complaint-rate", title: "Complaints above comparable officers", nature: "statistical", found: 14, expectedFalse: "0.9 expected by chance", baseline: "A plain count above 3 would list 37", skipped: "", limits: "" },
];

export const run = (): RunView => ({ run: 14, at: "2 Jul 2026 10:12", cards: "9c1f0b7e", officers: 3204, rows: 2_349_898, seconds: "6.4", indicators });
