import { SvelteMap } from "svelte/reactivity";
import type { LeadFilter, LeadRow } from "$contract";
import { call, type CallError, toCallError } from "$ui/ipc";

/** Rows fetched at a time; the program allows 200 at most. */
export const PAGE = 100;
const TYPING_MS = 150;

export const noFilter = (): LeadFilter => ({ search: "", routes: [], states: [], priorities: [], indicators: [], twoSources: false, fresh: false, second: false });

/** The queue of leads: what is filtered, which rows are here, and which one the keys act on. Lives as long as the page. */
export class Queue {
  filter = $state<LeadFilter>(noFilter());
  sort = $state("priority");
  total = $state(0);
  all = $state(0);
  active = $state(0);
  ready = $state(false);
  failure = $state<CallError | null>(null);
  /** Pixels the list was scrolled when it was last left. */
  scroll = 0;
  private pages = new SvelteMap<number, LeadRow[]>();
  private asked = new Set<number>();
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  row(index: number): LeadRow | undefined {
    return this.pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  get current(): LeadRow | undefined {
    return this.row(this.active);
  }

  get filtered(): boolean {
    const { search, routes, states, priorities, indicators, twoSources, fresh, second } = this.filter;
    return search.trim() !== "" || twoSources || fresh || second || [routes, states, priorities, indicators].some((chosen) => chosen.length > 0);
  }

  /** Where a lead stands among the rows that are here; -1 when it is not. */
  indexOf(lead: string): number {
    for (const [page, rows] of this.pages) {
      const at = rows.findIndex((row) => row.lead === lead);
      if (at >= 0) return page * PAGE + at;
    }
    return -1;
  }

  move(index: number): void {
    if (this.total > 0) this.active = Math.min(this.total - 1, Math.max(0, index));
  }

  /** The neighbour of the active row, fetched if need be. */
  async neighbour(step: 1 | -1): Promise<LeadRow | undefined> {
    const index = this.active + step;
    if (index < 0 || index >= this.total) return undefined;
    if (!this.row(index)) await this.fetch(Math.floor(index / PAGE));
    return this.row(index);
  }

  /** Fetches the pages of these rows that are not here yet. */
  ensure(first: number, last: number): void {
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
      if (!this.pages.has(page) && !this.asked.has(page)) void this.fetch(page);
    }
  }

  change(filter: Partial<LeadFilter>): void {
    this.filter = { ...this.filter, ...filter };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.restart(), "search" in filter ? TYPING_MS : 0);
  }

  /** Starts over with another filter; the caller reads the rows. */
  begin(filter: Partial<LeadFilter>): void {
    this.filter = { ...noFilter(), ...filter };
    this.scroll = 0;
    this.active = 0;
  }

  order(sort: string): void {
    this.sort = sort;
    void this.restart();
  }

  clear(): void {
    this.filter = noFilter();
    void this.restart();
  }

  /** Reads again from the top. */
  async restart(): Promise<void> {
    this.scroll = 0;
    this.active = 0;
    await this.reload();
  }

  /** Reads again where the list stands; the old rows stay until the new ones are here. */
  async reload(): Promise<void> {
    clearTimeout(this.timer);
    this.turn += 1;
    this.asked.clear();
    await this.fetch(Math.floor(this.active / PAGE), true);
  }

  private async fetch(page: number, fresh = false): Promise<void> {
    const turn = this.turn;
    this.asked.add(page);
    try {
      const filter = $state.snapshot(this.filter);
      const reply = await call("leads", { filter, sort: this.sort, offset: page * PAGE, limit: PAGE });
      if (turn !== this.turn) return;
      if (fresh) this.pages.clear();
      this.pages.set(page, reply.rows);
      this.total = reply.total;
      this.all = reply.all;
      this.failure = null;
      this.active = Math.min(this.active, Math.max(0, reply.total - 1));
    } catch (thrown) {
      if (turn === this.turn) this.failure = toCallError(thrown);
    }
    this.ready = true;
  }
}

export const queue = new Queue();
