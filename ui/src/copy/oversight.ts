import type { AgreementView, ConcentrationView, Interval, OversightView, ProxyView, ReviewerView, ShuffledView, UnitAlarmView } from "$contract";
import { count, counted } from "./words";

const two = (value: number): string => value.toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const one = (value: number): string => value.toLocaleString("en-GB", { maximumFractionDigits: 1 });
export const percent = (share: number): string => `${(share * 100).toLocaleString("en-GB", { maximumFractionDigits: 1 })} %`;
export const interval = ({ value, low, high }: Interval): string => `${two(value)} (${two(low)} to ${two(high)})`;

export const oversightWords = {
  title: "Oversight",
  lede: "Do leads fall evenly, and do people look at them properly? Figures only, never a person.",
  retry: "Try again",
  loading: "Counting…",
  nothing: "No figures yet",
  minCell: (least: number) => `A figure that rests on fewer than ${count(least)}, or from which one could be worked out, is withheld.`,
  people: (view: OversightView) =>
    `${count(view.people)} people on the roll, ${view.withLead === null ? "fewer than ten" : count(view.withLead)} with a lead of the last analysis or a decided one.`,
  noProtected: "No protected characteristics were imported, so only open attributes are compared. They are imported on their own, for this screen alone.",
  rates: "Who has leads",
  ratesLede: "The share of each group with a lead, and that share against everyone else's with a 90 % interval. 1 is even; an interval that leaves out 1 deserves a look.",
  group: "Group",
  groupPeople: "People",
  withLead: "With a lead",
  rate: "Share",
  ratio: "Against the rest",
  plot: "Interval",
  withheld: "withheld",
  furthest: (shown: number, rows: number) => `The ${shown} of ${rows} groups furthest from even.`,
  allGroups: (rows: number) => `All ${rows} groups.`,
  everyGroup: (rows: number) => `Show all ${rows}`,
  fewerGroups: "Show the furthest only",
  withheldRows: (rows: number) => `${counted(rows, "group")} withheld.`,
  protectedHeading: "Protected",
  plotLabel: (group: string, ratio: Interval | null) => (ratio === null ? `${group}: withheld` : `${group}: ${interval(ratio)} times the rest`),
  precision: "Whose findings hold up",
  precisionLede: "Decided findings, and the share agreed with. A group with a lower share draws more false leads.",
  decided: "Decided",
  agreed: "Agreed with",
  share: "Share agreed with",
  noPrecision: "Too few findings have been decided to say anything.",
  lot: "Would lot do the same?",
  lotLede: "The leads are dealt out by lot many times. A gap larger than nearly all of those is not chance.",
  lotLine: (s: ShuffledView) =>
    `${capital(s.heading)}: a gap of ${one(s.observed)} leads; by lot ${one(s.expected)} (${one(s.low)} to ${one(s.high)}). ${percent(s.share)} of ${count(s.shuffles)} deals have a gap at least as large.`,
  noLot: "Too few leads, or no protected groups, to deal out by lot.",
  exposure: "Leads and exposure",
  exposureLine: (i: Interval) => `Correlation of having a lead with duty hours: ${interval(i)}. Near 0 is even.`,
  noExposure: "No duty hours, or too few leads, to compare with.",
  proxies: "Attributes that stand in for protected ones",
  proxyLine: (p: ProxyView) =>
    `${capital(p.heading)} goes with ${p.protected} (association ${two(p.association)})${p.reachesLeads ? ", and leads differ by it: it can carry a difference" : "; leads do not differ by it"}.`,
  noProxies: "None found.",
  units: "Leads by unit",
  unitLine: (u: UnitAlarmView) =>
    `${u.unit}: ${u.withLead === null ? "more" : count(u.withLead)} people with a lead where ${one(u.expected)} would be expected of ${count(u.people)} people.`,
  unitsCalm: (c: ConcentrationView) => `No unit of ${counted(c.units, "unit")} stands out.`,
  topTenth: (share: number) => `${percent(share)} of all leads lie in the tenth of units with the most.`,
  meter: "Rubber-stamp meter",
  meterLede: "How long each reviewer was on the evidence before deciding, and how much they accepted.",
  reviewer: "Reviewer",
  median: "Median time on evidence",
  quick: "Quick or unread",
  accepted: "Accepted",
  remarks: "Remarks",
  seconds: (r: ReviewerView) => (r.medianSeconds < 120 ? `${count(r.medianSeconds)} s` : `${count(Math.round(r.medianSeconds / 60))} min`),
  noMeter: "Nothing has been decided yet.",
  second: "Second looks",
  secondLede: "A fifth of decisions, drawn by lot, is judged again by somebody who does not see the first one.",
  agreement: (a: AgreementView) =>
    `${counted(a.leads, "lead")} looked at twice: ${percent(a.alike)} decided alike, ${percent(a.byLot)} would be by lot.${a.kappa ? ` Kappa ${interval(a.kappa)}.` : ""}`,
  noAgreement: "No second look has been taken yet.",
  waiting: (waiting: number) => `${counted(waiting, "decision")} waiting for a second look.`,
  toSecond: "Leads waiting for your second look",
  documents: "Documents",
  documentsLede: "Made from the settings in force; no person and no officer code is in the public ones. Each one written is an entry in the ledger.",
  save: "Save…",
};

export const documents: { what: string; title: string; lede: string; suggest: string; ending: string }[] = [
  { what: "workforce", title: "Workforce notice", lede: "For everyone: what is compared, why, and how to object.", suggest: "workforce-notice.html", ending: "html" },
  { what: "outcomes", title: "Outcomes report", lede: "For everyone: what became of findings, by indicator, rank band and year.", suggest: "outcomes.html", ending: "html" },
  { what: "dpia", title: "DPIA evidence", lede: "For the impact assessment: imports and their grounds, settings, members, what was done.", suggest: "dpia-evidence.html", ending: "html" },
  { what: "s62", title: "Section 62 log", lede: "Collection, alteration, consultation, disclosure, combination and erasure, one a line.", suggest: "section-62.csv", ending: "csv" },
];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
