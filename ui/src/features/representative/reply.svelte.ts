import type { AnswerFinding, LeadPackView } from "$contract";
import { reply as words } from "$ui/copy/desk";

/** An answer in the making: one stance per finding, and whether the representative is free to give it. */
export class ReplyDraft {
  capacity = $state("federation");
  uninvolved = $state(false);
  conflict = $state("");
  answers = $state<AnswerFinding[]>([]);
  tried = $state(false);

  constructor(pack: LeadPackView) {
    this.answers = pack.findings.map((finding) => ({ finding: finding.n, stance: "no_comment", text: "", evidence: "" }));
  }

  /** What keeps one answer from being sent. */
  error(answer: AnswerFinding): string {
    const needs = answer.stance === "explained" || answer.stance === "disputed";
    return this.tried && needs && !answer.text.trim() ? words.needText : "";
  }

  get conflictError(): string {
    return this.tried && !this.uninvolved && !this.conflict.trim() ? words.needConflict : "";
  }

  /** Whether it can be sealed; the first try shows what is missing. */
  ready(): boolean {
    this.tried = true;
    return !this.conflictError && this.answers.every((answer) => !this.error(answer));
  }

  request(pack: string, path: string) {
    const conflict = this.uninvolved ? "" : this.conflict.trim();
    return { pack, path, capacity: this.capacity, conflict, answers: $state.snapshot(this.answers) };
  }
}
