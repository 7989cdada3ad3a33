import { call, type CallError, toCallError } from "$ui/ipc";
import { session } from "$ui/state/session.svelte";

/** Opening a store, with the wait after wrong passphrases. */
export class Unlock {
  path = $state("");
  passphrase = $state("");
  busy = $state(false);
  failure = $state<CallError | null>(null);
  /** Seconds before the next try. */
  wait = $state(0);

  /** Takes the wait the program reports and counts it down; made for `$effect`. */
  countDown(): () => void {
    this.wait = session.status?.waitSeconds ?? 0;
    const timer = setInterval(() => {
      if (this.wait > 0) this.wait -= 1;
    }, 1000);
    return () => clearInterval(timer);
  }

  async open(): Promise<void> {
    this.busy = true;
    this.failure = null;
    try {
      await call("open_store", { path: this.path, passphrase: this.passphrase });
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
    this.passphrase = "";
    this.busy = false;
    await session.refresh();
  }
}
