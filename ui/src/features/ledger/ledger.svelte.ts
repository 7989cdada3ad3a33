import type { LedgerPage, LedgerPatterns, Verification } from "$contract";
import { call, type CallError, toCallError } from "$ui/ipc";
import { isDay } from "$ui/state/day";

/** Entries shown at a time. */
export const LEDGER_PAGE = 50;
const TYPING_MS = 150;

const dayOf = (typed: string) => (isDay(typed.trim()) ? typed.trim() : "");

/** The ledger as it is being read: filter, page, opened entries, the last verification. */
export class LedgerReading {
  kind = $state("");
  by = $state("");
  search = $state("");
  /** First and last day as typed; one that is no day narrows nothing and is marked. */
  from = $state("");
  until = $state("");
  offset = $state(0);
  page = $state.raw<LedgerPage | null>(null);
  patterns = $state.raw<LedgerPatterns | null>(null);
  /** Whether the patterns are shown. */
  unfolded = $state(false);
  failure = $state<CallError | null>(null);
  verification = $state.raw<Verification | null>(null);
  verifying = $state(false);
  opened = $state<number | null>(null);
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  get filtered(): boolean {
    return [this.kind, this.by, this.search, this.from, this.until].some((typed) => typed.trim() !== "");
  }

  async load(): Promise<void> {
    const turn = ++this.turn;
    const { kind, by, search, offset } = this;
    const [from, until] = [dayOf(this.from), dayOf(this.until)];
    try {
      const page = await call("ledger", { kind, by, search, from, until, offset, limit: LEDGER_PAGE });
      if (turn !== this.turn) return;
      this.page = page;
      this.failure = null;
    } catch (thrown) {
      if (turn === this.turn) this.failure = toCallError(thrown);
    }
  }

  /** Reads all of it again, after an act that wrote into it. */
  async refresh(): Promise<void> {
    await this.load();
    await this.count();
  }

  /** Counts the whole ledger, whatever is filtered. */
  async count(): Promise<void> {
    try {
      this.patterns = await call("ledger_patterns", null);
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
  }

  change(filter: Partial<Pick<LedgerReading, "kind" | "by" | "search" | "from" | "until">>): void {
    Object.assign(this, filter);
    this.offset = 0;
    this.opened = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), "search" in filter ? TYPING_MS : 0);
  }

  clear(): void {
    this.change({ kind: "", by: "", search: "", from: "", until: "" });
  }

  turnPage(by: 1 | -1): void {
    this.offset = Math.max(0, this.offset + by * LEDGER_PAGE);
    this.opened = null;
    void this.load();
  }

  async verify(): Promise<void> {
    this.verifying = true;
    try {
      this.verification = await call("verify_ledger", null);
      // What was checked is what is listed, with every entry written since the list was read.
      await this.load();
    } catch (thrown) {
      this.verification = null;
      this.failure = toCallError(thrown);
    }
    this.verifying = false;
  }
}

export const ledger = new LedgerReading();
