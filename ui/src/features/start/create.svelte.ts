import type { CreatedStore } from "$contract";
import { create as copy } from "$ui/copy/start";
import { call, type CallError, toCallError } from "$ui/ipc";
import { isDay } from "$ui/state/day";

type Errors = Partial<Record<"name" | "purpose" | "path" | "ends" | "cards" | "passphrase", string>>;

/** The wizard for a new store: three steps, each checked before the next. */
export class Create {
  step = $state(0);
  tried = $state(false);
  name = $state("");
  purpose = $state("");
  typedPath = $state<string | null>(null);
  /** What a person chose; until then a card makes the store countersigned. */
  chosenPolicy = $state<string | null>(null);
  cards = $state<string[]>([""]);
  ends = $state("");
  recovery = $state(true);
  passphrase = $state("");
  busy = $state(false);
  failure = $state<CallError | null>(null);
  made = $state<CreatedStore | null>(null);

  constructor(private folder: string, today: Date = new Date()) {
    const end = new Date(today);
    end.setFullYear(end.getFullYear() + 1);
    this.ends = end.toISOString().slice(0, 10);
  }

  get policy(): string {
    return this.chosenPolicy ?? (this.cards.some((card) => card.trim()) ? "countersigned" : "recorded");
  }

  set policy(policy: string) {
    this.chosenPolicy = policy;
  }

  /** Follows the name until a person types another one. */
  get path(): string {
    if (this.typedPath !== null) return this.typedPath;
    const last = this.name.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
    return last ? `${this.folder}/${last}` : "";
  }

  set path(path: string) {
    this.typedPath = path;
  }

  /** What is wrong with the step shown; quiet until a person has tried to go on. */
  get errors(): Errors {
    return this.tried ? this.wrong() : {};
  }

  private wrong(): Errors {
    const cards = this.cards.filter((card) => card.trim());
    const all: Errors[] = [
      {
        name: this.name.trim() ? "" : copy.needName,
        purpose: this.purpose.trim().length >= 10 ? "" : copy.needPurpose,
        path: this.path.trim() ? "" : copy.needPath,
      },
      { cards: this.policy === "countersigned" && cards.length === 0 ? copy.needCard : "" },
      { ends: isDay(this.ends.trim()) ? "" : copy.needEnds, passphrase: this.passphrase ? "" : copy.needPassphrase },
    ];
    return all[this.step] ?? {};
  }

  back(): void {
    this.tried = false;
    this.step -= 1;
  }

  async next(): Promise<void> {
    this.tried = true;
    if (Object.values(this.wrong()).some(Boolean)) return;
    if (this.step < copy.steps.length - 1) {
      this.tried = false;
      this.step += 1;
    } else {
      await this.make();
    }
  }

  private async make(): Promise<void> {
    this.busy = true;
    this.failure = null;
    const members = this.cards.map((card) => card.trim()).filter(Boolean);
    const { name, purpose, path, policy, ends, recovery, passphrase } = this;
    try {
      this.made = await call("create_store", { path: path.trim(), name: name.trim(), purpose: purpose.trim(), policy, ends: ends.trim(), members, recovery, passphrase });
      this.passphrase = "";
      this.tried = false;
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
    this.busy = false;
  }
}
