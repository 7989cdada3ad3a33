import type { OversightView } from "$contract";
import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { type Host, useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { router } from "$ui/state/router.svelte";
import { axeFindings } from "$ui/test-axe";
import App from "$ui/views/App.svelte";
import { oversight } from "./oversight.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;

async function show(host: Host = fakeHost("open")) {
  useHost(host);
  window.location.hash = "#/oversight";
  router.read();
  render(App, { connected: true });
  await waitFor(() => expect(document.querySelector('[data-test="meter"], [data-test="problem"]')).toBeTruthy());
  return userEvent.setup({ delay: null });
}

beforeEach(() => {
  oversight.view = null;
  document.documentElement.lang = "en-GB";
});

describe("oversight", () => {
  it("puts protected groups first, with intervals, and withholds what is small", async () => {
    await show();
    const tables = [...document.querySelectorAll<HTMLElement>('[data-test="rate-table"]')];
    expect(tables.map((table) => table.dataset.heading)).toEqual(["sex", "unit"]);
    expect(tables[0]?.textContent).toContain("0.94 (0.72 to 1.22)");
    expect(tables[1]?.textContent).toContain("withheld");
    expect(tables[1]?.querySelector('[role="img"]')?.getAttribute("aria-label")).toBe("UNIT-4F7K: 1.98 (1.47 to 2.67) times the rest");
  });

  it("warns of a unit that stands out and of a reviewer who decides without looking", async () => {
    await show();
    expect(test("units").textContent).toContain("UNIT-4F7K: 31 people with a lead where 17.2 would be expected");
    expect(test("meter").textContent).toContain("19 of 22 decisions took under half a minute.");
    expect(test("second-looks").textContent).toContain("3 decisions waiting");
  });

  it("lists the groups furthest from even first where there are very many, and all of them when asked or printed", async () => {
    const inner = fakeHost("open");
    const many = Array.from({ length: 60 }, (_, at) => ({ group: `UNIT-${at}`, people: 40, withLead: 12, rate: 0.3, ratio: { value: 1 + at / 10, low: 0.9, high: 9 } }));
    const view = { ...((await inner.call("oversight", null)) as OversightView), tables: [{ heading: "unit", protected: false, withheld: 0, rows: many }] };
    const user = await show({ ...inner, call: (name, request) => (name === "oversight" ? Promise.resolve(view) : inner.call(name, request)) as never });
    const groups = () => [...test("rate-table").querySelectorAll("tbody th")].map((cell) => cell.textContent);
    expect(groups().slice(0, 2)).toEqual(["UNIT-59", "UNIT-58"]);
    expect(groups()).toHaveLength(20);
    await user.click(test("rate-all"));
    expect(groups()).toHaveLength(60);
    await user.click(test("rate-all"));
    window.dispatchEvent(new Event("beforeprint"));
    await waitFor(() => expect(groups()).toHaveLength(60));
  });

  it("writes a document to the path that was given", async () => {
    const asked: unknown[] = [];
    const inner = fakeHost("open");
    const user = await show({ ...inner, call: (name, request) => (name === "save_oversight" && asked.push(request), inner.call(name, request)) });
    await user.click(test("save-workforce"));
    await waitFor(() => expect(test("save-path")).toBeTruthy());
    await user.type(test("save-path"), "/x/notice.html");
    await user.click(test("save-confirm"));
    await waitFor(() => expect(asked).toEqual([{ what: "workforce", path: "/x/notice.html" }]));
  });

  it("passes axe", async () => {
    await show();
    expect(await axeFindings()).toEqual([]);
  });
});
