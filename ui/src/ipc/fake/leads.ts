import type { LeadFilter, LeadPage, LeadRow, LeadsQuery, LeadView } from "$contract";
import { Chance, officerCode } from "./chance";
import { refuse } from "./failures";
import { findingsFor } from "./findings";
import { timeline } from "./timeline";

type Kind = { summary: string; route: string; priority: string; sources: number; indicators: string[]; others?: string[]; unit?: string };

const kinds: Kind[] = [
  { summary: "Edits to own duties; overtime without presence", route: "conduct", priority: "high", sources: 2, indicators: ["roster-self-edit", "overtime-clash"] },
  { summary: "58 h average over 17 weeks; no leave since January", route: "welfare", priority: "normal", sources: 1, indicators: ["working-time"] },
  { summary: "Same record looked up 19 times without a case", route: "conduct", priority: "normal", sources: 1, indicators: ["access-subject"] },
  { summary: "22 office days claimed without a trace", route: "conduct", priority: "normal", sources: 1, indicators: ["attendance-claim"] },
  { summary: "Duties changed after they had ended, 9 times", route: "conduct", priority: "low", sources: 1, indicators: ["roster-late-edit"] },
  { summary: "Complaints above comparable officers", route: "culture", priority: "low", sources: 1, indicators: ["complaint-rate"] },
  { summary: "Overtime paid while on leave, 3 claims", route: "conduct", priority: "high", sources: 2, indicators: ["overtime-clash"] },
  { summary: "Duties missing for nine weeks", route: "data_quality", priority: "low", sources: 1, indicators: ["working-time"] },
  { summary: "Four people edit each other's duties for gain", route: "conduct", priority: "high", sources: 1, indicators: ["roster-ring"], others: ["OFC-9XWD-4M2K", "OFC-B7QH-02TN", "OFC-Z3RE-81PC"] },
  { summary: "Sickness and leavers above comparable units", route: "culture", priority: "low", sources: 1, indicators: ["culture-unit"], unit: "UNIT-4F7K" },
];

const weights = [0, 0, 1, 1, 1, 2, 2, 3, 4, 4, 5, 5, 5, 6, 7];
const order = ["high", "normal", "low"];
/** Which lead is about a group, and which about a unit. */
const fixed: Record<number, number> = { 0: 0, 5: 8, 6: 9 };
const states = ["new", "new", "new", "new", "in_review", "decided"];

type Kept = { row: LeadRow; indicators: string[]; view: Partial<LeadView> };

/** Made-up leads; a store of 10,000 shows whether the list stays quick. */
export class FakeLeads {
  private kept: Kept[] = [];

  constructor(howMany: number) {
    const chance = new Chance(7);
    for (let i = 0; i < howMany; i++) {
      const picked = i === 0 ? 0 : chance.pick(weights);
      const kind = kinds[fixed[i] ?? picked] as Kind;
      const state = i === 0 ? "in_review" : chance.pick(states);
      const to = new Date(Date.UTC(2026, 5, 30) - chance.below(90) * 86_400_000).toISOString().slice(0, 10);
      const { summary, route, priority, sources, indicators } = kind;
      const outcome = state === "decided" ? chance.pick(["no_further_action", "welfare", "data_error"]) : null;
      const officer = i === 0 ? "OFC-7K3M-Q2XF" : officerCode(chance);
      const lead = `L-${String(i + 1).padStart(4, "0")}`;
      const fresh = i < 3 ? "new" : i === 5 ? "changed" : "";
      const second = i === 7;
      this.kept.push({ row: { lead, fresh, second, ...who(kind, officer), route, priority, state, summary, sources, to, outcome }, indicators, view: {} });
    }
  }

  get rows(): LeadRow[] {
    return this.kept.map((kept) => kept.row);
  }

  page(query: LeadsQuery): LeadPage {
    const rows = this.kept.filter((kept) => fits(kept, query.filter)).map((kept) => kept.row);
    rows.sort((a, b) => compare(query.sort, a, b));
    return { total: rows.length, all: this.kept.length, rows: rows.slice(query.offset, query.offset + Math.min(query.limit, 200)) };
  }

  hide(lead: string): void {
    this.kept = this.kept.filter((kept) => kept.row.lead !== lead);
  }

  find(lead: string): Kept {
    return this.kept.find((kept) => kept.row.lead === lead) ?? refuse("not_found", `There is no lead ${lead} in this store.`);
  }

  view(lead: string): LeadView {
    const { row, indicators, view } = this.find(lead);
    return {
      lead: row.lead,
      subject: row.subject,
      members: row.members,
      route: row.route,
      priority: row.priority,
      state: row.state,
      priorityReasons: row.sources > 1 ? ["2 independent sources agree.", "1 factual finding: its rows can be checked."] : ["One source alone."],
      who: "Sergeant to inspector · UNIT-4F (38 people) · 5 to 9 years · response pattern",
      firstDay: "2026-01-01",
      lastDay: row.to,
      sources: row.sources,
      findings: findingsFor(indicators, row.members),
      timeline: timeline(indicators),
      decisions: view.decisions ?? [],
      notes: view.notes ?? [],
      challenges: view.challenges ?? [],
      namesAsked: view.namesAsked ?? [],
      evidenceOpened: view.evidenceOpened ?? false,
      fresh: row.fresh,
      second: row.second,
      rowsSetAside: view.rowsSetAside ?? 0,
      unmasked: view.unmasked ?? false,
    };
  }
}

function who(kind: Kind, officer: string): Pick<LeadRow, "subject" | "members"> {
  if (kind.unit) return { subject: kind.unit, members: [] };
  const members = [officer, ...(kind.others ?? [])];
  return { subject: members.length > 1 ? `${officer} and ${members.length - 1} others` : officer, members };
}

function fits({ row, indicators }: Kept, filter: LeadFilter): boolean {
  const among = (chosen: string[], value: string) => chosen.length === 0 || chosen.includes(value);
  const text = `${row.lead} ${row.subject} ${row.members.join(" ")} ${row.summary} ${indicators.join(" ")}`.toLowerCase();
  return (
    text.includes(filter.search.trim().toLowerCase()) &&
    among(filter.routes, row.route) &&
    among(filter.states, row.state) &&
    among(filter.priorities, row.priority) &&
    (filter.indicators.length === 0 || indicators.some((id) => filter.indicators.includes(id))) &&
    (!filter.twoSources || row.sources > 1) &&
    (!filter.fresh || row.fresh !== "") &&
    (!filter.second || row.second)
  );
}

function compare(sort: string, a: LeadRow, b: LeadRow): number {
  if (sort === "latest") return b.to.localeCompare(a.to);
  if (sort === "officer") return a.subject.localeCompare(b.subject);
  if (sort === "state") return a.state.localeCompare(b.state);
  return order.indexOf(a.priority) - order.indexOf(b.priority) || a.lead.localeCompare(b.lead);
}
