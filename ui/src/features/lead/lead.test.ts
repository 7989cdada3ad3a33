import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { noFilter, queue } from "$ui/features/leads/leads.svelte";
import { call, useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { router } from "$ui/state/router.svelte";
import { axeFindings } from "$ui/test-axe";
import App from "$ui/views/App.svelte";
import { lead } from "./lead.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
const all = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-test="${name}"]`)];
const REASON = "Nine of the twelve changes were approved on paper.";

async function open(id = "L-0001") {
  useHost(fakeHost("open"));
  window.location.hash = `#/lead/${id}`;
  router.read();
  render(App, { connected: true });
  await waitFor(() => expect(test("finding")).toBeTruthy());
  await waitFor(() => expect(all("lead-row").length).toBeGreaterThan(1));
  return userEvent.setup({ delay: null });
}

async function fillDecision(user: ReturnType<typeof userEvent.setup>) {
  await user.selectOptions(test("decide-outcome"), "welfare");
  await user.click(test("decide-finding-0-agree"));
  await user.click(test("decide-finding-1-disagree"));
  await user.clear(test("decide-reason"));
  await user.type(test("decide-reason"), REASON);
}

afterEach(() => {
  lead.close();
  queue.begin(noFilter());
});

describe("a lead", () => {
  it("says it is no verdict, shows code, sentence, arithmetic and both sides", async () => {
    await open();
    expect(test("lead-code").textContent).toBe("OFC-7K3M-Q2XF");
    expect(test("lead-detail").textContent).toContain("not a regulation 17 notice and decides nothing");
    expect(all("finding").length).toBe(2);
    expect(test("arithmetic").textContent).toContain("1,890 min");
    for (const part of ["innocent", "clears", "counter", "sure"]) expect(test(part)).toBeTruthy();
  });

  it("puts the peers plot and the timeline into words", async () => {
    await open();
    const [funnel, timeline] = [...document.querySelectorAll("figure svg")].map((svg) => svg.getAttribute("aria-label"));
    expect(funnel).toContain("12 edits in 1,034 duty hours against an upper 99 percent limit of");
    expect(timeline).toContain("cited events on 12 days");
  });

  it("opens evidence only when asked, with a locator for each row", async () => {
    const user = await open();
    expect(all("evidence-row").length).toBe(0);
    await user.keyboard("e");
    await waitFor(() => expect(all("evidence-row").length).toBe(12));
    expect(all("locator")[0]?.textContent).toMatch(/^E-/);
  });

  it("pages through long evidence fifty rows at a time", async () => {
    const { leads } = { leads: await fakeHost("open").call("leads", { filter: { ...noFilter(), indicators: ["working-time"] }, sort: "priority", offset: 0, limit: 1 }) };
    const user = await open(leads.rows[0]?.lead);
    await user.click(test("evidence-open"));
    await waitFor(() => expect(all("evidence-row").length).toBe(50));
    await user.click(test("evidence-later"));
    await waitFor(() => expect(test("evidence").textContent).toContain("Rows 51 to 100 of 640"));
  });

  it("goes to the next lead with j, one at a time", async () => {
    const user = await open();
    await user.keyboard("j");
    await waitFor(() => expect(lead.view?.lead).toBe(queue.current?.lead));
    expect(queue.active).toBe(1);
    expect(router.param).toBe(queue.current?.lead);
  });
});

describe("a decision", () => {
  it("is refused without opened evidence, outcome, agreement and reason, and says each", async () => {
    const user = await open();
    await user.keyboard("d");
    await user.click(test("decide-save"));
    expect(test("decide-unopened")).toBeTruthy();
    const said = test("decide-panel").textContent ?? "";
    for (const part of ["Choose an outcome.", "20 more characters", "Say for each finding"]) expect(said).toContain(part);
    expect((await call("lead", { lead: "L-0001" })).decisions).toEqual([]);
  });

  it("needs twenty characters of reason", async () => {
    const user = await open();
    await user.keyboard("e");
    await waitFor(() => expect(all("evidence-row").length).toBe(12));
    await user.keyboard("d");
    await fillDecision(user);
    await user.clear(test("decide-reason"));
    await user.type(test("decide-reason"), "nineteen characters");
    await user.click(test("decide-save"));
    expect(test("decide-panel").textContent).toContain("Write 1 more character");
    expect((await call("lead", { lead: "L-0001" })).decisions).toEqual([]);
  });

  it("is saved, moves on to the next lead, and can be undone from there", async () => {
    const user = await open();
    await user.keyboard("e");
    await waitFor(() => expect(all("evidence-row").length).toBe(12));
    await user.keyboard("d");
    await fillDecision(user);
    await user.click(test("decide-save"));
    await waitFor(() => expect(router.param).not.toBe("L-0001"));
    const saved = await call("lead", { lead: "L-0001" });
    expect(saved.decisions).toMatchObject([{ outcome: "welfare", reason: REASON, agreements: ["agree", "disagree"], standing: "standing" }]);
    await user.click([...test("toasts").querySelectorAll("button")].find((button) => button.textContent === "Undo")!);
    await waitFor(async () => expect((await call("lead", { lead: "L-0001" })).decisions[0]?.standing).toBe("undone"));
  });

  it("keeps its draft and ignores j and u while it is being written", async () => {
    const user = await open();
    await user.keyboard("d");
    await user.type(test("decide-reason"), "jumbled unfinished");
    test("decide-save").focus();
    await user.keyboard("ju");
    expect(router.param).toBe("L-0001");
    expect(router.place).toBe("lead");
    await user.keyboard("{Escape}");
    expect(test("decide-panel")).toBeNull();
    await user.keyboard("d");
    expect((test("decide-reason") as HTMLTextAreaElement).value).toBe("jumbled unfinished");
  });

  it("is struck through in the history once superseded", async () => {
    const user = await open();
    await call("evidence", { lead: "L-0001", finding: 0, offset: 0, limit: 1 });
    for (const outcome of ["welfare", "data_error"]) await call("decide", { lead: "L-0001", outcome, reason: REASON, agreements: ["agree", "agree"] });
    await lead.show("L-0001");
    await waitFor(() => expect(all("decision").length).toBe(2));
    expect(all("decision").map((entry) => entry.classList.contains("over"))).toEqual([false, true]);
    await user.click(test("undo-decision"));
    await waitFor(() => expect(test("undo-decision")).toBeNull());
  });
});

describe("a note", () => {
  it("is added, and a name in it is refused with the text kept", async () => {
    const user = await open();
    await user.keyboard("n");
    await user.type(test("note-text"), "Ask Smith about it");
    await user.click(test("note-save"));
    await waitFor(() => expect(test("problem").dataset.code).toBe("name_in_text"));
    expect((test("note-text") as HTMLTextAreaElement).value).toBe("Ask Smith about it");
    await user.clear(test("note-text"));
    await user.type(test("note-text"), "Ask the roster unit about it");
    await user.click(test("note-save"));
    await waitFor(() => expect(all("note-item").length).toBe(1));
  });
});

describe("axe finds nothing", () => {
  it("in a lead with its evidence open", async () => {
    const user = await open();
    await user.keyboard("e");
    await waitFor(() => expect(all("evidence-row").length).toBe(12));
    expect(await axeFindings()).toEqual([]);
  });
  it("in a decision with every error shown", async () => {
    const user = await open();
    await user.keyboard("d");
    await user.click(test("decide-save"));
    expect(await axeFindings()).toEqual([]);
  });
});
