import type { EntryView } from "$contract";

/** Entries that fit a kind (its first word), a person and words typed. */
export function filtered(entries: EntryView[], kind: string, by: string, search: string): EntryView[] {
  const words = search.trim().toLowerCase();
  const says = (entry: EntryView) => `${entry.seq} ${entry.what} ${entry.about} ${entry.outcome} ${entry.text.map((fact) => fact.value).join(" ")}`.toLowerCase();
  return entries.filter((entry) => (!kind || entry.kind.split(".")[0] === kind) && (!by || entry.by === by) && (!words || says(entry).includes(words)));
}
