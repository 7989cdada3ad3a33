import type { CountersignedView, MemberView, PackView } from "$contract";
import { call } from "$ui/ipc";
import { Attempts } from "$ui/state/attempt.svelte";
import { session } from "$ui/state/session.svelte";

/** A member at work with packs and no store. Nothing of it outlives the page. */
export class Desk extends Attempts {
  member = $state<MemberView | null>(null);
  people = $state<MemberView[]>([]);
  seen = $state<CountersignedView[]>([]);
  path = $state("");
  withoutEarlier = $state(false);
  pack = $state<PackView | null>(null);

  async unlock(passphrase: string): Promise<void> {
    await this.attempt(async () => {
      this.member = await call("open_desk", { passphrase });
      await this.refresh();
    });
  }

  async refresh(): Promise<void> {
    this.people = await call("people", null);
    this.seen = this.member?.role === "dpo" ? await call("countersigned", null) : [];
  }

  addPerson(path: string): Promise<MemberView | undefined> {
    return this.attempt(async () => {
      const added = await call("add_person", { path });
      await this.refresh();
      return added;
    });
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
}

export const desk = new Desk();
