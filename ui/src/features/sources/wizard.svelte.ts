import type { Gate, ImportProposal } from "$contract";
import { wizard as copy } from "$ui/copy/sources";
import { call, type CallError, toCallError } from "$ui/ipc";
import { jobs } from "$ui/state/jobs.svelte";
import { router } from "$ui/state/router.svelte";
import { toasts } from "$ui/state/toasts.svelte";
import { emptyGate, gateErrors, type GateErrors } from "./gate";

/** One import after the other: file, columns, gate, job. It outlives a look at another screen, not the page. */
export class Wizard {
  path = $state("");
  /** A mapping file to read the columns by; empty to have them recognised or guessed. */
  mapping = $state("");
  queue = $state<string[]>([]);
  proposal = $state<ImportProposal | null>(null);
  gate = $state<Gate>(emptyGate());
  tried = $state(false);
  busy = $state(false);
  job = $state<number | null>(null);
  failure = $state<CallError | null>(null);

  get zone(): string {
    return /^\s*zone\s*=\s*"([^"]*)"/m.exec(this.proposal?.mappingToml ?? "")?.[1] ?? "Europe/London";
  }

  get errors(): GateErrors {
    return this.tried ? gateErrors(this.gate, this.proposal?.specialCategory ?? false) : {};
  }

  get ready(): boolean {
    const { proposal } = this;
    return proposal !== null && proposal.missing.length === 0 && !proposal.alreadyImported && !this.busy;
  }

  get running() {
    return jobs.find(this.job);
  }

  /** Takes dropped files: the first at once, the rest in turn. */
  async take(paths: string[]): Promise<void> {
    const [first, ...rest] = paths;
    if (!first || this.job !== null) return;
    this.queue = rest;
    this.path = first;
    await this.inspect(null);
  }

  async nextInQueue(): Promise<void> {
    await this.take([...this.queue]);
  }

  /** Reads the file; a kind that a person chooses is guessed for anew, without the mapping file. */
  inspect(kind: string | null): Promise<void> {
    if (kind === null) this.proposal = null;
    else this.mapping = "";
    return this.change(() => call("inspect_file", { path: this.path.trim(), kind, mapping: this.mapping.trim() || null }));
  }

  remap(header: string, target: string | null): Promise<void> {
    return this.change((now) => call("remap_column", { path: now.path, mappingToml: now.mappingToml, header, target }));
  }

  rezone(zone: string): Promise<void> {
    return this.change((now) => call("rezone_mapping", { path: now.path, mappingToml: now.mappingToml, zone }));
  }

  async saveMapping(path: string): Promise<void> {
    if (this.proposal) await call("save_mapping", { mappingToml: this.proposal.mappingToml, path });
  }

  async start(): Promise<void> {
    this.tried = true;
    const { proposal } = this;
    if (!proposal || !this.ready || Object.keys(this.errors).length > 0) return;
    this.failure = null;
    try {
      const { job } = await call("start_import", { path: proposal.path, mappingToml: proposal.mappingToml, gate: trimmed(this.gate) });
      this.job = job;
      const end = await jobs.follow(job, copy.progress);
      if (end.failure) this.failure = toCallError(end.failure);
      else if (end.result !== null) this.finished(end.result, proposal.fileName);
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
    this.job = null;
  }

  /** The gate's reasons stay for the next file of the same review. */
  clear(): void {
    this.path = this.mapping = "";
    this.proposal = null;
    this.tried = false;
    this.failure = null;
  }

  private finished(id: number, fileName: string): void {
    const here = router.place === "sources" && router.param === "new";
    this.clear();
    if (here) router.go("sources", String(id));
    else toasts.say(`${fileName}: ${copy.progress.toLowerCase()} finished`);
  }

  private async change(ask: (now: ImportProposal) => Promise<ImportProposal>): Promise<void> {
    this.busy = true;
    this.failure = null;
    try {
      this.proposal = await ask(this.proposal as ImportProposal);
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
    this.busy = false;
  }
}

function trimmed(gate: Gate): Gate {
  return { ...gate, period_start: gate.period_start.trim(), period_end: gate.period_end.trim() };
}

export const wizard = new Wizard();
