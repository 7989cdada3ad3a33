import type { Failure, JobView } from "$contract";
import { refuse } from "./failures";

type Work = { view: JobView; began: number; lasts: number; steps: string[]; rate: (left: number) => string; done: () => number | null };

/** Jobs that only pretend to work: time passes, bars fill, results appear. */
export class FakeJobs {
  private all: Work[] = [];

  constructor(private now: () => number) {}

  start(title: string, lasts: number, steps: string[], done: () => number | null): number {
    if (this.list().some((job) => job.state === "running")) refuse("busy", "Another job is still running.");
    const job = this.all.length + 1;
    const view: JobView = { job, title, state: "running", step: steps[0] ?? "", percent: 0, rate: "", failure: null, result: null };
    const rate = (left: number) => `1.9 million rows a second, ${Math.ceil(left / 1000)} s left`;
    this.all.push({ view, began: this.now(), lasts, steps, rate, done });
    return job;
  }

  list(): JobView[] {
    return this.all.map((work) => this.look(work));
  }

  get(job: number): JobView {
    const work = this.all.find((known) => known.view.job === job);
    return work ? this.look(work) : refuse("not_found", "There is no such job.");
  }

  cancel(job: number): void {
    const work = this.all.find((known) => known.view.job === job);
    if (work?.view.state !== "running") return;
    const failure: Failure = { code: "cancelled", message: "The job was cancelled; the store is as it was before.", hint: "" };
    work.view = { ...work.view, state: "cancelled", failure };
  }

  private look(work: Work): JobView {
    if (work.view.state !== "running") return work.view;
    const passed = this.now() - work.began;
    if (passed >= work.lasts) {
      work.view = { ...work.view, state: "done", percent: 100, rate: "", result: work.done() };
    } else {
      const share = passed / work.lasts;
      const step = work.steps[Math.floor(share * work.steps.length)] ?? "";
      work.view = { ...work.view, percent: Math.round(share * 100), step, rate: work.rate(work.lasts - passed) };
    }
    return work.view;
  }
}
