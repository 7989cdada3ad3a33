import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { useHost } from "$ui/ipc";
import { fakeHost, type Scenario } from "$ui/ipc/fake";
import { wizard } from "$ui/features/sources/wizard.svelte";
import { axeFindings } from "$ui/test-axe";
import App from "./App.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;

async function show(scenario: Scenario, address: string, until: string) {
  useHost(fakeHost(scenario));
  window.location.hash = address;
  window.dispatchEvent(new HashChangeEvent("hashchange"));
  render(App, { connected: true });
  await waitFor(() => expect(document.querySelector(until)).toBeTruthy());
  return userEvent.setup();
}

beforeEach(() => {
  wizard.clear();
  document.documentElement.lang = "en-GB";
  document.title = "Countersign";
});

const screens: [name: string, scenario: Scenario, address: string, until: string][] = [
  ["first start", "first", "", '[data-test="profile-create"]'],
  ["unlock", "locked", "", '[data-test="unlock"]'],
  ["overview", "open", "#/overview", '[data-test="run-report"]'],
  ["overview of an empty store", "empty", "#/overview", '[data-test="overview-import"]'],
  ["sources", "open", "#/sources", '[data-test="import-row"]'],
  ["import", "open", "#/sources/new", '[data-test="import-path"]'],
  ["import report", "open", "#/sources/2", '[data-test="import-report"]'],
  ["settings", "open", "#/settings", '[data-test="theme"]'],
];

describe("axe finds nothing", () => {
  it.each(screens)("in %s", async (_name, scenario, address, until) => {
    await show(scenario, address, until);
    expect(await axeFindings()).toEqual([]);
  });

  it("in an import's columns and gate, with every error shown", async () => {
    const user = await show("open", "#/sources/new", '[data-test="import-path"]');
    await user.type(test("import-path"), "/x/absences.csv");
    await user.click(test("import-read"));
    await waitFor(() => expect(test("import-start")).toBeTruthy());
    await user.click(test("import-start"));
    expect(await axeFindings()).toEqual([]);
  });

  it("in the list of all keys", async () => {
    const user = await show("open", "#/overview", '[data-test="run-report"]');
    await user.keyboard("?");
    await waitFor(() => expect(document.querySelector('[role="dialog"]')).toBeTruthy());
    expect(await axeFindings()).toEqual([]);
  });
});

describe("a countersigned store", () => {
  const places = () => [...document.querySelectorAll("nav a")].map((item) => item.getAttribute("href"));

  it("offers the custodian Sources and Settings only, whatever the address says", async () => {
    const user = await show("custodian", "#/leads", '[data-test="import-new"]');
    expect(places()).toEqual(["#/sources", "#/settings"]);
    await user.keyboard("ge");
    expect(test("ledger-verify")).toBeNull();
    expect(await axeFindings()).toEqual([]);
  });

  it("offers the reviewer no import, and says who imports", async () => {
    await show("countersigned", "#/sources/new", '[data-test="import-custodian"]');
    expect(test("import-new")).toBeNull();
    expect(test("import-path")).toBeNull();
    expect(places()).toContain("#/leads");
  });
});

describe("the frame", () => {
  it("says who signed last, that names are masked, and locks by Ctrl+L", async () => {
    const user = await show("open", "#/overview", '[data-test="run-report"]');
    expect(test("countersigned").textContent).toContain("9 days ago, 41 entries since");
    expect(test("mask-state").textContent).toContain("All names masked");
    await user.keyboard("{Control>}l{/Control}");
    await waitFor(() => expect(test("unlock")).toBeTruthy());
  });

  it("goes by two letters, and every figure of the overview is a link", async () => {
    const user = await show("open", "#/overview", '[data-test="run-report"]');
    expect(test("by-route").querySelector("a")?.getAttribute("href")).toBe("#/leads?route=conduct");
    await user.keyboard("gs");
    await waitFor(() => expect(test("import-new")).toBeTruthy());
  });

  it("runs the analysis, shows it in the footer and cancels it by Esc", async () => {
    const user = await show("open", "#/overview", '[data-test="analyse"]');
    await user.click(test("analyse"));
    await waitFor(() => expect(test("footer-job")).toBeTruthy());
    await user.keyboard("{Escape}");
    await waitFor(() => expect(test("problem")?.dataset.code).toBe("cancelled"));
    expect(test("footer-job")).toBeNull();
  });

  it("puts theme and zoom on the page and refuses a lock time out of range", async () => {
    const user = await show("open", "#/settings", '[data-test="theme"]');
    await user.selectOptions(test("theme"), "dark");
    await user.selectOptions(test("zoom"), "150");
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe("dark"));
    // 1024 pixels at 150 % are too few for the navigation at the side.
    await waitFor(() => expect(document.documentElement.hasAttribute("data-narrow")).toBe(true));
    await user.clear(test("lock-minutes"));
    await user.type(test("lock-minutes"), "61");
    expect(test("lock-minutes").getAttribute("aria-invalid")).toBe("true");
  });
});
