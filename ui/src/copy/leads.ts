import type { Edge, Explained, Graph, PeersView, Series, Timeline } from "$contract";
import { upperLimit } from "$ui/parts/FunnelShape";
import type { BandKind } from "$ui/parts/TimelineShape";
import { count, counted, day, leadStates, routes } from "./words";

export const outcomes: Record<string, string> = {
  no_further_action: "No further action",
  welfare: "Welfare support",
  prevention_notice: "Prevention notice",
  reflective_practice: "Reflective practice",
  performance: "Performance process",
  vetting: "Vetting review",
  severity_assessment: "Severity assessment",
  criminal_referral: "Criminal referral",
  data_error: "Data error",
};

export const priorities: Record<string, string> = { high: "High", normal: "Normal", low: "Low" };
export const priorityTones: Record<string, "bad" | "plain"> = { high: "bad", normal: "plain", low: "plain" };
export const standings: Record<string, string> = { standing: "Standing", superseded: "Superseded", undone: "Undone" };

const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const OPEN_STATES = "new,in_review";

/** Filter choices; an empty value means all, a comma joins several. */
export const filterChoices = {
  route: [{ value: "", label: "All routes" }, ...choices(routes)],
  state: [{ value: "", label: "All states" }, { value: OPEN_STATES, label: "New and in review" }, ...choices(leadStates)],
  priority: [{ value: "", label: "All priorities" }, ...choices(priorities)],
  sort: [
    { value: "priority", label: "By priority" },
    { value: "latest", label: "Latest first" },
    { value: "officer", label: "By code" },
    { value: "state", label: "By state" },
  ],
};

export const leadsWords = {
  list: "Leads",
  search: "Search leads",
  searchHint: "Search code, indicator, unit   /",
  route: "Route",
  state: "State",
  priority: "Priority",
  sort: "Order",
  turns: "Inside a priority the indicators take turns, the strongest of each first: hours, look-ups and counts do not compare.",
  twoSources: "Two sources or more",
  twoShort: "Two sources",
  fresh: "Just found",
  second: "Second look",
  group: (first: string, others: number) => `${first} +${others}`,
  freshMarks: { new: "Just found", changed: "News" } as Record<string, string>,
  shown: (total: number, all: number) => (total === all ? counted(all, "lead") : `${count(total)} of ${counted(all, "lead")}`),
  clear: "Clear filters",
  sources: (sources: number) => counted(sources, "source"),
  until: (iso: string) => `to ${day(iso)}`,
  loading: "Loading…",
  retry: "Try again",
  none: { title: "No leads yet", imports: "Leads come from records. Import a roster, overtime or access export first.", goImport: "Go to Sources" },
  notRun: { title: "Not analysed yet", text: "The records are here; run the analysis from the overview and the leads appear in this list.", go: "Go to Overview" },
  clean: { title: "No leads", text: "The last analysis found nothing that a person should look at." },
  nothing: { title: "Nothing matches", text: "No lead fits these filters." },
  pick: { title: "No lead open", text: "j and k move through the list; o or Enter opens a lead. Nothing is opened until you ask for it." },
};

export const leadWords = {
  members: "About",
  head: (officer: string) => `Lead about ${officer}`,
  priority: (priority: string) => `${priority} priority`,
  sources: (sources: number) => (sources > 1 ? `${counted(sources, "independent source")}` : "One source"),
  unmasked: "Name shown now",
  decide: "Decide",
  unmask: "Unmask…",
  note: "Note",
  recuse: "Stand back…",
  fresh: { new: "Found by the last analysis", changed: "News in the last analysis" } as Record<string, string>,
  second: "Waits for your second look",
  unit: "This lead is about a unit. It names nobody, so nobody can be unmasked.",
  previous: "Previous lead",
  next: "Next lead",
  back: "Back to the list",
  actions: "What you can do with this lead",
  why: "Why this priority",
  evidence: {
    title: "Evidence",
    show: (rows: number) => `Show ${counted(rows, "evidence row")}`,
    caption: (title: string) => `Evidence rows: ${title}`,
    locator: "Locator",
    range: (from: number, to: number, total: number) => `Rows ${count(from)} to ${count(to)} of ${count(total)}`,
    earlier: "Earlier rows",
    later: "Later rows",
    none: "This finding cites no single rows.",
  },
  arithmetic: "The arithmetic",
  innocent: "Innocent explanations to check",
  innocentNote: "Ticks are for you alone and are not kept.",
  clears: "What would clear it",
  other: "On the other side",
  sure: "How sure is this",
  tail: (tail: string) => `Chance of a value this high among peers, adjusted for all tests: ${tail}.`,
  cannotSee: (text: string) => `It cannot see: ${text}`,
  notVerdict: "This is a lead, not a verdict: it is not a regulation 17 notice and decides nothing.",
};

export const decideWords = {
  title: "Decision",
  outcome: "Outcome",
  choose: "Choose an outcome",
  reason: "Reason",
  reasonHint: "20 characters or more; codes only, no names.",
  finding: (title: string) => `Do you agree with “${title}”?`,
  agree: "Agree",
  disagree: "Disagree",
  save: "Save and next",
  saveOnly: "Save",
  cancel: "Cancel",
  unopened: "The evidence has not been opened",
  unopenedText: "A decision is taken on the rows, not on the sentence.",
  needOutcome: "Choose an outcome.",
  needReason: (missing: number) => `Write ${counted(missing, "more character")}: at least 20 in all.`,
  needAgreement: "Say for each finding whether you agree.",
  saved: (officer: string, outcome: string) => `${officer}: ${outcome} recorded`,
  undone: (officer: string) => `${officer}: the decision was undone`,
  undo: "Undo",
  undoFailed: "The decision could not be undone",
  history: "Decisions",
  none: "No decision yet.",
  close: "Close",
  reopen: "Open again",
  closed: (subject: string) => `${subject}: closed`,
  second: (by: string, outcome: string, alike: boolean) => `Second look by ${by}: ${outcome}, ${alike ? "the same" : "another outcome"}.`,
  secondTitle: "Your second look",
  secondLede: "Somebody decided this lead. You do not see what, nor their notes, until you have decided as well; theirs stands either way.",
  dataError: "Disagree with each finding that rests on wrong data: its rows are kept out from then on and the indicators run again.",
  aside: (rows: number) => `${counted(rows, "row")} kept out of later analyses.`,
  rerun: "Running the indicators without the wrong rows",
  rerunFailed: "The indicators could not be run again. Start the analysis from the overview.",
  agreed: (agree: number, disagree: number) => `Agreed with ${agree}, disagreed with ${disagree}`,
};

export const recuseWords = {
  title: "Stand back from this lead",
  lede: "It is hidden from you from then on, with every other lead about the same person. The ledger keeps that you did.",
  reason: "Reason",
  hint: "Why you should not review it, such as a shared team or a family tie; codes only, no names.",
  save: "Stand back",
  cancel: "Cancel",
  saved: "You stood back from the lead. Somebody else reviews it.",
};

export const noteWords = {
  title: "Notes",
  none: "No notes yet.",
  add: "Add a note",
  label: "Note",
  hint: "Notes stay as written; codes only, no names.",
  save: "Save the note",
  cancel: "Cancel",
  saved: "Note saved",
};

const plain = (value: number): string => value.toLocaleString("en-GB", { maximumFractionDigits: 2 });

/** What a dot stands for, alone and in numbers, and the one whose place is marked. */
const marked = (peers: PeersView) =>
  peers.about === "unit" ? { one: "a unit", many: "units", own: "this unit" }
  : peers.about === "group" ? { one: "a group", many: "groups", own: "this group" }
  : { one: "a person", many: "people", own: "this officer" };

export const funnelWords = {
  caption: (peers: PeersView) =>
    `${counted(peers.size, "peer")}: ${peers.group}. ${peers.points.length > 0 ? `Each dot is ${marked(peers).one}` : `Too few ${marked(peers).many} to draw`}; lines are 90 and 99\u00a0% limits.`,
  own: (peers: PeersView) => `${marked(peers).own}, ${plain(peers.this.y)}`,
  none: "No exposure data: the figures stand alone, without a comparison.",
  inWords: "The plot in words",
  label: (title: string, peers: PeersView) => {
    const limit = upperLimit(peers.limits, peers.this.x);
    const against = limit === null ? "" : ` against an upper 99 percent limit of ${plain(limit)}`;
    return `Funnel plot, ${title}: ${plain(peers.this.y)} ${peers.valueUnit} in ${plain(peers.this.x)} ${peers.exposureUnit}${against}; median of ${counted(peers.size, "peer")} ${peers.median}, highest ${peers.highest}.`;
  },
  facts: (peers: PeersView) => {
    const limit = upperLimit(peers.limits, peers.this.x);
    return [
      { label: marked(peers).own.replace("t", "T"), value: `${plain(peers.this.y)} ${peers.valueUnit} in ${plain(peers.this.x)} ${peers.exposureUnit}` },
      { label: "Peers", value: `${count(peers.size)}, ${peers.group}` },
      { label: "Median, highest", value: `${peers.median}, ${peers.highest}` },
      { label: "Expected", value: peers.expected },
      { label: "Times the peers", value: peers.ratio },
      { label: "Upper 99 % limit here", value: limit === null ? "" : plain(limit) },
    ].filter((fact) => fact.value !== "");
  },
};

const bandNames: Record<BandKind, string> = { duty: "Duty", overtime: "Overtime", leave: "Leave", sick: "Sickness", presence: "On site" };

export const shareWords = {
  caption: (limit: number) => `Share of office days over the rolling period; the dashed line is the required ${plain(limit)}\u00a0%.`,
  label: (series: Series) => {
    const shares = series.points.map((point) => point.y);
    const below = shares.filter((share) => share < series.limit).length;
    return `Rolling share of office days from ${day(series.first)}: lowest ${plain(Math.min(...shares))} percent, last ${plain(shares.at(-1) ?? 0)} percent; below the required ${plain(series.limit)} percent on ${count(below)} of ${counted(shares.length, "day")}.`;
  },
};

export const explainedWords = {
  caption: "What explains this person's look-ups.",
  label: (parts: Explained[]) => `Look-ups by explanation: ${parts.map((part) => `${part.reason} ${count(part.count)}`).join(", ")}.`,
};

export const ringWords = {
  caption: "Who acted on whom: an arrow from who made the change to whose duty it was, with the number of cited rows.",
  asList: "As a list",
  edge: (graph: Graph, edge: Edge) => `${graph.nodes[edge.from]} for ${graph.nodes[edge.to]}: ${counted(edge.rows, "row")}`,
  label: (graph: Graph) => `Graph of ${graph.nodes.length} people: ${graph.edges.map((edge) => ringWords.edge(graph, edge)).join("; ")}.`,
};

export const timelineWords = {
  ofMembers: (members: number) => `Duty and absence of each of the ${members}`,
  kinds: bandNames,
  cited: "Cited event",
  caption: (timeline: Timeline) => `${day(timeline.first)} to ${day(timeline.last)}`,
  label: (timeline: Timeline, marks: { day: number }[], kinds: BandKind[]) => {
    const bands = kinds.map((kind) => bandNames[kind].toLowerCase()).join(", ");
    return `Timeline from ${day(timeline.first)} to ${day(timeline.last)}: ${bands || "no duties or absences"}; cited events on ${counted(marks.length, "day")}.`;
  },
  asList: (marks: number) => `Cited events as a list (${counted(marks, "day")})`,
  more: (left: number) => `${counted(left, "more day")} in the evidence rows.`,
};
