import type { LinkProposalView } from "$contract";
import { refuse } from "./failures";

/** Codes of a made-up store that may be one officer. */
export class FakeLinks {
  list: LinkProposalView[] = [];

  constructor(full: boolean) {
    if (!full) return;
    const open = { state: "open", decided: null };
    this.list = [
      { proposal: 1, provisional: "OFC-2B7D-K0PA", officer: "OFC-7K3M-Q2XF", why: "The same number but for zeros in front.", confidence: 85, firstSeen: "Overtime and paid details, import 3", ...open },
      { proposal: 2, provisional: "OFC-9ZXC-1M4T", officer: "OFC-5H2W-8RNE", why: "One character differs.", confidence: 40, firstSeen: "System look-ups, import 5", ...open },
    ];
  }

  decide(proposal: number, link: boolean, reason: string): string {
    const found = this.list.find((known) => known.proposal === proposal) ?? refuse("not_found", "There is no such proposal.");
    found.state = link ? "linked" : "refused";
    found.decided = `2 Jul 2026 10:41 by reviewer-2: ${reason}`;
    return found.officer;
  }
}
