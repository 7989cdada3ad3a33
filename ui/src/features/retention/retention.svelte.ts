import type { RetentionView } from "$contract";
import { call, type CallError, type CommandName, toCallError } from "$ui/ipc";
import type { Reply, Request } from "$ui/ipc/host";

/** What is kept, for how long, and what is on its way out. */
export class Retention {
  view = $state.raw<RetentionView | null>(null);
  failure = $state<CallError | null>(null);
  busy = $state(false);

  async load(): Promise<void> {
    try {
      this.view = await call("retention", null);
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
  }

  /** Runs one act and reads everything again; nothing where it failed. */
  async act<K extends CommandName>(name: K, request: Request<K>): Promise<Reply<K> | undefined> {
    this.busy = true;
    this.failure = null;
    try {
      const reply = await call(name, request);
      await this.load();
      return reply;
    } catch (thrown) {
      this.failure = toCallError(thrown);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
