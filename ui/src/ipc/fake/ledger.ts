import type { EntryView, LedgerPage, LedgerQuery, Verification } from "$contract";

type Sort = { kind: string; what: string };
const sorts: Sort[] = [
  { kind: "consultation", what: "lead opened" },
  { kind: "consultation", what: "evidence read" },
  { kind: "unmask.recorded", what: "unmask recorded" },
  { kind: "unmask.revealed", what: "name shown" },
  { kind: "unmask.expired", what: "masked again" },
  { kind: "alteration", what: "decision recorded" },
  { kind: "collection", what: "file imported" },
];

/** A made-up ledger; its hashes are invented, its shape is real. */
export class FakeLedger {
  private entries: EntryView[] = [];

  constructor(howMany: number) {
    for (let i = 0; i < howMany; i++) {
      const sort = sorts[i % sorts.length] as Sort;
      this.add(sort.kind, sort.what, i % 7 === 6 ? "duties" : i % 3 === 0 ? "L-0001" : "OFC-7K3M-Q2XF", i % 11 === 0 ? "no further action" : "");
    }
  }

  get size(): number {
    return this.entries.length;
  }

  add(kind: string, what: string, about: string, outcome = "", text: { label: string; value: string }[] = []): number {
    const seq = this.entries.length + 1;
    const at = new Date(Date.UTC(2026, 5, 20, 8) + seq * 1_900_000).toISOString();
    const by = seq % 4 === 0 ? "reviewer-1" : "reviewer-2";
    const leaf = JSON.stringify({ about, at, by, kind, seq, store: "7c1e9a40", text_hash: "kWb0uG2x", v: 1 });
    const why = [
      { label: "Purpose", value: "Severity assessment" },
      { label: "Necessity", value: "The roster unit can confirm whether an approver was recorded on paper only for a named officer." },
    ];
    const said = text.length === 0 && kind === "unmask.recorded" ? why : text;
    this.entries.push({ seq, at: `${at.slice(0, 10)} ${at.slice(11, 16)}`, by, kind, what, about, outcome, leaf, text: said });
    return seq;
  }

  page(query: LedgerQuery): LedgerPage {
    const wanted = query.search.trim().toLowerCase();
    const rows = this.entries.filter(
      (entry) =>
        entry.kind.startsWith(query.kind) &&
        (!query.by || entry.by === query.by) &&
        (!query.from || query.from <= entry.at.slice(0, 10)) &&
        (!query.until || entry.at.slice(0, 10) <= query.until) &&
        `${entry.about} ${entry.what} ${entry.outcome}`.toLowerCase().includes(wanted),
    );
    rows.reverse();
    const entries = rows.slice(query.offset, query.offset + Math.min(query.limit, 200));
    return { total: rows.length, all: this.size, entries, people: ["reviewer-1", "reviewer-2"] };
  }

  verify(): Verification {
    return {
      proved: true,
      entries: this.size,
      checks: [
        { what: `${this.size} entries, none missing`, detail: "Every leaf hash was computed again from its text", outcome: "proved" },
        { what: "The ledger continues the head in the store folder", detail: "Consistency proof, 9 hashes", outcome: "proved" },
        { what: "The ledger continues the head in this profile", detail: "Size 371 on 23 June", outcome: "proved" },
        { what: "Signed by the store and by reviewer-2", detail: "Fingerprint: amber lattice ninety quill orbit stone", outcome: "proved" },
        { what: "Not countersigned for 9 days", detail: "41 entries since", outcome: "look" },
      ],
    };
  }
}
