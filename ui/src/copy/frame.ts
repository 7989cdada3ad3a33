import type { StoreView } from "$contract";
import type { Place } from "$ui/state/router.svelte";
import { counted } from "./words";

export const frame = {
  brand: "Countersign",
  skip: "Skip to the content",
  navigation: "Main",
  lock: "Lock",
  warnings: "What happened while the store was closed",
  warningsRead: "I have read it",
  masked: "All names masked",
  shown: (clock: string) => `Name shown ${clock}`,
  maskNow: "Mask now",
  policy: (policy: string) => `Policy: ${policy}`,
  keys: "? all keys",
  cancel: "Cancel",
  noRun: "Not analysed yet",
  run: (run: number, cards: string) => `Run ${run}, cards ${cards.slice(0, 4)}…`,
  noHost: "This page belongs to the Countersign program and does nothing in a browser.",
  opening: "Opening…",
};

export const placeNames: Record<Place, string> = {
  overview: "Overview",
  sources: "Sources",
  leads: "Leads",
  lead: "Leads",
  unmask: "Unmask",
  indicators: "Indicators",
  oversight: "Oversight",
  ledger: "Ledger",
  packs: "Packs",
  send: "Send a lead",
  retention: "Retention",
  settings: "Settings",
};

/** `Last countersigned 9 days ago, 41 entries since`. */
export function countersigned(store: StoreView): string {
  if (store.countersignedDays === null) return "Never countersigned";
  const days = store.countersignedDays === 0 ? "today" : `${counted(store.countersignedDays, "day")} ago`;
  return `Last countersigned ${days}, ${counted(store.entriesSince, "entry", "entries")} since`;
}
