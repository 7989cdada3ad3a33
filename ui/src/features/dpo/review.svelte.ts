import type { CountersignedView, LedgerPackReview, LedgerReview } from "$contract";
import { desk } from "$ui/features/desk/desk.svelte";
import { call } from "$ui/ipc";
import { Attempts } from "$ui/state/attempt.svelte";

/** A ledger being checked by a data protection officer, and what was done with it. */
export abstract class Review extends Attempts {
  ledger = $state.raw<LedgerReview | null>(null);
  /** Entries the countersignature just made covers; 0 before. */
  signed = $state(0);
  /** Whether what is signed and asked leaves as a file, and so needs a path. */
  abstract readonly sends: boolean;

  protected abstract read(): Promise<LedgerReview>;
  protected abstract sign(path: string): Promise<{ size: number }>;
  protected abstract follow(): Promise<CountersignedView>;
  protected abstract pose(entry: number, question: string, path: string): Promise<{ code: string }>;
  /** What else shows this ledger is read again. */
  protected abstract refresh(): Promise<void>;

  async load(): Promise<void> {
    await this.attempt(async () => {
      this.ledger = await this.read();
    });
  }

  async countersign(path = ""): Promise<void> {
    this.signed = (await this.sign(path)).size;
    await this.refresh();
  }

  /** Follows a ledger that was put back from a backup; then it is read again. */
  async acknowledge(): Promise<void> {
    const left = await this.attempt(() => this.follow());
    if (!left) return;
    await this.load();
    await this.refresh();
  }

  /** Whether an entry may be questioned: it is under a head this profile has signed. */
  mayAsk(entry: number): boolean {
    return entry < Math.max(this.signed, this.ledger?.before?.size ?? 0);
  }

  async ask(entry: number, question: string, path: string): Promise<string> {
    const { code } = await this.pose(entry, question, path);
    await this.refresh();
    return code;
  }
}

/** The ledger in a pack on the desk. */
export class PackReview extends Review {
  whole = $state.raw<LedgerPackReview | null>(null);
  readonly sends = true;

  protected async read() {
    this.whole = await call("review_ledger", desk.ref);
    return this.whole.ledger;
  }

  protected sign(path: string) {
    return call("countersign_ledger", { pack: desk.path, path, withoutEarlier: desk.withoutEarlier });
  }

  protected follow() {
    return call("acknowledge_restore", desk.ref);
  }

  protected pose(entry: number, question: string, path: string) {
    return call("raise_challenge", { pack: desk.path, entry, question, path, withoutEarlier: desk.withoutEarlier });
  }

  protected refresh() {
    return desk.refresh();
  }
}

/** The ledger of the open store; every act is an entry more. */
export class StoreReview extends Review {
  readonly sends = false;

  constructor(private readonly entries: () => Promise<void>) {
    super();
  }

  protected read() {
    return call("review_store", null);
  }

  protected sign() {
    return call("countersign_store", null);
  }

  protected follow() {
    return call("acknowledge_store", null);
  }

  protected pose(entry: number, question: string) {
    return call("question_entry", { entry, question });
  }

  protected async refresh() {
    await this.load();
    await this.entries();
  }
}
