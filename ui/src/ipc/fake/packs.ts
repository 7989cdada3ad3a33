import type { ChallengeView, Commands, CountersignedView, MemberView } from "$contract";
import { refuse } from "./failures";
import { reviewer } from "./store";

type Packs =
  | "open_desk" | "people" | "add_person"
  | "request_name" | "reveal_granted" | "send_ledger" | "apply_pack" | "challenges" | "answer_challenge"
  | "countersigned";
type Handlers = { [K in Packs]: (request: Commands[K]["request"]) => Commands[K]["reply"] };

const dpo: MemberView = { name: "dpo-1", role: "dpo", fingerprint: "ladder · violet · anchor · plum · ribbon · oak" };

const challenge: ChallengeView = {
  code: "C-7K2M0X", by: "dpo-1", at: "2026-06-29 09:12 UTC", entry: 371, lead: "L-0041",
  question: "Why was the name needed on a Sunday, when the unit could be asked on Monday?", answer: "", open: true,
};

const seen: CountersignedView = {
  store: "K7F3M0XZ9C2D4E5A", name: "Roster review 2026, north", size: 371, root: "uCtTKEP4jA9m9oP3f3cQyEKqzC0s0c5Qx0H3mJrRyWM=", at: "2026-06-23 10:02 UTC", openQuestions: 1,
};

const noPack = () => refuse("not_a_pack", "This is not a pack.");

/** The made-up program has no other people's files; it says so. */
export const packs: Handlers = {
  open_desk: () => reviewer,
  people: () => [dpo],
  add_person: () => dpo,
  request_name: ({ lead, officer }) => ({ seq: 412, lead, officer }),
  reveal_granted: () => refuse("policy_forbids", "There is no grant for this lead that you have not opened."),
  send_ledger: () => null,
  apply_pack: noPack,
  challenges: () => [challenge],
  answer_challenge: ({ answer }) => ({ ...challenge, answer, open: false }),
  countersigned: () => [seen],
};
