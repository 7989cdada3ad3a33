import type { Commands, MemberView } from "$contract";
import { refuse } from "./failures";
import { reviewer } from "./store";

type Packs = "open_desk" | "people" | "add_person" | "read_pack";
type Handlers = { [K in Packs]: (request: Commands[K]["request"]) => Commands[K]["reply"] };

const dpo: MemberView = { name: "dpo-1", role: "dpo", fingerprint: "ladder · violet · anchor · plum · ribbon · oak" };

/** The made-up program has no other people's files; it says so. */
export const packs: Handlers = {
  open_desk: () => reviewer,
  people: () => [dpo],
  add_person: () => dpo,
  read_pack: () => refuse("not_a_pack", "This is not a pack."),
};
