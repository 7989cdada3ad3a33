import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { router } from "$ui/state/router.svelte";
import { session } from "$ui/state/session.svelte";
import { emptyGate, gateErrors } from "./gate";
import SourcesView from "./SourcesView.svelte";
import { wizard } from "./wizard.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
const full = {
  lawful_basis: "Art. 6(1)(e)",
  special_category_condition: "",
  necessity: "Nothing else shows who edited",
  less_intrusive_alternative: "Counts by unit were tried",
  dpia_reference: "DPIA-12",
  regime: "uk_gdpr" as const,
  period_start: "2026-01-01",
  period_end: "2026-06-30",
};

let now = 0;
beforeEach(async () => {
  now = 0;
  useHost(fakeHost("open", () => (now += 2000)));
  await session.refresh();
  wizard.clear();
  wizard.gate = emptyGate();
  wizard.queue = [];
});

async function read(path: string) {
  router.go("sources", "new");
  render(SourcesView);
  const user = userEvent.setup();
  await user.type(test("import-path"), path);
  await user.click(test("import-read"));
  return user;
}

describe("the gate", () => {
  it("names every field that keeps it shut", () => {
    expect(Object.keys(gateErrors(emptyGate(), true)).length).toBe(7);
    expect(gateErrors(full, false)).toEqual({});
  });

  it("asks for a condition of its own where the kind may reveal health", () => {
    expect(gateErrors(full, true)).toHaveProperty("special_category_condition");
  });

  it("refuses a period that ends before it starts", () => {
    expect(gateErrors({ ...full, period_end: "2025-12-31" }, false)).toHaveProperty("period_end");
  });
});

describe("importing", () => {
  it("shows ten sample rows, strikes dropped columns through and says why", async () => {
    await read("/x/duties.csv");
    await waitFor(() => expect(test("proposal")).toBeTruthy());
    expect(document.querySelectorAll("tbody tr").length).toBe(10);
    expect([...document.querySelectorAll("s")].map((struck) => struck.textContent)).toEqual(["NAME", "GPS LAT", "COMMENTS"]);
    expect(screen.getByText("Refused: location is never imported")).toBeTruthy();
  });

  it("does not start while a required field has no column", async () => {
    const user = await read("/x/duties.csv");
    await waitFor(() => expect(test("proposal")).toBeTruthy());
    await user.selectOptions(test("column-SHIFT"), "");
    await waitFor(() => expect(test("missing").textContent).toContain("kind"));
    expect((test("import-start") as HTMLButtonElement).disabled).toBe(true);
  });

  it("keeps the mapping and shows the refusal when a column may not be imported", async () => {
    const user = await read("/x/duties.csv");
    await waitFor(() => expect(test("proposal")).toBeTruthy());
    await user.selectOptions(test("column-UNIT"), "");
    await user.selectOptions(await waitFor(() => test("column-GPS LAT")), "unit");
    await waitFor(() => expect(test("problem").dataset.code).toBe("refused_column"));
    expect((test("column-GPS LAT") as HTMLSelectElement).value).toBe("");
  });

  it("reads the columns by a mapping file, until another kind is chosen", async () => {
    router.go("sources", "new");
    render(SourcesView);
    const user = userEvent.setup();
    await user.type(test("import-path"), "/x/duties.csv");
    await user.type(test("import-mapping"), "/media/stick/duties.mapping.toml");
    await user.click(test("import-read"));
    await waitFor(() => expect((test("import-zone") as HTMLSelectElement).value).toBe("America/New_York"));
    expect((test("column-UNIT") as HTMLSelectElement).value).toBe("");
    await user.selectOptions(test("import-kind"), "absences");
    await waitFor(() => expect((test("import-zone") as HTMLSelectElement).value).toBe("Europe/London"));
    expect((test("import-mapping") as HTMLInputElement).value).toBe("");
  });

  it("says what is wrong with a mapping file it cannot read", async () => {
    router.go("sources", "new");
    render(SourcesView);
    const user = userEvent.setup();
    await user.type(test("import-path"), "/x/duties.csv");
    await user.type(test("import-mapping"), "/media/stick/letter.pdf");
    await user.click(test("import-read"));
    await waitFor(() => expect(test("problem").dataset.code).toBe("mapping"));
    expect(test("proposal")).toBeNull();
  });

  it("marks what the gate lacks and takes the focus there", async () => {
    const user = await read("/x/duties.csv");
    await waitFor(() => expect(test("import-start")).toBeTruthy());
    await user.click(test("import-start"));
    await waitFor(() => expect(document.activeElement).toBe(test("gate-lawful-basis")));
    expect(wizard.job).toBeNull();
  });

  it("runs with progress and ends at the report with its rejected rows", async () => {
    const user = await read("/x/duties.csv");
    await waitFor(() => expect(test("import-start")).toBeTruthy());
    wizard.gate = { ...full };
    await user.click(test("import-start"));
    await waitFor(() => expect(test("import-cancel")).toBeTruthy());
    await waitFor(() => expect(test("import-report")).toBeTruthy());
    expect(test("rejected").textContent).toContain("The end is before the start");
    expect(session.store?.imports).toBe(7);
  });

  it("refuses a file it cannot read, with what to do", async () => {
    await read("/x/letter.pdf");
    await waitFor(() => expect(test("problem").dataset.code).toBe("unknown_file"));
    expect(test("problem").textContent).toContain("CSV, XLSX or Parquet");
  });
});
