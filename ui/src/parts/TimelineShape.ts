import type { Timeline } from "$contract";

export const bandKinds = ["duty", "overtime", "leave", "sick", "presence"] as const;
export type BandKind = (typeof bandKinds)[number];

const DAY_MS = 86_400_000;
/** Top and bottom of each band in pixels: duty lies lowest with presence under it, absence frames it, overtime sits on top. */
const lanes: Record<BandKind, [number, number]> = { duty: [30, 48], overtime: [24, 29], leave: [26, 52], sick: [26, 52], presence: [49, 51.5] };

const monthName = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });
const dayName = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

export const dayOf = (first: string, offset: number): string => {
  const start = Date.parse(`${first}T00:00:00Z`);
  return Number.isNaN(start) ? "" : dayName.format(start + offset * DAY_MS);
};

/** Months along the axis, thinned until they have room; a January or the first one carries its year. */
export function monthTicks(timeline: Timeline, width: number): { day: number; text: string }[] {
  const start = Date.parse(`${timeline.first}T00:00:00Z`);
  if (Number.isNaN(start)) return [];
  const from = new Date(start);
  const firsts: Date[] = [];
  for (let step = 0; step <= timeline.days / 28 + 1; step++) {
    const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + step, 1));
    const day = (first.getTime() - start) / DAY_MS;
    if (day >= timeline.days) break;
    if (day >= 0) firsts.push(first);
  }
  const room = Math.max(1, Math.floor(width / 58));
  const every = [1, 2, 3, 4, 6, 12, 24, 36, 60].find((stride) => firsts.length / stride <= room) ?? 120;
  const kept = firsts.filter((first) => (first.getUTCFullYear() * 12 + first.getUTCMonth()) % every === 0);
  return kept.map((first, at) => ({
    day: (first.getTime() - start) / DAY_MS,
    text: every >= 12 ? String(first.getUTCFullYear())
      : at === 0 || first.getUTCMonth() === 0 ? `${monthName.format(first)} ${first.getUTCFullYear()}`
      : monthName.format(first),
  }));
}

/** One path per kind of band: years of duties stay a handful of elements. */
export function bandPaths(timeline: Timeline, x: (day: number) => number): { kind: BandKind; d: string }[] {
  return bandKinds.flatMap((kind) => {
    const [top, bottom] = lanes[kind];
    const d = timeline.bands
      .filter((band) => band.kind === kind)
      .map((band) => {
        const left = x(band.day);
        const width = Math.max(1, x(band.day + band.days) - left - (kind === "duty" ? 0.8 : 0));
        return `M${left.toFixed(1)} ${top}h${width.toFixed(1)}V${bottom}h${(-width).toFixed(1)}z`;
      })
      .join("");
    return d ? [{ kind, d }] : [];
  });
}

/** Pixels one mark is wide, and the number from which single marks are a fence nobody can read. */
export const MARK_PX = 9;
const MANY_MARKS = 60;

export const isCrowded = (marks: { day: number }[], width: number): boolean => marks.length > Math.min(MANY_MARKS, width / MARK_PX);

/** The marked days as a strip: days that follow each other run together, so that the days without a mark show. */
export function stripPath(marks: { day: number }[], x: (day: number) => number): string {
  const runs: [first: number, end: number][] = [];
  for (const { day } of marks) {
    const run = runs.at(-1);
    if (run && run[1] === day) run[1] = day + 1;
    else runs.push([day, day + 1]);
  }
  return runs
    .map(([first, end]) => {
      const width = Math.max(1, x(end) - x(first) - 0.6);
      return `M${x(first).toFixed(1)} 8h${width.toFixed(1)}v10h${(-width).toFixed(1)}z`;
    })
    .join("");
}

/** Marks of one finding, those of one day together. */
export function marksOf(timeline: Timeline, finding: number): { day: number; labels: string[] }[] {
  const days = new Map<number, string[]>();
  for (const mark of timeline.marks) {
    if (mark.finding === finding) days.set(mark.day, [...(days.get(mark.day) ?? []), mark.label]);
  }
  return [...days].sort(([a], [b]) => a - b).map(([day, labels]) => ({ day, labels }));
}
