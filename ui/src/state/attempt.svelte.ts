import { type CallError, toCallError } from "$ui/ipc";

/** What a screen that tries things shows of them: that one is under way, and why the last one failed. */
export class Attempts {
  failure = $state<CallError | null>(null);
  busy = $state(false);

  /** Runs one act; nothing where it failed. */
  protected async attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    this.busy = true;
    this.failure = null;
    try {
      return await act();
    } catch (thrown) {
      this.failure = toCallError(thrown);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
