import type { Commands, CountersignedView, LedgerPatterns, LedgerReview } from "$contract";
import { refuse } from "./failures";
import type { FakeLedger } from "./ledger";

type Officer = "ledger_patterns" | "review_store" | "countersign_store" | "acknowledge_store" | "question_entry";
type Handlers = { [K in Officer]: (request: Commands[K]["request"]) => Commands[K]["reply"] };

const store = "K7F3M0XZ9C2D4E5A";
const name = "Roster review 2026, north";
const root = "uCtTKEP4jA9m9oP3f3cQyEKqzC0s0c5Qx0H3mJrRyWM=";

export const countersigned = (size: number): CountersignedView => ({ store, name, size, root, at: "2026-06-23 10:02 UTC", openQuestions: 1 });

/** A ledger of some size as its reader finds it after what they countersigned before. */
export const reviewed = (size: number, before: CountersignedView, restored: number | null): LedgerReview => ({
  store, name, proved: restored === null, size, root, before, restored,
  checks: [
    { what: "Nothing was removed or changed since you countersigned last", detail: `${before.size} entries then, ${size - before.size} since`, outcome: "proved" },
    { what: `The head over ${size} entries is signed by the store and by reviewer-1`, detail: root, outcome: "proved" },
    { what: "Some texts are missing", detail: "entries 12", outcome: "look" },
  ],
  figures: [{ label: "imports", value: "6" }, { label: "leads, new", value: "137" }, { label: "challenges waiting for an answer", value: "1" }],
  openChallenges: ["C-7K2M0X"],
});

export const patterns: LedgerPatterns = {
  reviewers: [{ by: "reviewer-1", unmaskings: 11, decided: 9, nowhere: 6 }, { by: "reviewer-2", unmaskings: 7, decided: 5, nowhere: 1 }],
  byChance: 0.266,
  weeks: [2, 0, 5, 4, 7],
  reused: [{ text: "The roster unit can confirm this only for a named officer.", entries: [388, 395, 401] }],
  nowhere: [{ entry: 388, lead: "L-0012" }, { entry: 401, lead: "L-0041" }],
  watched: [{ seq: 409, at: "2026-07-01 16:02:00 UTC", by: "reviewer-2", kind: "configuration", what: "setting changed", about: "attendance-share", outcome: "", leaf: "{}", text: [] }],
  watchedInAll: 1,
};

/** What a data protection officer does with the open store. */
export function officer(ledger: () => FakeLedger, role: () => string): Handlers {
  let before = countersigned(371);
  const only = () => role() === "dpo" || refuse("policy_forbids", "Only a data protection officer's profile does this.", "Nothing was opened or changed.");
  return {
    ledger_patterns: () => patterns,
    review_store: () => (only(), reviewed(ledger().size + 1, before, null)),
    countersign_store: () => {
      only();
      before = countersigned(ledger().size + 1);
      ledger().add("checkpoint", "checkpoint", "", "countersigned by dpo-1");
      return { store, size: before.size, root, checks: [] };
    },
    acknowledge_store: () => refuse("ledger_refused", "There is no backup to acknowledge.", "Nothing was changed."),
    question_entry: ({ entry, question }) => {
      only();
      ledger().add("challenge.raised", "challenged", "", `entry ${entry}`, [{ label: "Question", value: question }]);
      return { code: "C-9P4T1B", entry };
    },
  };
}
