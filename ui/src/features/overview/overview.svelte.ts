import type { Overview } from "$contract";
import { call, type CallError, toCallError } from "$ui/ipc";
import { jobs } from "$ui/state/jobs.svelte";
import { overview as copy } from "$ui/copy/overview";

/** The store's figures, and the analysis that makes them. */
export class OverviewState {
  view = $state<Overview | null>(null);
  failure = $state<CallError | null>(null);
  job = $state<number | null>(null);

  get running() {
    return jobs.find(this.job);
  }

  async load(): Promise<void> {
    try {
      this.view = await call("overview", null);
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
  }

  async analyse(): Promise<void> {
    this.failure = null;
    try {
      const { job } = await call("start_analysis", null);
      this.job = job;
      const end = await jobs.follow(job, copy.analyse);
      if (end.failure) this.failure = toCallError(end.failure);
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
    this.job = null;
    await this.load();
  }
}
