import type { EntryView } from "$contract";
import { describe, expect, it } from "vitest";
import { filtered, ledNowhere, perReviewer, perWeek, reused } from "./patterns";

const entry = (seq: number, kind: string, more: Partial<EntryView> = {}): EntryView => ({
  seq, kind, at: "2026-06-01 09:00:00 UTC", by: "reviewer-1", what: kind, about: "", outcome: "", leaf: "{}", text: [], ...more,
});
const why = (value: string) => [{ label: "Why the name was necessary", value }];

describe("patterns of a ledger", () => {
  it("counts unmaskings by person and by week, and nothing else", () => {
    const entries = [
      entry(4, "unmask.recorded", { at: "2026-06-15 09:00:00 UTC" }),
      entry(3, "unmask.revealed"),
      entry(2, "unmask.requested", { by: "reviewer-2" }),
      entry(1, "consultation"),
    ];
    expect(perReviewer(entries)).toEqual([{ by: "reviewer-1", unmaskings: 1 }, { by: "reviewer-2", unmaskings: 1 }]);
    expect(perWeek(entries)).toEqual([1, 0, 1]);
  });

  it("finds the same long wording in two justifications, whatever its case and marks", () => {
    const text = "The unit can confirm this only for a named officer.";
    const entries = [entry(2, "unmask.recorded", { text: why(text.toUpperCase()) }), entry(1, "unmask.recorded", { text: why(text) }), entry(0, "unmask.recorded", { text: why("PSD/1") })];
    expect(reused(entries).map(({ seqs }) => seqs)).toEqual([[1, 2]]);
  });

  it("lists an unmasking whose lead was last decided without action", () => {
    const leaf = JSON.stringify({ lead: "L-0001" });
    const decided = entry(3, "decision", { leaf, outcome: "no further action" });
    const earlier = entry(2, "decision", { leaf, outcome: "vetting" });
    expect(ledNowhere([decided, earlier, entry(1, "unmask.recorded", { leaf })])).toEqual([{ seq: 1, lead: "L-0001" }]);
    expect(ledNowhere([earlier, entry(1, "unmask.recorded", { leaf })])).toEqual([]);
  });

  it("filters by kind, person and words", () => {
    const entries = [entry(2, "unmask.recorded", { about: "OFC-1" }), entry(1, "note", { by: "reviewer-2" })];
    expect(filtered(entries, "unmask", "", "").length).toBe(1);
    expect(filtered(entries, "", "reviewer-2", "").length).toBe(1);
    expect(filtered(entries, "", "", "ofc-1").map(({ seq }) => seq)).toEqual([2]);
  });
});
