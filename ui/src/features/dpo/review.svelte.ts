import type { LedgerReview } from "$contract";
import { desk } from "$ui/features/desk/desk.svelte";
import { call, type CallError, toCallError } from "$ui/ipc";

/** A ledger pack being read, and what was done with it. */
export class Review {
  ledger = $state.raw<LedgerReview | null>(null);
  failure = $state<CallError | null>(null);
  /** Entries the countersignature just made covers; 0 before. */
  signed = $state(0);

  async load(): Promise<void> {
    try {
      this.ledger = await call("review_ledger", desk.ref);
      this.failure = null;
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
  }

  async countersign(path: string): Promise<void> {
    const done = await call("countersign_ledger", { pack: desk.path, path, withoutEarlier: desk.withoutEarlier });
    this.signed = done.size;
    await desk.refresh();
  }

  /** Follows a ledger that was put back from a backup; then it is read again. */
  async acknowledge(): Promise<void> {
    try {
      await call("acknowledge_restore", desk.ref);
    } catch (thrown) {
      this.failure = toCallError(thrown);
      return;
    }
    await this.load();
    await desk.refresh();
  }

  /** Whether questions may be asked: about a ledger this profile has signed this far. */
  get mayAsk(): boolean {
    return this.signed > 0 || (this.ledger?.before?.size ?? 0) >= (this.ledger?.size ?? Infinity);
  }

  async ask(entry: number, question: string, path: string): Promise<string> {
    const raised = await call("raise_challenge", { pack: desk.path, entry, question, path, withoutEarlier: desk.withoutEarlier });
    await desk.refresh();
    return raised.code;
  }
}
