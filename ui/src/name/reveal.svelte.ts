import type { RevealedField } from "$contract";
import { nameWords } from "$ui/copy/unmask";
import { call, type CallError, toCallError } from "$ui/ipc";

const TICK_MS = 250;
/** Seconds left at which the time is said aloud; every second would drown the name. */
const SAID_AT = [300, 60, 10];

/** What this one window shows, once, and only until its time is over. */
export class Reveal {
  state = $state<"waiting" | "shown" | "masked" | "failed">("waiting");
  fields = $state.raw<RevealedField[]>([]);
  officer = $state("");
  seq = $state(0);
  left = $state(0);
  said = $state("");
  failure = $state<CallError | null>(null);
  private ends = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private now: () => number = Date.now) {}

  async begin(): Promise<void> {
    try {
      const revealed = await call("reveal", null);
      this.officer = revealed.officer;
      this.seq = revealed.seq;
      this.fields = revealed.fields;
      this.left = revealed.secondsLeft;
      this.ends = this.now() + revealed.secondsLeft * 1000;
      this.state = "shown";
      this.timer = setInterval(() => this.tick(), TICK_MS);
      this.tick();
    } catch (thrown) {
      this.failure = toCallError(thrown);
      this.state = "failed";
    }
  }

  private tick(): void {
    const left = Math.max(0, Math.ceil((this.ends - this.now()) / 1000));
    if (left === this.left && left > 0) return;
    this.left = left;
    if (SAID_AT.includes(left)) this.said = nameWords.announce(left);
    if (left === 0) this.mask();
  }

  /** Blanks the window first, then tells the program, which destroys it. */
  mask(): void {
    if (this.state !== "shown") return;
    clearInterval(this.timer);
    this.fields = [];
    this.left = 0;
    this.said = "";
    this.state = "masked";
    void call("remask", null).catch(() => {});
  }

  stop(): void {
    clearInterval(this.timer);
    this.fields = [];
  }
}
