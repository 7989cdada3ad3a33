import type { Preview } from "$contract";
import { count, counted } from "./words";

export const indicatorsWords = {
  title: "Indicators",
  lede: "What is looked for, in plain words. A changed setting counts from the next analysis on and is written to the ledger with its value before and after.",
  retry: "Try again",
  loading: "Loading…",
  reads: "Reads",
  excluded: "Left out",
  innocent: "Innocent explanations",
  clears: "What would clear a finding",
  cannotSee: "What it cannot see",
  references: "References",
  settings: "Settings",
  noSettings: "This indicator has no settings.",
  lastRun: "Last analysis",
  neverRan: "Not run yet.",
  found: (found: number) => counted(found, "finding"),
  baseRate: "Decided before",
  baseline: "Beside it",
  expected: "By chance",
  skipped: (why: string) => `It did not run: ${why}`,
  more: "How it works and what speaks against it",
  history: (changes: number) => `Changes (${count(changes)})`,
  change: (at: string, by: string, before: number, after: number) => `${at}, ${by}: from ${count(before)} to ${count(after)}`,
};

export const settingWords = {
  range: (min: number, max: number, unit: string) => `${count(min)} to ${count(max)} ${unit}`,
  shipped: (value: number) => `shipped as ${count(value)}`,
  outside: (min: number, max: number) => `Give a whole number from ${count(min)} to ${count(max)}.`,
  /** `Would list 63 officers, now 41. 20 leads more, none fewer.` */
  preview: (preview: Preview) =>
    preview.needsRun ? "" : `Would list ${counted(preview.officersThen, "officer")}, now ${count(preview.officersNow)}. ${leads(preview)}`,
  tried: (then: number, now: number | null) => `Would list ${count(then)}${now === null ? "" : `, now ${count(now)}`}.`,
  needsRun: "This setting decides what is counted, so only an analysis with it can tell.",
  tryIt: "Try it",
  stop: "Stop",
  save: "Change from the next analysis on",
  reset: "Back to what was shipped",
  saved: (about: string, value: number) => `${about}: ${count(value)} from the next analysis on`,
  checking: "Counting…",
};

function leads({ leadsGained, leadsLost }: Preview): string {
  if (leadsGained === 0 && leadsLost === 0) return "No lead would come or go.";
  const gained = leadsGained === 0 ? "No lead more" : `${counted(leadsGained, "lead")} more`;
  return `${gained}, ${leadsLost === 0 ? "none" : count(leadsLost)} fewer.`;
}
