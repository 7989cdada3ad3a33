import type { EntryView } from "$contract";

const SHOWN = new Set(["unmask.recorded", "unmask.requested"]);
const NOWHERE = new Set(["no further action", "data error"]);
const WATCHED = new Set(["configuration", "export", "disclosure", "attempt.failed", "clock.backwards", "store.restored"]);
const DAY_MS = 86_400_000;
/** Shorter texts repeat by nature. */
const LONG_ENOUGH = 30;

export const isUnmasking = (entry: EntryView): boolean => SHOWN.has(entry.kind);
export const isWatched = (entry: EntryView): boolean => WATCHED.has(entry.kind);

/** Unmaskings by person, most first. */
export function perReviewer(entries: EntryView[]): { by: string; unmaskings: number }[] {
  const tally = new Map<string, number>();
  for (const { by } of entries.filter(isUnmasking)) tally.set(by, (tally.get(by) ?? 0) + 1);
  return [...tally].map(([by, unmaskings]) => ({ by, unmaskings })).sort((a, b) => b.unmaskings - a.unmaskings || a.by.localeCompare(b.by));
}

/** Unmaskings by week from the first entry to the last. */
export function perWeek(entries: EntryView[]): number[] {
  const week = (entry: EntryView) => Math.floor(Date.parse(entry.at.slice(0, 10)) / DAY_MS / 7);
  const weeks = entries.map(week).filter((at) => !Number.isNaN(at));
  if (weeks.length === 0) return [];
  const first = Math.min(...weeks);
  const counts = new Array<number>(Math.max(...weeks) - first + 1).fill(0);
  for (const entry of entries.filter(isUnmasking)) counts[week(entry) - first]! += 1;
  return counts;
}

/** The same long wording in several justifications. */
export function reused(entries: EntryView[]): { text: string; seqs: number[] }[] {
  const texts = new Map<string, { text: string; seqs: Set<number> }>();
  for (const entry of entries.filter(isUnmasking)) {
    for (const { value } of entry.text) {
      const key = value.toLowerCase().replace(/\W+/g, " ").trim();
      if (key.length < LONG_ENOUGH) continue;
      const kept = texts.get(key) ?? { text: value, seqs: new Set() };
      kept.seqs.add(entry.seq);
      texts.set(key, kept);
    }
  }
  return [...texts.values()].filter(({ seqs }) => seqs.size > 1).map(({ text, seqs }) => ({ text, seqs: [...seqs].sort((a, b) => a - b) }));
}

/** The lead an entry's leaf names, if any. */
export function leadOf(entry: EntryView): string {
  try {
    const leaf: unknown = JSON.parse(entry.leaf);
    return typeof leaf === "object" && leaf !== null && "lead" in leaf ? String(leaf.lead) : "";
  } catch {
    return "";
  }
}

/** Unmaskings whose lead was last decided without any action. Entries come newest first. */
export function ledNowhere(entries: EntryView[]): { seq: number; lead: string }[] {
  const last = new Map<string, string>();
  for (const entry of entries.filter(({ kind }) => kind === "decision")) {
    const lead = leadOf(entry);
    if (!last.has(lead)) last.set(lead, entry.outcome);
  }
  const nowhere = (lead: string) => NOWHERE.has(last.get(lead) ?? "");
  return entries.filter(isUnmasking).map((entry) => ({ seq: entry.seq, lead: leadOf(entry) })).filter(({ lead }) => lead && nowhere(lead));
}

/** Entries that fit a kind (its first word), a person and words typed. */
export function filtered(entries: EntryView[], kind: string, by: string, search: string): EntryView[] {
  const words = search.trim().toLowerCase();
  const says = (entry: EntryView) => `${entry.seq} ${entry.what} ${entry.about} ${entry.outcome} ${entry.text.map((fact) => fact.value).join(" ")}`.toLowerCase();
  return entries.filter((entry) => (!kind || entry.kind.split(".")[0] === kind) && (!by || entry.by === by) && (!words || says(entry).includes(words)));
}
