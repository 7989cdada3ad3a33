import type { EntryView } from "$contract";
import { describe, expect, it } from "vitest";
import { filtered } from "./filter";

const entry = (seq: number, kind: string, more: Partial<EntryView> = {}): EntryView => ({
  seq, kind, at: "2026-06-01 09:00:00 UTC", by: "reviewer-1", what: kind, about: "", outcome: "", leaf: "{}", text: [], ...more,
});

describe("entries of a ledger pack", () => {
  it("are filtered by kind, person and words", () => {
    const entries = [entry(2, "unmask.recorded", { about: "OFC-1" }), entry(1, "note", { by: "reviewer-2" })];
    expect(filtered(entries, "unmask", "", "").length).toBe(1);
    expect(filtered(entries, "", "reviewer-2", "").length).toBe(1);
    expect(filtered(entries, "", "", "ofc-1").map(({ seq }) => seq)).toEqual([2]);
  });
});
