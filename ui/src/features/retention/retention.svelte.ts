import type { RetentionView } from "$contract";
import { call, type CommandName } from "$ui/ipc";
import type { Reply, Request } from "$ui/ipc/host";
import { Attempts } from "$ui/state/attempt.svelte";

/** What is kept, for how long, and what is on its way out. */
export class Retention extends Attempts {
  view = $state.raw<RetentionView | null>(null);

  async load(): Promise<void> {
    await this.attempt(async () => {
      this.view = await call("retention", null);
    });
  }

  /** Runs one act and reads everything again; nothing where it failed. */
  act<K extends CommandName>(name: K, request: Request<K>): Promise<Reply<K> | undefined> {
    return this.attempt(async () => {
      const reply = await call(name, request);
      this.view = await call("retention", null);
      return reply;
    });
  }
}
