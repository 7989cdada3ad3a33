import type { ArithmeticView, Explained, Series, EvidencePage, EvidenceQuery, FindingView, Graph, PeersView } from "$contract";
import { Chance } from "./chance";

function peers(value: number, exposureUnit: string, valueUnit: string): PeersView {
  const chance = new Chance(11);
  const points = Array.from({ length: 411 }, () => ({
    x: 300 + chance.next() * 1000,
    y: chance.next() < 0.86 ? 0 : chance.next() < 0.9 ? 1 : 2,
  }));
  const limits = Array.from({ length: 28 }, (_, step): [number, number, number, number, number] => {
    const exposure = 50 + step * 50;
    const expected = exposure * 0.0002;
    const upper = (width: number) => expected + width * Math.sqrt(expected) + 0.45 * width;
    return [exposure, 0, 0, upper(1.64), upper(2.58)];
  });
  return {
    about: "officer",
    group: "same role and shift pattern",
    size: 412,
    exposureUnit,
    valueUnit,
    this: { x: 1034, y: value },
    points,
    limits,
    median: "0",
    highest: "2",
    expected: "0.21 (90 % interval 0.02 to 0.9)",
    ratio: "13 to 590 times",
  };
}

type Shape = Pick<FindingView, "title" | "nature" | "sentence" | "evidenceColumns" | "evidenceRows"> & {
  arithmetic: ArithmeticView[];
  peers: PeersView | null;
  tail: string | null;
};

const shapes: Record<string, Shape> = {
  "roster-self-edit": {
    title: "Edits to own duties that added paid time",
    nature: "factual",
    sentence:
      "12 changes to their own duties, made by themselves after the duty had started, added 31 h 30 min of premium time. Their role does not include roster editing, and no change names an approver.",
    arithmetic: [
      { label: "edits to own duty, premium gained, no approver", value: "12", note: "" },
      { label: "premium minutes gained: 9 × 150 + 3 × 180", value: "1,890 min", note: "" },
      { label: "peers, same role and shift pattern", value: "412", note: "median 0, highest 2" },
      { label: "expected for 1,034 duty hours", value: "0.21", note: "90 % interval 0.02 to 0.9" },
    ],
    peers: peers(12, "duty hours", "edits"),
    evidenceColumns: ["Changed", "Duty", "From", "To", "Gain"],
    evidenceRows: 12,
    tail: null,
  },
  "overtime-clash": {
    title: "Claimed overtime while the building shows no presence",
    nature: "factual",
    sentence:
      "Four claims, 17 h 15 min in all, on days when this person left the site at least 2 hours before the claimed end. Readers at the site worked on all four days.",
    arithmetic: [
      { label: "claims that end 2 h or more after the last reader event", value: "4", note: "" },
      { label: "hours claimed on those days", value: "17 h 15 min", note: "of 61 h in the period" },
    ],
    peers: null,
    evidenceColumns: ["Claimed", "From", "To", "Last reader event", "Difference"],
    evidenceRows: 4,
    tail: null,
  },
};

const plain: Shape = {
  title: "More than comparable officers",
  nature: "statistical",
  sentence: "19 look-ups of the same record without a case, where 412 comparable officers have 0.21 expected for the same exposure.",
  arithmetic: [
    { label: "counted in the period", value: "19", note: "" },
    { label: "expected for 1,034 duty hours", value: "0.21", note: "90 % interval 0.02 to 0.9" },
  ],
  peers: peers(19, "duty hours", "look-ups"),
  evidenceColumns: ["At", "System", "Action", "Record"],
  evidenceRows: 640,
  tail: "0.004",
};

export function findingsFor(indicators: string[], members: string[] = []): FindingView[] {
  return indicators.map((indicator) => ({
    indicator,
    ...(shapes[indicator] ?? plain),
    graph: members.length > 1 ? ring(members) : null,
    series: indicator === "attendance-claim" ? rolling : null,
    explained: indicator === "access-subject" ? looked : [],
    innocentExplanations: [
      "Acting as roster manager that month",
      "Change agreed by phone, approver not recorded",
      "Correction of an earlier error",
      "Shared terminal or login",
    ],
    whatWouldClearIt: "An approval for at least 10 of the 12 changes, or a roster role from 3 March.",
    counterEvidence: ["61 h of unpaid extra duty recorded in the period", "No earlier decision"],
    cannotSee: "Approvals that were given on paper or by telephone.",
    baseRate: "Of 40 decided findings 9 were agreed with: 0.23, 90 % interval 0.14 to 0.35.",
  }));
}

const rolling: Series = {
  points: Array.from({ length: 120 }, (_, day) => ({ x: day, y: Math.round(86 - 34 * Math.sin((day / 119) * Math.PI)) })),
  limit: 80,
  first: "2026-02-10",
  days: 119,
};
const looked: Explained[] = [
  { reason: "own case", count: 412, explains: true },
  { reason: "team case", count: 96, explains: true },
  { reason: "handover", count: 31, explains: true },
  { reason: "not explained", count: 19, explains: false },
];

/** Everybody edits for the next one, and the first two for each other. */
function ring(nodes: string[]): Graph {
  const edges = nodes.map((_, at) => ({ from: at, to: (at + 1) % nodes.length, rows: 9 - 2 * at }));
  return { nodes, edges: [...edges, { from: 1, to: 0, rows: 4 }] };
}

/** Made-up evidence rows, a page at a time. */
export function evidence(finding: FindingView, query: EvidenceQuery): EvidencePage {
  const chance = new Chance(query.finding * 31 + 5);
  const all = Array.from({ length: finding.evidenceRows }, (_, row) => ({
    cells: finding.evidenceColumns.map((column) => cell(column, row)),
    locator: `E-${chance.code(4)}`,
  }));
  return { total: all.length, rows: all.slice(query.offset, query.offset + Math.min(query.limit, 200)) };
}

function cell(column: string, row: number): string {
  const day = new Date(Date.UTC(2026, 2, 3) + row * 9 * 3_600_000).toISOString();
  const shown: Record<string, string> = {
    Changed: `${day.slice(0, 10)} 07:${10 + (row % 50)}`,
    At: `${day.slice(0, 10)} ${day.slice(11, 16)}`,
    Duty: `${day.slice(0, 10)} late`,
    Claimed: day.slice(0, 10),
    From: "14:00 to 22:00",
    To: "14:00 to 00:30",
    Gain: row % 4 === 3 ? "3 h 00" : "2 h 30",
    "Last reader event": "19:42",
    Difference: "2 h 48",
    System: "Records",
    Action: "view",
    Record: "REC-4Q7X",
  };
  return shown[column] ?? "";
}
