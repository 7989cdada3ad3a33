import type { ChallengeView, MemberView } from "$contract";
import { packs as words } from "$ui/copy/packs";
import { call } from "$ui/ipc";
import { Attempts } from "$ui/state/attempt.svelte";

/** What became of a pack, in words. */
type Done = { title: string; words: string; lead: string };

/** Packs on their way into the store. */
export class Inbox extends Attempts {
  path = $state("");
  people = $state<MemberView[]>([]);
  challenges = $state<ChallengeView[]>([]);
  problem = $state("");
  /** Whether the problem is only that an earlier pack is lost. */
  earlierMissing = $state(false);
  done = $state<Done | null>(null);

  async refresh(): Promise<void> {
    await this.attempt(async () => {
      this.people = await call("people", null);
      this.challenges = await call("challenges", null);
    });
  }

  async addPerson(path: string): Promise<boolean> {
    const added = await this.attempt(async () => {
      const person = await call("add_person", { path });
      this.people = await call("people", null);
      return person;
    });
    return added !== undefined;
  }

  anyway(): Promise<void> {
    return this.take(this.path, true);
  }

  /** Looks at the outside first, so that what stands against a pack is said before anything is taken. */
  async take(path = this.path, withoutEarlier = false): Promise<void> {
    this.path = path.trim();
    this.problem = "";
    this.done = null;
    await this.attempt(async () => {
      const ref = { path: this.path, withoutEarlier };
      const outside = await call("read_pack", ref);
      if (outside.problem) {
        this.problem = outside.problem;
        this.earlierMissing = outside.earlierMissing;
        return;
      }
      const applied = await call("apply_pack", ref);
      this.done = { title: words.took(applied.what, applied.entry), words: applied.words, lead: applied.lead };
      this.path = "";
      this.challenges = await call("challenges", null);
    });
  }
}
