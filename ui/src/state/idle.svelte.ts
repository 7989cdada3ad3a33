import { call } from "$ui/ipc";
import { session } from "./session.svelte";

const TOUCH_EVERY_MS = 15_000;
const LOOK_EVERY_MS = 5_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

/** Tells the program that a person is still here, and notices when it has locked the store. */
export class Idle {
  private touched = 0;

  constructor(private now: () => number = Date.now) {}

  sign(): void {
    if (!session.store || this.now() - this.touched < TOUCH_EVERY_MS) return;
    this.touched = this.now();
    void call("touch", null).catch(() => session.refresh());
  }

  listen(): () => void {
    const sign = () => this.sign();
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true });
    const timer = setInterval(() => {
      if (session.store) void session.refresh();
    }, LOOK_EVERY_MS);
    return () => {
      for (const name of SIGNS) window.removeEventListener(name, sign);
      clearInterval(timer);
    };
  }
}

export const idle = new Idle();
