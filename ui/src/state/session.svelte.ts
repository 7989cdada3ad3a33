import type { Settings, Status } from "$contract";
import { call, type CallError, toCallError } from "$ui/ipc";
import { toasts } from "./toasts.svelte";

/** Who is here and which store is open. Nothing of it outlives the page. */
export class Session {
  status = $state<Status | null>(null);
  failure = $state<CallError | null>(null);
  /** What happens when an open store is found locked: the page is thrown away with all it holds. */
  onLocked: () => void = () => {
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    window.location.reload();
  };

  get store() {
    return this.status?.store ?? null;
  }

  get member() {
    return this.status?.member ?? null;
  }

  get settings(): Settings {
    return this.status?.settings ?? { lockMinutes: 10, theme: "system", zoom: 100 };
  }

  async refresh(): Promise<void> {
    try {
      const wasOpen = this.store !== null;
      const status = await call("status", null);
      if (wasOpen && status.store === null) {
        this.onLocked();
      }
      this.status = status;
      this.failure = null;
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
  }

  async lock(): Promise<void> {
    try {
      await call("lock", null);
    } catch (thrown) {
      toasts.say(toCallError(thrown).message);
    }
    await this.refresh();
  }

  async saveSettings(changed: Partial<Settings>): Promise<void> {
    const settings = await call("save_settings", { ...this.settings, ...changed });
    if (this.status) this.status.settings = settings;
  }
}

export const session = new Session();
