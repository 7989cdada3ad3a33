import type { LeadView } from "$contract";
import { decideWords } from "$ui/copy/leads";

export const MIN_REASON = 20;

/** A decision being written; kept while the page lives, so that looking something up loses nothing. */
export class DecisionDraft {
  outcome = $state("");
  reason = $state("");
  agreements = $state<string[]>([]);
  tried = $state(false);

  constructor(findings: number) {
    this.agreements = Array.from({ length: findings }, () => "");
  }

  get outcomeError(): string {
    return this.tried && !this.outcome ? decideWords.needOutcome : "";
  }

  get reasonError(): string {
    const missing = MIN_REASON - [...this.reason.trim()].length;
    return this.tried && missing > 0 ? decideWords.needReason(missing) : "";
  }

  get agreementError(): string {
    return this.tried && this.agreements.some((answer) => !answer) ? decideWords.needAgreement : "";
  }

  /** Whether the form is complete; from now on it says what is missing. */
  check(view: LeadView): boolean {
    this.tried = true;
    return view.evidenceOpened && !this.outcomeError && !this.reasonError && !this.agreementError;
  }
}
