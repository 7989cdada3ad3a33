import type { OversightView } from "$contract";
import { call, type CallError, toCallError } from "$ui/ipc";

/** The oversight figures as they were last counted. */
export class Oversight {
  view = $state.raw<OversightView | null>(null);
  failure = $state<CallError | null>(null);

  async load(): Promise<void> {
    try {
      this.view = await call("oversight", null);
      this.failure = null;
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
  }
}

export const oversight = new Oversight();
