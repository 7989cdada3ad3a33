import type { ImportProposal, ImportReportView, ImportView, KindView, SourceCoverage } from "$contract";
import { Chance } from "./chance";
import { refuse } from "./failures";

type Field = [name: string, description: string, required: boolean];

const officer: Field = ["officer", "Identifier of the member of the workforce; replaced by a pseudonym.", true];
const kindFields: Record<string, [title: string, description: string, fields: Field[]]> = {
  officers: ["Nominal roll", "Who works here, in which role and unit.", [officer, ["name", "Name; sealed, never stored in the clear.", false], ["rank", "Rank or grade.", false], ["unit", "Unit.", false]]],
  duties: ["Duties", "Planned and worked duties, leave and rest days.", [officer, ["start", "Start of the duty.", true], ["end", "End of the duty.", true], ["kind", "Kind of duty.", true], ["unit", "Unit the duty was for.", false]]],
  overtime: ["Overtime and paid details", "Claims for paid extra time.", [["claim", "Number of the claim.", true], officer, ["worked_start", "Start of the time claimed.", true], ["worked_end", "End of the time claimed.", true], ["paid_hours", "Hours paid.", false]]],
  absences: ["Absences", "Leave and sickness.", [officer, ["start", "First day.", true], ["end", "Last day.", true], ["kind", "Kind of absence.", true]]],
  accesses: ["System look-ups", "Who looked up which record.", [["at", "When.", true], officer, ["system", "Which system.", true], ["action", "What was done.", true], ["record", "Record, kept as a token.", false]]],
  complaints: ["Complaints and allegations", "Matters recorded about an officer.", [["matter", "Number of the matter.", true], officer, ["received", "Day received.", true], ["outcome", "Finding; unknown is its own value.", false]]],
};

export const kindViews: KindView[] = Object.entries(kindFields).map(([kind, [title, description, fields]]) => ({
  kind,
  title,
  description,
  fields: fields.map(([name, text, required]) => ({ name, description: text, required })),
}));

const columns: ImportProposal["columns"] = [
  { header: "EMP ID", target: "officer", dropped: null, samples: [] },
  { header: "NAME", target: null, dropped: "Identity: kept only in the nominal roll, sealed", samples: [] },
  { header: "START DATETIME", target: "start", dropped: null, samples: [] },
  { header: "END DATETIME", target: "end", dropped: null, samples: [] },
  { header: "SHIFT", target: "kind", dropped: null, samples: [] },
  { header: "UNIT", target: "unit", dropped: null, samples: [] },
  { header: "GPS LAT", target: null, dropped: "Refused: location is never imported", samples: [] },
  { header: "COMMENTS", target: null, dropped: "Not needed for this kind", samples: [] },
];

const codes = ["A1", "B2", "C3", "D4", "E5", "F6", "G7", "H8", "J9", "K10"];

function samples(header: string): string[] {
  const shown: Record<string, (row: number) => string> = {
    "EMP ID": (row) => `person ${codes[row] ?? ""}`,
    NAME: () => "hidden",
    "START DATETIME": (row) => `2026-03-0${(row % 9) + 1} 14:00`,
    "END DATETIME": (row) => `2026-03-0${(row % 9) + 1} 22:00`,
    SHIFT: (row) => ["late", "early", "night"][row % 3] ?? "",
    UNIT: (row) => `UNIT-${codes[row % 4] ?? ""}`,
    "GPS LAT": () => "hidden",
    COMMENTS: () => "hidden",
  };
  return codes.map((_, row) => shown[header]?.(row) ?? "");
}

/** Proposals, imports and coverage of a made-up store. */
export class FakeImports {
  list: ImportView[] = [];
  coverage: SourceCoverage[] = [];

  constructor(full: boolean) {
    if (!full) return;
    const rows: Record<string, number> = { officers: 3204, duties: 402_118, overtime: 18_730, absences: 21_015, accesses: 1_904_220, complaints: 611 };
    Object.entries(rows).forEach(([kind, count], i) => this.add(kind, count, i === 1 ? 214 : i));
  }

  add(kind: string, rows: number, rejected: number): number {
    const id = this.list.length + 1;
    const title = kindFields[kind]?.[0] ?? kind;
    const dated = kind !== "officers";
    const span = dated ? { firstDay: "2026-01-01", lastDay: "2026-06-30" } : { firstDay: null, lastDay: null };
    const law = { lawfulBasis: "Art. 6(1)(e) public task; Police (Conduct) Regulations 2020", mapping: `${kind}-standard`, zone: "Europe/London" };
    this.list.push({ import: id, kind, title, at: `2 Jul 2026 09:${10 + id * 3}`, by: "reviewer-2", rows, rejected, ...span, ...law });
    const chance = new Chance(id * 97 + 3);
    const weeks = dated ? Array.from({ length: 26 }, (_, week) => (kind === "accesses" && week > 12 && week < 17 ? 0 : 55 + chance.below(45))) : [];
    const gapWeeks = weeks.filter((week) => week === 0).length;
    const known = this.coverage.find((source) => source.kind === kind);
    if (known) Object.assign(known, { imports: known.imports + 1, rows: known.rows + rows });
    else this.coverage.push({ kind, title, imports: 1, rows, ...span, weeks, gapWeeks });
    return id;
  }

  propose(path: string, kind: string | null, toml: string | null): ImportProposal {
    const fileName = path.split(/[/\\]/).pop() ?? path;
    if (/\.(exe|pdf|docx?)$/i.test(fileName)) refuse("unknown_file", "That is neither CSV, XLSX nor Parquet.");
    const changes: Record<string, string> = toml ? JSON.parse(/# targets (.*)/.exec(toml)?.[1] ?? "{}") : {};
    const chosen = kind ?? /kind = "(\w+)"/.exec(toml ?? "")?.[1] ?? (fileName.includes("absence") ? "absences" : "duties");
    const shape = kindFields[chosen] ?? refuse("wrong_kind", `There is no kind ${chosen}.`);
    const filled = columns.map((column) => {
      const change = changes[column.header];
      const guess = shape[2].some(([name]) => name === column.target) ? column.target : null;
      const target = change === undefined ? guess : change || null;
      return { ...column, target, dropped: target ? null : (column.dropped ?? "Not needed for this kind"), samples: samples(column.header) };
    });
    const missing = shape[2].filter(([name, , required]) => required && !filled.some((column) => column.target === name)).map(([name]) => name);
    const zone = /zone = "([^"]+)"/.exec(toml ?? "")?.[1] ?? "Europe/London";
    return {
      path,
      fileName,
      format: /xlsx$/i.test(fileName) ? "Workbook, 2 sheets" : "CSV, comma, UTF-8",
      sheets: /xlsx$/i.test(fileName) ? ["2025", "2026"] : [],
      kind: chosen,
      confidence: kind ? 100 : 93,
      kinds: kindViews,
      columns: filled,
      mappingToml: mappingText(chosen, zone, changes),
      recognised: null,
      missing,
      problems: [],
      specialCategory: chosen === "absences",
      alreadyImported: fileName.startsWith("again"),
    };
  }

  remap(path: string, toml: string, header: string, target: string | null): ImportProposal {
    if (target && header === "GPS LAT") refuse("refused_column", "GPS LAT holds coordinates.");
    const changes = { ...JSON.parse(/# targets (.*)/.exec(toml)?.[1] ?? "{}"), [header]: target ?? "" };
    const kind = /kind = "(\w+)"/.exec(toml)?.[1] ?? "duties";
    return this.propose(path, null, mappingText(kind, /zone = "([^"]+)"/.exec(toml)?.[1] ?? "Europe/London", changes));
  }

  report(id: number): ImportReportView {
    const view = this.list.find((known) => known.import === id) ?? refuse("not_found", "There is no such import.");
    return {
      import: view,
      rowsRead: view.rows + view.rejected,
      rowsAccepted: view.rows,
      facts: [
        { label: "Officers touched", value: "3,204" },
        { label: "Not on the roll, kept under provisional codes", value: "12" },
        { label: "Rows already in the store, skipped", value: "0" },
        { label: "SHA-256 of the file", value: "4d1f 09ac 77e2 b310" },
      ],
      rejected: view.rejected
        ? [
            { reason: "The end is before the start", column: "END DATETIME", count: Math.ceil(view.rejected * 0.8), places: "row 412, row 900, row 1,377 and more" },
            { reason: "The date cannot be read", column: "START DATETIME", count: Math.floor(view.rejected * 0.2), places: "row 88, row 91" },
          ].filter((reject) => reject.count > 0)
        : [],
      droppedColumns: [
        { label: "GPS LAT", value: "Refused: location is never imported" },
        { label: "COMMENTS", value: "Not needed for this kind" },
      ],
      sheets: [],
      gaps: view.kind === "accesses" ? ["6 April to 3 May 2026: no rows of anyone"] : [],
      remarks: [],
    };
  }
}

function mappingText(kind: string, zone: string, changes: Record<string, string>): string {
  return `kind = "${kind}"\nzone = "${zone}"\n# targets ${JSON.stringify(changes)}\n`;
}

/** What stands in a mapping file: New York's clock, and no unit. */
export function mappingIn(path: string): string {
  if (!path.endsWith(".toml")) refuse("mapping", "The mapping file is not text.");
  return mappingText("duties", "America/New_York", { UNIT: "" });
}
