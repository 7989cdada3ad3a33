import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { EvidenceView, LeadView } from "$contract";
import { decideWords, noteWords, outcomes, recuseWords } from "$ui/copy/leads";
import { word } from "$ui/copy/words";
import { call, type CallError, toCallError } from "$ui/ipc";
import { jobs } from "$ui/state/jobs.svelte";
import { toasts } from "$ui/state/toasts.svelte";
import { DecisionDraft } from "./draft.svelte";

/** Evidence rows shown at a time. */
export const EVIDENCE_PAGE = 50;

export type EvidencePlace = { offset: number; total: number; rows: EvidenceView[] };
export type Panel = "none" | "decide" | "note" | "recuse";

/** The lead that is open, with everything said about it. */
export class OpenLead {
  view = $state<LeadView | null>(null);
  failure = $state<CallError | null>(null);
  /** A refused act, shown where the act was tried. */
  refused = $state<CallError | null>(null);
  busy = $state(false);
  panel = $state<Panel>("none");
  note = $state("");
  /** Why this member stands back. */
  standing = $state("");
  evidence = new SvelteMap<number, EvidencePlace>();
  /** Innocent explanations ticked off; for the reader alone, never kept. */
  ticked = new SvelteSet<string>();
  /** Pixels each lead was scrolled when it was last left. */
  scrolls = new Map<string, number>();
  private drafts = new Map<string, DecisionDraft>();
  private wanted = "";
  private flight: Promise<void> | null = null;

  draft(view: LeadView): DecisionDraft {
    const kept = this.drafts.get(view.lead);
    if (kept) return kept;
    const draft = new DecisionDraft(view.findings.length);
    this.drafts.set(view.lead, draft);
    return draft;
  }

  /** Opens a lead, or reads the open one again; one request at a time for the same lead. */
  async show(lead: string, panel?: Panel): Promise<void> {
    if (lead !== this.wanted) {
      this.wanted = lead;
      this.flight = null;
      this.panel = "none";
      this.note = this.standing = "";
      this.failure = this.refused = null;
      this.evidence.clear();
      this.ticked.clear();
    }
    if (panel) this.panel = panel;
    this.flight ??= this.load(lead).finally(() => {
      if (this.wanted === lead) this.flight = null;
    });
    await this.flight;
  }

  close(): void {
    this.wanted = "";
    this.view = null;
    this.panel = "none";
  }

  private async load(lead: string): Promise<void> {
    try {
      const view = await call("lead", { lead });
      if (this.wanted !== lead) return;
      this.view = view;
      this.failure = null;
    } catch (thrown) {
      if (this.wanted !== lead) return;
      this.view = null;
      this.failure = toCallError(thrown);
    }
  }

  /** Fetches a page of one finding's rows; the program notes that they were opened. */
  async openEvidence(finding: number, offset = 0): Promise<void> {
    const view = this.view;
    if (!view) return;
    try {
      const page = await call("evidence", { lead: view.lead, finding, offset, limit: EVIDENCE_PAGE });
      if (this.view?.lead !== view.lead) return;
      this.evidence.set(finding, { offset, ...page });
      this.view.evidenceOpened = true;
      this.refused = null;
    } catch (thrown) {
      this.refused = toCallError(thrown);
    }
  }

  async decide(): Promise<boolean> {
    const view = this.view;
    if (!view || this.busy) return false;
    const draft = this.draft(view);
    if (!draft.check(view)) return false;
    const { lead, subject } = view;
    const { outcome, reason, agreements } = draft;
    const changed = await this.act(() => call("decide", { lead, outcome, reason: reason.trim(), agreements: [...agreements] }));
    if (!changed) return false;
    this.drafts.delete(lead);
    toasts.say(decideWords.saved(subject, word(outcomes, outcome)), view.second ? null : () => void this.undo(lead, subject));
    if (outcome === "data_error" && !view.second) void this.rerun();
    return true;
  }

  /** What is to happen after a decision was undone; the list reads itself again. */
  onUndone: () => void = () => {};

  async undo(lead: string, subject: string): Promise<void> {
    try {
      const view = await call("undo_decision", { lead });
      if (this.view?.lead === lead) this.view = view;
      toasts.say(decideWords.undone(subject));
      this.onUndone();
    } catch (thrown) {
      const failure = toCallError(thrown);
      if (this.view?.lead === lead) this.refused = failure;
      else toasts.say(`${decideWords.undoFailed}. ${failure.message}`);
    }
  }

  /** Runs the indicators without the rows that were set aside. */
  private async rerun(): Promise<void> {
    try {
      const { job } = await call("start_analysis", null);
      await jobs.follow(job, decideWords.rerun);
      this.onUndone();
    } catch {
      toasts.say(decideWords.rerunFailed);
    }
  }

  /** Closes a decided lead: what was decided has been carried out. */
  async settle(): Promise<void> {
    const view = this.view;
    if (!view || this.busy) return;
    if (await this.act(() => call("close_lead", { lead: view.lead }))) {
      toasts.say(decideWords.closed(view.subject));
      this.onUndone();
    }
  }

  /** Stands back; true when the lead is hidden now. */
  async recuse(): Promise<boolean> {
    const lead = this.view?.lead;
    const reason = this.standing.trim();
    if (!lead || !reason || this.busy) return false;
    this.busy = true;
    try {
      await call("recuse", { lead, reason });
      this.refused = null;
      this.close();
      toasts.say(recuseWords.saved);
      return true;
    } catch (thrown) {
      this.refused = toCallError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async addNote(): Promise<void> {
    const lead = this.view?.lead;
    const text = this.note.trim();
    if (!lead || !text) return;
    if (await this.act(() => call("add_note", { lead, text }))) {
      this.note = "";
      toasts.say(noteWords.saved);
    }
  }

  private async act(run: () => Promise<LeadView>): Promise<boolean> {
    this.busy = true;
    try {
      const view = await run();
      if (this.view?.lead === view.lead) this.view = view;
      this.panel = "none";
      this.refused = null;
      return true;
    } catch (thrown) {
      this.refused = toCallError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

export const lead = new OpenLead();
