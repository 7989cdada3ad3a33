import type { JobView } from "$contract";
import { call, toCallError } from "$ui/ipc";
import { session } from "./session.svelte";

const POLL_MS = 250;

/** The long jobs of this window; the newest running one stands in the footer. */
export class Jobs {
  list = $state<JobView[]>([]);
  private waiting = new Map<number, ((job: JobView) => void)[]>();
  private timer: ReturnType<typeof setTimeout> | null = null;

  get running(): JobView | null {
    return this.list.findLast((job) => job.state === "running") ?? null;
  }

  find(job: number | null): JobView | null {
    return this.list.find((known) => known.job === job) ?? null;
  }

  /** Takes up jobs that were running before the page was loaded. */
  async resume(): Promise<void> {
    this.list = await call("jobs", null).catch(() => []);
    if (this.running) this.schedule();
  }

  /** Follows a job to its end; the store's figures are fresh when the promise resolves. */
  follow(job: number, title = ""): Promise<JobView> {
    if (!this.find(job)) {
      const view: JobView = { job, title, state: "running", step: "", percent: null, rate: "", failure: null, result: null };
      this.list = [...this.list, view];
    }
    return new Promise((resolve) => {
      this.waiting.set(job, [...(this.waiting.get(job) ?? []), resolve]);
      this.schedule();
    });
  }

  /** Asks the running job to stop; false when there is none. */
  cancel(): boolean {
    const running = this.running;
    if (!running) return false;
    void call("cancel_job", { job: running.job }).catch(() => {});
    return true;
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.poll();
    }, POLL_MS);
  }

  private async poll(): Promise<void> {
    for (const known of this.list.filter((job) => job.state === "running")) {
      const view = await call("job", { job: known.job }).catch(
        (thrown): JobView => ({ ...known, state: "failed", failure: toCallError(thrown) }),
      );
      this.list = this.list.map((job) => (job.job === view.job ? view : job));
      if (view.state !== "running") await this.finish(view);
    }
    if (this.running) this.schedule();
  }

  private async finish(view: JobView): Promise<void> {
    await session.refresh();
    for (const resolve of this.waiting.get(view.job) ?? []) resolve(view);
    this.waiting.delete(view.job);
  }
}

export const jobs = new Jobs();
