import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { lead } from "$ui/features/lead/lead.svelte";
import { useHost, type Host } from "$ui/ipc";
import { fakeHost, type Scenario } from "$ui/ipc/fake";
import { router } from "$ui/state/router.svelte";
import { axeFindings } from "$ui/test-axe";
import App from "$ui/views/App.svelte";
import { noFilter, PAGE, queue } from "./leads.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
const all = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-test="${name}"]`)];
const selected = () => document.querySelector('[role="option"][aria-selected="true"] [data-lead]')?.getAttribute("data-lead");

async function show(scenario: Scenario = "open", address = "#/leads", host: Host = fakeHost(scenario)) {
  useHost(host);
  window.location.hash = address;
  router.read();
  render(App, { connected: true });
  await waitFor(() => expect(document.querySelector('[data-test="lead-row"], [data-test="no-leads"] h2')).toBeTruthy());
  return userEvent.setup({ delay: null });
}

/** A host that counts and keeps what was asked of it. */
function watched(scenario: Scenario): { host: Host; asked: [string, unknown][] } {
  const inner = fakeHost(scenario);
  const asked: [string, unknown][] = [];
  const host: Host = { call: (name, request) => (asked.push([name, request]), inner.call(name, request)), onDrop: inner.onDrop };
  return { host, asked };
}

afterEach(() => {
  queue.begin(noFilter());
  queue.sort = "priority";
  lead.close();
});

describe("the list", () => {
  it("moves by exactly one row for each key press, and stops at the ends", async () => {
    const user = await show();
    const first = selected();
    await user.keyboard("k");
    expect(selected()).toBe(first);
    await user.keyboard("j");
    expect(queue.active).toBe(1);
    await user.keyboard("jk");
    expect(queue.active).toBe(1);
    expect(selected()).not.toBe(first);
  });

  it("does not open a lead because the keys moved past it", async () => {
    const { host, asked } = watched("open");
    const user = await show("open", "#/leads", host);
    await user.keyboard("jjj");
    expect(asked.filter(([name]) => name === "lead")).toEqual([]);
  });

  it("tells assistive technology where the active row stands among all rows", async () => {
    const user = await show("large");
    await user.keyboard("j");
    const option = document.querySelector('[role="option"][aria-selected="true"]')!;
    expect(option.getAttribute("aria-posinset")).toBe("2");
    expect(option.getAttribute("aria-setsize")).toBe("10000");
    expect(test("lead-list").getAttribute("aria-activedescendant")).toBe(option.id);
  });

  it("fetches and draws a page of ten thousand, never everything", async () => {
    const { host, asked } = watched("large");
    await show("large", "#/leads", host);
    const requests = asked.filter(([name]) => name === "leads").map(([, request]) => request as { limit: number });
    expect(requests.length).toBe(1);
    expect(requests[0]?.limit).toBe(PAGE);
    expect(all("lead-row").length).toBeLessThan(40);
  });

  it("narrows by search, says how many of how many, and clears again", async () => {
    const user = await show();
    await user.keyboard("/");
    expect(document.activeElement).toBe(test("lead-search"));
    await user.keyboard("7K3M");
    await waitFor(() => expect(test("lead-count").textContent).toBe("1 of 137 leads"));
    expect(all("lead-row").length).toBe(1);
    await user.click(test("clear-filters"));
    await waitFor(() => expect(test("lead-count").textContent).toBe("137 leads"));
  });

  it("leaves the letters alone while someone types in the search", async () => {
    const user = await show();
    await user.click(test("lead-search"));
    await user.keyboard("jdu");
    expect(queue.active).toBe(0);
    expect(router.place).toBe("leads");
    expect((test("lead-search") as HTMLInputElement).value).toBe("jdu");
  });

  it("offers to clear the filters where nothing matches", async () => {
    const user = await show();
    await user.type(test("lead-search"), "no such lead");
    await waitFor(() => expect(test("nothing-clear")).toBeTruthy());
    await user.click(test("nothing-clear"));
    await waitFor(() => expect(all("lead-row").length).toBeGreaterThan(1));
  });

  it("says how leads of one priority are ordered, and only while they are", async () => {
    const user = await show();
    expect(test("lead-turns").textContent).toMatch(/take turns/);
    await user.selectOptions(test("lead-sort"), "latest");
    await waitFor(() => expect(test("lead-turns")).toBeNull());
  });

  it("filters by route, state, priority and two sources together", async () => {
    const user = await show();
    await user.selectOptions(test("filter-route"), "conduct");
    await user.selectOptions(test("filter-state"), "new,in_review");
    await user.selectOptions(test("filter-priority"), "high");
    await user.click(test("filter-two-sources"));
    await waitFor(() => expect(test("lead-count").textContent).toMatch(/^\d+ of 137 leads$/));
    expect(queue.filter).toMatchObject({ routes: ["conduct"], states: ["new", "in_review"], priorities: ["high"], twoSources: true });
  });

  it("takes the filter of the figure that led here", async () => {
    await show("open", "#/leads?route=welfare");
    await waitFor(() => expect((test("filter-route") as HTMLSelectElement).value).toBe("welfare"));
    expect(test("lead-count").textContent).toMatch(/^\d+ of 137 leads$/);
  });

  it("keeps filter and place when coming back", async () => {
    const user = await show();
    await user.selectOptions(test("filter-route"), "conduct");
    await waitFor(() => expect(test("lead-count").textContent).toMatch(/ of /));
    await user.keyboard("{Tab}");
    (document.activeElement as HTMLElement).blur();
    await user.keyboard("jjjo");
    await waitFor(() => expect(test("lead-code")).toBeTruthy());
    const stood = selected();
    router.go("settings");
    await waitFor(() => expect(test("lead-list")).toBeNull());
    router.go("leads");
    await waitFor(() => expect(test("lead-list")).toBeTruthy());
    await waitFor(() => expect(selected()).toBe(stood));
    expect(queue.filter.routes).toEqual(["conduct"]);
    expect(queue.active).toBe(3);
  });

  it("says what to do first in an empty store", async () => {
    await show("empty");
    await waitFor(() => expect(test("no-leads").textContent).toContain("Import a roster"));
  });

  it("shows a failure with a way to try again, and no stale promise of an empty list", async () => {
    const inner = fakeHost("open");
    let broken = true;
    const call = vi.fn((name, request) => (name === "leads" && broken ? Promise.reject({ code: "io", message: "", hint: "" }) : inner.call(name, request)));
    useHost({ call: call as Host["call"], onDrop: inner.onDrop });
    queue.total = queue.all = 0;
    window.location.hash = "#/leads";
    router.read();
    render(App, { connected: true });
    await waitFor(() => expect(test("problem").dataset.code).toBe("io"));
    expect(test("no-leads")).toBeNull();
    broken = false;
    await userEvent.setup({ delay: null }).click([...document.querySelectorAll("button")].find((button) => button.textContent === "Try again")!);
    await waitFor(() => expect(all("lead-row").length).toBeGreaterThan(1));
  });
});

describe("axe finds nothing", () => {
  it("in the list", async () => {
    await show("large");
    expect(await axeFindings()).toEqual([]);
  });
  it("in an empty store", async () => {
    await show("empty");
    expect(await axeFindings()).toEqual([]);
  });
});
