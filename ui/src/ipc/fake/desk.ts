import type { Commands, MemberView, PackView } from "$contract";
import { refuse } from "./failures";
import { FakeLedger } from "./ledger";
import { countersigned, patterns, reviewed } from "./officer";

type Desk =
  | "read_pack" | "review_ledger" | "acknowledge_restore" | "countersign_ledger" | "raise_challenge" | "review_request" | "grant_request" | "refuse_request"
  | "read_answer";
type Handlers = { [K in Desk]: (request: Commands[K]["request"]) => Commands[K]["reply"] };

const sender: MemberView = { name: "reviewer-1", role: "reviewer", fingerprint: "harbour · velvet · spoon · cedar · lantern · moss" };
const kinds: [string, string][] = [["lead", "a lead pack"], ["ledger", "a ledger pack"], ["request", "a request for a name"], ["answer", "an answer to a challenge"], ["grant", "a grant"]];

const problems: [string, string][] = [["forged", "This pack was changed after it was signed."], ["late", "Pack 3 of this sender has not arrived. Open the earlier pack first."]];

/** The made-up program tells packs apart by their file's name. */
function pack(path: string): PackView {
  const [kind, what] = kinds.find(([kind]) => path.includes(kind)) ?? refuse("not_a_pack", "This is not a pack.");
  return {
    kind, what, store: "K7F3M0XZ9C2D4E5A", sender, to: ["you"], purpose: "Roster review 2026", at: "2026-07-04 09:12 UTC", sequence: 4,
    hash: "uCtTKEP4jA9m9oP3f3cQyEKqzC0s0c5Qx0H3mJrRyWM=", taken: path.includes("again"), problem: problems.find(([part]) => path.includes(part))?.[1] ?? "", earlierMissing: path.includes("late"), facts: [],
  };
}

const ledger = new FakeLedger(371);
/** What a backup kept of what was countersigned. */
const left = 312;
let before = countersigned(340);

export const desk: Handlers = {
  read_pack: ({ path }) => pack(path),
  review_ledger: ({ path }) => ({
    pack: pack(path), ledger: reviewed(ledger.size + 1, before, path.includes("restored") && before.size > left ? left : null), patterns,
    entries: ledger.page({ kind: "", by: "", search: "", from: "", until: "", offset: 0, limit: 400 }).entries,
  }),
  acknowledge_restore: () => (before = { ...before, size: left }),
  countersign_ledger: () => ({ store: "K7F3M0XZ9C2D4E5A", size: ledger.size + 1, root: "", checks: [] }),
  raise_challenge: ({ entry }) => ({ code: "C-9P4T1B", entry }),
  review_request: ({ path }) => ({
    pack: pack(path), store: "K7F3M0XZ9C2D4E5A", name: "Roster review 2026, north", entry: 371, at: "2026-07-04 09:12 UTC", by: "reviewer-1",
    lead: "L-0001", officer: "OFC-7K3M-Q2XF", asked30Days: 4, overBudget: false, answered: "",
    justification: {
      purpose: "severity_assessment", necessity: "The roster unit can confirm a paper approval only for a named officer.",
      proportionality: "Twelve factual edits over three months; a second, independent source agrees.",
      alternatives: "Asked the unit for all approvals first; none kept.", case_reference: "PSD/2026/0142", scope: ["name", "unit"], minutes: 15,
    },
  }),
  grant_request: () => ({ entry: 371, lead: "L-0001", officer: "OFC-7K3M-Q2XF", granted: true, until: "2026-07-11 09:12 UTC" }),
  refuse_request: () => ({ entry: 371, lead: "L-0001", officer: "OFC-7K3M-Q2XF", granted: false, until: "" }),
  read_answer: () => ({ code: "C-7K2M0X", entry: 340, atEntry: 372, answer: "The unit answers on weekdays only; the export was due on Monday at eight." }),
};
