import { untrack } from "svelte";
import type { IndicatorView, ParameterView, Preview } from "$contract";
import { settingWords } from "$ui/copy/indicators";
import { call, type CallError, toCallError } from "$ui/ipc";
import { jobs } from "$ui/state/jobs.svelte";
import { toasts } from "$ui/state/toasts.svelte";

const TYPING_MS = 200;

/** Every indicator as the program describes it. */
export class Indicators {
  list = $state.raw<IndicatorView[] | null>(null);
  failure = $state<CallError | null>(null);

  async load(): Promise<void> {
    try {
      this.list = await call("indicators", null);
      this.failure = null;
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
  }
}

export const indicators = new Indicators();

/** One setting as it is being tried. */
export class Setting {
  typed = $state("");
  preview = $state.raw<Preview | null>(null);
  /** What a whole run with the value listed. */
  tried = $state<{ value: number; then: number } | null>(null);
  failure = $state<CallError | null>(null);
  checking = $state(false);
  saving = $state(false);
  job = $state<number | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(readonly indicator: string, readonly parameter: ParameterView) {
    this.typed = String(parameter.value);
  }

  get value(): number | null {
    const value = Number(this.typed.trim());
    const { min, max } = this.parameter;
    return this.typed.trim() !== "" && Number.isInteger(value) && value >= min && value <= max ? value : null;
  }

  get error(): string {
    return this.value === null ? settingWords.outside(this.parameter.min, this.parameter.max) : "";
  }

  get changed(): boolean {
    return this.value !== null && this.value !== this.parameter.value;
  }

  /** Follows what is typed; made for an effect. */
  follow(): void {
    const { value, changed } = this;
    clearTimeout(this.timer);
    const turn = ++this.turn;
    untrack(() => {
      this.preview = null;
      this.failure = null;
      if (this.tried && this.tried.value !== value) this.tried = null;
      this.checking = changed;
    });
    if (changed && value !== null) this.timer = setTimeout(() => void this.look(value, turn), TYPING_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.turn += 1;
  }

  private asked(value: number) {
    return { indicator: this.indicator, name: this.parameter.name, value };
  }

  private async look(value: number, turn: number): Promise<void> {
    try {
      const preview = await call("preview_parameter", this.asked(value));
      if (turn !== this.turn) return;
      this.preview = preview;
    } catch (thrown) {
      if (turn !== this.turn) return;
      this.failure = toCallError(thrown);
    }
    this.checking = false;
  }

  /** A whole run in the background; it can be stopped, and keeps nothing. */
  async attempt(): Promise<void> {
    const { value } = this;
    if (value === null || this.job !== null) return;
    try {
      const { job } = await call("try_parameter", this.asked(value));
      this.job = job;
      const done = await jobs.follow(job);
      if (done.state === "done") this.tried = { value, then: done.result ?? 0 };
      else if (done.state === "failed" && done.failure) this.failure = toCallError(done.failure);
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
    this.job = null;
  }

  async save(value: number | null = this.value): Promise<void> {
    if (value === null || this.saving) return;
    this.saving = true;
    try {
      indicators.list = await call("set_parameter", this.asked(value));
      toasts.say(settingWords.saved(this.parameter.about, value));
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
    this.saving = false;
  }
}
