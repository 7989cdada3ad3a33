import type { OpenUnmasking } from "$contract";
import { call } from "$ui/ipc";
import { session } from "./session.svelte";

const ASK_EVERY_S = 5;

/** Names shown right now, with a countdown; refresh it after every unmasking. */
export class Unmaskings {
  open = $state<OpenUnmasking[]>([]);

  /** Seconds until the last shown name is masked; 0 when all are masked. */
  get secondsLeft(): number {
    return Math.max(0, ...this.open.map((shown) => shown.secondsLeft));
  }

  async refresh(): Promise<void> {
    this.open = session.store ? await call("open_unmaskings", null).catch(() => []) : [];
  }

  /** Masks every name at once; false when none was shown. */
  maskAll(): boolean {
    if (this.open.length === 0) return false;
    this.open = [];
    void call("remask_all", null).finally(() => this.refresh());
    return true;
  }

  listen(): () => void {
    let second = 0;
    const timer = setInterval(() => {
      second = (second + 1) % ASK_EVERY_S;
      this.open = this.open
        .map((shown) => ({ ...shown, secondsLeft: shown.secondsLeft - 1 }))
        .filter((shown) => shown.secondsLeft > 0);
      if (second === 0 && session.store) void this.refresh();
    }, 1000);
    return () => clearInterval(timer);
  }
}

export const unmaskings = new Unmaskings();
