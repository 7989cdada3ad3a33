import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { noFilter, queue } from "$ui/features/leads/leads.svelte";
import { call, type Host, useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { router } from "$ui/state/router.svelte";
import { axeFindings } from "$ui/test-axe";
import App from "$ui/views/App.svelte";
import { lead } from "./lead.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
const all = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-test="${name}"]`)];
const REASON = "The rows were read one by one and compared.";
const GROUP = "L-0006";
const UNIT = "L-0007";
const TWICE = "L-0008";

async function open(id: string, host: Host = fakeHost("open")) {
  useHost(host);
  window.location.hash = `#/lead/${id}`;
  router.read();
  render(App, { connected: true });
  await waitFor(() => expect(test("finding")).toBeTruthy());
  await waitFor(() => expect(all("lead-row").length).toBeGreaterThan(1));
  return userEvent.setup({ delay: null });
}

afterEach(() => {
  lead.close();
  queue.begin(noFilter());
});

describe("whom a lead is about", () => {
  it("a group is shown with every member, a graph and its words, and each is unmasked on their own", async () => {
    const user = await open(GROUP);
    expect(test("lead-code").textContent).toMatch(/^OFC-.* and 3 others$/);
    expect(test("lead-members").textContent).toContain("OFC-9XWD-4M2K");
    const graph = test("ring").querySelector('[role="img"]');
    expect(graph?.getAttribute("aria-label")).toContain("Graph of 4 people");
    expect(test("ring").querySelectorAll("circle").length).toBe(4);
    await user.click(test("member-timelines").querySelector("summary")!);
    await waitFor(() => expect(test("member-timelines").querySelectorAll("section").length).toBe(4));
    expect(test("member-timelines").querySelector('[role="img"]')?.getAttribute("aria-label")).toMatch(/^Timeline from/);
    expect(await axeFindings()).toEqual([]);
    await user.click(test("unmask"));
    await waitFor(() => expect(test("unmask-whom")).toBeTruthy());
    expect(test("unmask-refused").textContent).toContain("Choose whose identity is needed");
    await user.selectOptions(test("unmask-whom"), "OFC-9XWD-4M2K");
    await waitFor(() => expect(test("unmask-officer").textContent).toContain("OFC-9XWD-4M2K"));
  });

  it("look-ups show what explains them, and a share its line with what is required", async () => {
    const { rows } = await fakeHost("open").call("leads", { filter: { ...noFilter(), indicators: ["access-subject", "attendance-claim"] }, sort: "priority", offset: 0, limit: 200 });
    const about = (summary: string) => rows.find((row) => row.summary.includes(summary))?.lead ?? "";
    await open(about("looked up"));
    expect(test("explained").querySelector("[role=img]")?.getAttribute("aria-label")).toBe("Look-ups by explanation: own case 412, team case 96, handover 31, not explained 19.");
    router.go("lead", about("office days"));
    await waitFor(() => expect(test("share-line")?.querySelector("[role=img]")?.getAttribute("aria-label")).toContain("lowest 52 percent"));
  });

  it("a unit names nobody, so neither button nor key leads to an unmasking", async () => {
    const user = await open(UNIT);
    expect(test("lead-code").textContent).toBe("UNIT-4F7K");
    expect(test("lead-unit")).toBeTruthy();
    expect((test("unmask") as HTMLButtonElement).disabled).toBe(true);
    await user.keyboard("u");
    expect(router.place).toBe("lead");
  });
});

describe("a lead's life", () => {
  it("marks what is new since the last analysis and shows only that on request", async () => {
    const user = await open("L-0001");
    expect(test("lead-fresh").textContent).toContain("Found by the last analysis");
    await user.click(test("filter-fresh"));
    await waitFor(() => expect(test("lead-count").textContent).toBe("4 of 137 leads"));
    expect(all("row-fresh").length).toBe(4);
  });

  it("closes once decided, and opens again", async () => {
    const user = await open("L-0002");
    expect(test("close")).toBeNull();
    await call("evidence", { lead: "L-0002", finding: 0, offset: 0, limit: 1 });
    const agreements = lead.view!.findings.map(() => "agree");
    await call("decide", { lead: "L-0002", outcome: "welfare", reason: REASON, agreements });
    await lead.show("L-0002");
    await waitFor(() => expect(test("close")).toBeTruthy());
    await user.click(test("close"));
    await waitFor(() => expect(test("lead-state").textContent).toBe("Closed"));
    expect(test("undo-decision").textContent).toContain("Open again");
  });

  it("runs the indicators again after wrong data were set aside", async () => {
    const asked: string[] = [];
    const inner = fakeHost("open");
    const user = await open("L-0002", { ...inner, call: (name, request) => (asked.push(name), inner.call(name, request)) });
    await user.keyboard("e");
    await waitFor(() => expect(all("evidence-row").length).toBeGreaterThan(0));
    await user.keyboard("d");
    await user.selectOptions(test("decide-outcome"), "data_error");
    expect(test("decide-panel").textContent).toContain("Disagree with each finding that rests on wrong data");
    for (const button of all("decide-panel").flatMap((panel) => [...panel.querySelectorAll<HTMLElement>('[data-test$="-disagree"]')])) await user.click(button);
    await user.type(test("decide-reason"), REASON);
    await user.click(test("decide-save-stay"));
    await waitFor(() => expect(asked).toContain("start_analysis"));
  });

  it("is hidden from who stands back, with a reason", async () => {
    const user = await open("L-0002");
    await user.click(test("recuse"));
    expect((test("recuse-save") as HTMLButtonElement).disabled).toBe(true);
    await user.type(test("recuse-reason"), "We served in one team.");
    await user.click(test("recuse-save"));
    await waitFor(() => expect(router.place).toBe("leads"));
    await waitFor(() => expect(document.querySelector('[data-lead="L-0002"]')).toBeNull());
  });

  it("is looked at a second time without a word of the first decision", async () => {
    const user = await open(TWICE);
    expect(test("lead-second")).toBeTruthy();
    await user.keyboard("d");
    expect(test("decide-second").textContent).toContain("You do not see what");
    expect(await axeFindings()).toEqual([]);
  });
});
