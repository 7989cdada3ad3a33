import type { Commands, IndicatorRun, IndicatorView, OversightView, ParameterRef } from "$contract";
import { refuse } from "./failures";
import type { FakeJobs } from "./jobs";
import type { FakeLeads } from "./leads";
import { run } from "./store";

type Review = "close_lead" | "recuse" | "indicators" | "preview_parameter" | "try_parameter" | "set_parameter" | "oversight" | "save_oversight";
type Handlers = { [K in Review]: (request: Commands[K]["request"]) => Commands[K]["reply"] };
type Parts = {
  leads: () => FakeLeads;
  jobs: () => FakeJobs;
  change: (lead: string, change: Partial<Commands["lead"]["reply"]>) => Commands["lead"]["reply"];
  log: (what: string, about: string) => void;
};

/** Settings as the shipped cards have them; a test compares them with `schemas/indicators`. */
const settings: Record<string, IndicatorView["parameters"]> = {
  "roster-self-edit": [
    { name: "min_edits", about: "Changes from which the finding is made", unit: "changes", value: 3, default: 3, min: 1, max: 50, instant: true },
    { name: "min_minutes", about: "Minutes gained from which fewer changes are enough", unit: "minutes", value: 240, default: 240, min: 30, max: 6000, instant: true },
  ],
  "overtime-clash": [
    { name: "min_overlap_minutes", about: "Minutes in common from which two records contradict each other", unit: "minutes", value: 15, default: 15, min: 1, max: 240, instant: false },
    { name: "min_clashes", about: "Claims from which the finding is made", unit: "claims", value: 1, default: 1, min: 1, max: 20, instant: true },
  ],
  "complaint-rate": [
    { name: "min_matters", about: "Complaints from which the finding is made", unit: "complaints", value: 3, default: 3, min: 1, max: 50, instant: true },
    { name: "false_discovery_percent", about: "Share of the listed findings that may be chance", unit: "percent", value: 10, default: 10, min: 1, max: 20, instant: false },
  ],
};

const card = (ran: IndicatorRun): IndicatorView => ({
  id: ran.id,
  title: ran.title,
  looksFor: "Records of one person that contradict each other, or more of something than people with the same kind of work have.",
  nature: ran.nature,
  route: ran.id === "working-time" ? "welfare" : "conduct",
  category: "Abuse of position",
  sources: ["Duties", "Roster edits"],
  exclusions: ["Changes by somebody with roster authority on that day."],
  innocentExplanations: ["Acting as roster manager that month", "Correction of an earlier error"],
  whatWouldClearIt: "An approval for the cited changes.",
  cannotSee: "Approvals that were given on paper or by telephone.",
  references: ["INDICATORS, The set"],
  parameters: settings[ran.id] ?? [],
  found: ran.found,
  expectedFalse: ran.expectedFalse,
  baseline: ran.baseline,
  skipped: ran.skipped,
  baseRate: "Of 40 decided findings 9 were agreed with: 0.23, 90 % interval 0.14 to 0.35.",
  changes: ran.id === "overtime-clash" ? [{ at: "20 Jun 2026 09:40", by: "reviewer-2", name: "min_clashes", before: 2, after: 1 }] : [],
});

const around = (value: number, by: number) => ({ value, low: value / by, high: value * by });

const oversight: OversightView = {
  nothing: "",
  people: 3204,
  withLead: 137,
  tables: [
    { heading: "unit", protected: false, withheld: 3, rows: [
      { group: "UNIT-4F7K", people: 412, withLead: 31, rate: 0.075, ratio: around(1.98, 1.35) },
      { group: "UNIT-9XWD", people: 530, withLead: 19, rate: 0.036, ratio: around(0.83, 1.5) },
      { group: "UNIT-B7QH", people: 38, withLead: null, rate: null, ratio: null },
    ] },
    { heading: "sex", protected: true, withheld: 0, rows: [
      { group: "female", people: 1102, withLead: 45, rate: 0.041, ratio: around(0.94, 1.3) },
      { group: "male", people: 2102, withLead: 92, rate: 0.044, ratio: around(1.07, 1.3) },
    ] },
  ],
  precision: [{ heading: "sex", protected: true, withheld: 0, rows: [{ group: "female", decided: 18, agreed: 10, share: { value: 0.56, low: 0.37, high: 0.73 } }, { group: "male", decided: 22, agreed: 13, share: { value: 0.59, low: 0.42, high: 0.75 } }] }],
  exposure: { value: 0.02, low: -0.01, high: 0.05 },
  concentration: { units: 21, alarms: [{ unit: "UNIT-4F7K", people: 412, withLead: 31, expected: 17.2, tail: 0.004 }], topTenth: 0.34 },
  shuffled: [{ heading: "sex", observed: 4, expected: 4.6, low: 0.4, high: 10.1, share: 0.52, shuffles: 999 }],
  proxies: [{ heading: "part-time", protected: "sex", association: 0.31, reachesLeads: false }],
  reviewers: [
    { reviewer: "reviewer-2", decided: 40, medianSeconds: 312, quick: 1, accepted: { value: 0.55, low: 0.42, high: 0.67 }, remarks: [] },
    { reviewer: "reviewer-3", decided: 22, medianSeconds: 14, quick: 19, accepted: { value: 0.95, low: 0.81, high: 0.99 }, remarks: ["19 of 22 decisions took under half a minute."] },
  ],
  agreement: { leads: 12, alike: 0.83, byLot: 0.5, kappa: { value: 0.67, low: 0.31, high: 1 } },
  waiting: 3,
  minCell: 10,
  hasProtected: true,
};

/** Reviewing, tuning and overseeing, as far as the window can tell. */
export function review({ leads, jobs, change, log }: Parts): Handlers {
  let cards = run().indicators.map(card);
  const parameter = ({ indicator, name, value }: ParameterRef) => {
    const found = cards.find((known) => known.id === indicator)?.parameters.find((known) => known.name === name) ?? refuse("not_found", "There is no such setting.");
    if (value < found.min || value > found.max) refuse("limit", `${name} must lie between ${found.min} and ${found.max}.`);
    return found;
  };
  const listed = (value: number, found: number) => Math.max(0, Math.round((found * 3) / Math.max(1, value)));
  const foundBy = (indicator: string) => cards.find((known) => known.id === indicator)?.found ?? 0;
  return {
    close_lead: ({ lead }) => change(lead, { state: "closed" }),
    recuse: ({ lead }) => (log("setting changed", lead), leads().hide(lead), null),
    indicators: () => cards,
    preview_parameter: (asked) => {
      const found = foundBy(asked.indicator);
      if (!parameter(asked).instant) return { needsRun: true, officersNow: 0, officersThen: 0, leadsGained: 0, leadsLost: 0 };
      const then = listed(asked.value, found);
      return { needsRun: false, officersNow: found, officersThen: then, leadsGained: Math.max(0, then - found), leadsLost: Math.max(0, found - then) };
    },
    try_parameter: (asked) => {
      parameter(asked);
      return { job: jobs().start(`Trying ${asked.indicator}.${asked.name}`, 2000, ["Building profiles"], () => 9) };
    },
    set_parameter: (asked) => {
      const before = parameter(asked).value;
      log("setting changed", `${asked.indicator}.${asked.name}`);
      cards = cards.map((known) =>
        known.id !== asked.indicator ? known : {
          ...known,
          parameters: known.parameters.map((one) => (one.name === asked.name ? { ...one, value: asked.value } : one)),
          changes: [{ at: "2 Jul 2026 10:41", by: "reviewer-2", name: asked.name, before, after: asked.value }, ...known.changes],
        });
      return cards;
    },
    oversight: () => oversight,
    save_oversight: ({ what }) => (log("exported", what), null),
  };
}
