import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { router } from "$ui/state/router.svelte";
import { session } from "$ui/state/session.svelte";
import SourcesView from "./SourcesView.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
async function shown(name: string): Promise<HTMLElement> {
  await waitFor(() => expect(test(name)).toBeTruthy());
  return test(name);
}
const rows = () => [...document.querySelectorAll('[data-test="link-row"]')].map((row) => row.textContent ?? "");

async function show(scenario: "open" | "empty") {
  useHost(fakeHost(scenario));
  await session.refresh();
  router.go("sources");
  render(SourcesView);
  return userEvent.setup();
}

beforeEach(() => router.go("sources"));

describe("codes that may be one officer", () => {
  it("are listed by code with how sure it is, and none is decided", async () => {
    await show("open");
    await waitFor(() => expect(rows().length).toBe(2));
    expect(rows()[0]).toContain("85 %");
    expect(rows().every((row) => row.includes("Undecided"))).toBe(true);
  });

  it("are linked only with a reason", async () => {
    const user = await show("open");
    await user.click(await shown("link-decide-1"));
    await user.click(await shown("link-link"));
    expect(document.body.textContent).toContain("Say what shows it");
    expect(rows()[0]).toContain("Undecided");
    await user.type(test("link-reason"), "Payroll pads its numbers.");
    await user.click(test("link-link"));
    await waitFor(() => expect(rows()[0]).toContain("Linked"));
    expect(rows()[1]).toContain("Undecided");
  });

  it("can be kept apart again", async () => {
    const user = await show("open");
    for (const [button, state] of [["link-link", "Linked"], ["link-refuse", "Not linked"]] as const) {
      await user.click(await shown("link-decide-1"));
      await user.type(await shown("link-reason"), "Payroll says so by letter.");
      await user.click(test(button));
      await waitFor(() => expect(rows()[0]).toContain(state));
    }
  });

  it("are not mentioned where there are none", async () => {
    await show("empty");
    await waitFor(() => expect(test("import-new")).toBeTruthy());
    expect(test("links")).toBeNull();
  });
});
