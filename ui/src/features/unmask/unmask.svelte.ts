import { untrack } from "svelte";
import type { Purpose, RawJustification, RequestedName, Scope, UnmaskPreview, UnmaskView } from "$contract";
import { unmaskWords } from "$ui/copy/unmask";
import { call, type CallError, toCallError } from "$ui/ipc";
import { unmaskings } from "$ui/state/unmaskings.svelte";

const TYPING_MS = 300;
/** Until the preview has told the policy's own limit. */
const MOST_MINUTES = 30;
const USUAL_MINUTES = 15;

/** One justification being written, the entry it would become, and what came of it. */
export class UnmaskForm {
  /** Whose identity; chosen from the members, or the only one. */
  officer = $state("");
  members = $state<string[]>([]);
  purpose = $state<Purpose | "">("");
  reference = $state("");
  necessity = $state("");
  proportionality = $state("");
  alternatives = $state("");
  scope = $state<Scope[]>(["name"]);
  minutes = $state(String(USUAL_MINUTES));
  passphrase = $state("");
  preview = $state<UnmaskPreview | null>(null);
  checking = $state(false);
  failure = $state<CallError | null>(null);
  busy = $state(false);
  recorded = $state<UnmaskView | null>(null);
  /** Where a request for the data protection officer goes, under `countersigned`. */
  requestPath = $state("");
  requested = $state<RequestedName | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(readonly lead: string) {}

  get most(): number {
    return this.preview?.maxMinutes ?? MOST_MINUTES;
  }

  private get wholeMinutes(): number {
    const minutes = Number(this.minutes);
    const most = untrack(() => this.most);
    return Number.isInteger(minutes) && minutes >= 1 && minutes <= most ? minutes : 0;
  }

  /** What keeps the entry from being previewed at all. */
  get missing(): string {
    if (this.members.length > 1 && !this.officer) return unmaskWords.needOfficer;
    if (!this.purpose) return unmaskWords.needPurpose;
    return this.wholeMinutes ? "" : unmaskWords.needMinutes(this.most);
  }

  /** The first thing to mend, in words. */
  get refused(): string {
    return this.missing || this.preview?.refused || "";
  }

  get allowed(): boolean {
    return !this.busy && !this.checking && this.preview !== null && !this.refused && this.passphrase !== "";
  }

  private justification(): RawJustification | null {
    if (!this.purpose || !this.wholeMinutes) return null;
    const { purpose, necessity, proportionality, alternatives } = this;
    return { purpose, necessity, proportionality, alternatives, case_reference: this.reference, scope: [...this.scope], minutes: this.wholeMinutes };
  }

  toggle(scope: Scope, on: boolean): void {
    this.scope = on ? [...this.scope, scope] : this.scope.filter((chosen) => chosen !== scope);
  }

  /** Asks once whom the lead is about. */
  async begin(): Promise<void> {
    try {
      this.members = (await call("lead", { lead: this.lead })).members;
      if (this.members.length === 1) this.officer = this.members[0] ?? "";
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
  }

  /** Reads every field, so that an effect around it follows them, and previews a moment after the last change. */
  follow(): void {
    const justification = this.justification();
    const { officer } = this;
    clearTimeout(this.timer);
    this.turn += 1;
    // The preview itself is not followed, or each answer would ask the next question.
    this.checking = justification !== null;
    if (justification) this.timer = setTimeout(() => void this.look(justification, officer), TYPING_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.turn += 1;
    this.passphrase = "";
  }

  private async look(justification: RawJustification, officer: string): Promise<void> {
    const turn = this.turn;
    try {
      const preview = await call("preview_unmask", { lead: this.lead, officer, justification });
      if (turn !== this.turn) return;
      this.preview = preview;
      this.failure = null;
    } catch (thrown) {
      if (turn !== this.turn) return;
      this.preview = null;
      this.failure = toCallError(thrown);
    }
    this.checking = false;
  }

  /** Entry first; the name goes to its own window and never comes here. */
  record(): Promise<boolean> {
    return this.send(async (what) => {
      this.recorded = await call("unmask", what);
      await unmaskings.refresh();
    });
  }

  /** Under `countersigned`: entry first, then a request sealed to the data protection officers. */
  ask(): Promise<boolean> {
    return this.send(async (what) => {
      this.requested = await call("request_name", { ...what, path: this.requestPath.trim() });
    });
  }

  private async send(act: (what: { lead: string; officer: string; justification: RawJustification; passphrase: string }) => Promise<void>): Promise<boolean> {
    const justification = this.justification();
    if (!this.allowed || !justification) return false;
    this.busy = true;
    try {
      await act({ lead: this.lead, officer: this.officer, justification, passphrase: this.passphrase });
      this.failure = null;
      return true;
    } catch (thrown) {
      this.failure = toCallError(thrown);
      return false;
    } finally {
      this.passphrase = "";
      this.busy = false;
    }
  }
}

const drafts = new Map<string, UnmaskForm>();

/** The draft for a lead; it outlives a look at the lead, without the passphrase, and ends when it was recorded. */
export function draftFor(lead: string): UnmaskForm {
  const kept = drafts.get(lead);
  // Read apart: a screen that derives its draft from here must not be given a new one the moment this one is recorded.
  if (kept && !untrack(() => kept.recorded || kept.requested)) return kept;
  const draft = new UnmaskForm(lead);
  drafts.set(lead, draft);
  return draft;
}
