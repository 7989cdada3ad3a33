import type { CountersignedView, MemberView, PackView } from "$contract";
import { call, type CallError, toCallError } from "$ui/ipc";
import { session } from "$ui/state/session.svelte";

/** A member at work with packs and no store. Nothing of it outlives the page. */
export class Desk {
  member = $state<MemberView | null>(null);
  people = $state<MemberView[]>([]);
  seen = $state<CountersignedView[]>([]);
  path = $state("");
  withoutEarlier = $state(false);
  pack = $state<PackView | null>(null);
  failure = $state<CallError | null>(null);
  busy = $state(false);

  async unlock(passphrase: string): Promise<boolean> {
    return this.attempt(async () => {
      this.member = await call("open_desk", { passphrase });
      await this.refresh();
    });
  }

  async refresh(): Promise<void> {
    this.people = await call("people", null);
    this.seen = this.member?.role === "dpo" ? await call("countersigned", null) : [];
  }

  async addPerson(path: string): Promise<MemberView | null> {
    let added: MemberView | null = null;
    await this.attempt(async () => {
      added = await call("add_person", { path });
      await this.refresh();
    });
    return added;
  }

  /** Reads the outside of a pack: who sent it, to whom, and what stands against it. */
  async read(path = this.path): Promise<void> {
    this.path = path.trim();
    await this.attempt(async () => {
      this.pack = await call("read_pack", this.ref);
    });
  }

  get ref() {
    return { path: this.path, withoutEarlier: this.withoutEarlier };
  }

  /** Puts the pack away. */
  leave(): void {
    this.pack = null;
    this.failure = null;
    this.withoutEarlier = false;
  }

  /** Drops the keys; the page goes with all it holds. */
  async close(): Promise<void> {
    await session.lock();
    session.onLocked();
  }

  private async attempt(act: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.failure = null;
    try {
      await act();
      return true;
    } catch (thrown) {
      this.failure = toCallError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

export const desk = new Desk();
