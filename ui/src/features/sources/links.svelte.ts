import type { LinkProposalView } from "$contract";
import { links as copy } from "$ui/copy/sources";
import { call, type CallError, toCallError } from "$ui/ipc";

/** The proposals of the open store, and the one being decided. */
export class Links {
  all = $state<LinkProposalView[]>([]);
  chosen = $state<LinkProposalView | null>(null);
  reason = $state("");
  tried = $state(false);
  busy = $state(false);
  failure = $state<CallError | null>(null);

  readonly reasonError = $derived(this.tried && this.reason.trim().length < 10 ? copy.reasonError : "");

  async load(): Promise<void> {
    await this.run(() => call("link_proposals", null));
  }

  choose(proposal: LinkProposalView): void {
    this.chosen = proposal;
    this.reason = "";
    this.tried = false;
    this.failure = null;
  }

  async decide(link: boolean): Promise<void> {
    this.tried = true;
    const chosen = this.chosen;
    if (!chosen || this.reasonError) return;
    const done = await this.run(() => call("decide_link", { proposal: chosen.proposal, link, reason: this.reason.trim() }));
    if (done) this.chosen = null;
  }

  private async run(step: () => Promise<LinkProposalView[]>): Promise<boolean> {
    this.busy = true;
    this.failure = null;
    try {
      this.all = await step();
      return true;
    } catch (thrown) {
      this.failure = toCallError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
