import type { ChallengeView, MemberView } from "$contract";
import { packs as words } from "$ui/copy/packs";
import { call, type CallError, toCallError } from "$ui/ipc";

/** What became of a pack, in words. */
type Done = { title: string; words: string; lead: string };

/** Packs on their way into the store. */
export class Inbox {
  path = $state("");
  people = $state<MemberView[]>([]);
  challenges = $state<ChallengeView[]>([]);
  problem = $state("");
  failure = $state<CallError | null>(null);
  done = $state<Done | null>(null);
  busy = $state(false);

  async refresh(): Promise<void> {
    await this.attempt(async () => {
      this.people = await call("people", null);
      this.challenges = await call("challenges", null);
    });
  }

  async addPerson(path: string): Promise<boolean> {
    return this.attempt(async () => {
      await call("add_person", { path });
      this.people = await call("people", null);
    });
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
        return;
      }
      if (outside.kind === "reply") {
        const reply = await call("apply_reply", ref);
        this.done = { title: words.took(outside.what, reply.entry), words: words.reply(reply.code, reply.lead), lead: reply.lead };
      } else {
        const applied = await call("apply_pack", ref);
        this.done = { title: words.took(applied.what, applied.entry), words: applied.words, lead: applied.lead };
      }
      this.path = "";
      this.challenges = await call("challenges", null);
    });
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
