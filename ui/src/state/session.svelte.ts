import type { Settings, Status } from "$contract";
import { call, type CallError, type CommandName, onAnswer, toCallError } from "$ui/ipc";
import { toasts } from "./toasts.svelte";

/** Commands that leave an entry in the ledger, and the reading of it; jobs refresh when they end. */
const counted: ReadonlySet<CommandName> = new Set<CommandName>([
  "lead", "evidence", "decide", "undo_decision", "add_note", "unmask", "remask_all",
  "ledger", "verify_ledger", "export_ledger", "export_proof", "backup_store", "save_report",
  "countersign_store", "question_entry",
]);
/** Several commands in a row ask once. */
const SETTLE_MS = 60;

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

  /** Keeps the figures of the navigation as fresh as the last act; returns how to stop. */
  listen(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onAnswer((name) => {
      if (!counted.has(name)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (this.store) void this.refresh();
      }, SETTLE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
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
