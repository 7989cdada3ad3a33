import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { useHost, type Host } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { router } from "$ui/state/router.svelte";
import { axeFindings } from "$ui/test-axe";
import App from "$ui/views/App.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
const record = () => test("unmask-record") as HTMLButtonElement;
const NECESSITY = "The roster unit can confirm an approver on paper only for a named officer.";

// Each test takes another lead: a draft outlives the page on purpose.
let next = 10;
async function open() {
  const inner = fakeHost("open");
  const asked: [string, unknown][] = [];
  useHost({ call: (name, request) => (asked.push([name, request]), inner.call(name, request)), onDrop: inner.onDrop } as Host);
  const id = `L-00${next++}`;
  window.location.hash = `#/unmask/${id}`;
  router.read();
  render(App, { connected: true });
  await waitFor(() => expect(test("unmask-officer")?.textContent).toContain("OFC-"));
  return { user: userEvent.setup({ delay: null }), asked, id };
}

async function fill(user: ReturnType<typeof userEvent.setup>) {
  await user.selectOptions(test("unmask-purpose"), "welfare");
  await user.type(test("unmask-reference"), "PSD/2026/0142");
  await user.type(test("unmask-proportionality"), "Twelve factual edits in three months and a second source agree.");
  await user.type(test("unmask-alternatives"), "Asked for unit-wide approvals first.");
  await user.type(test("unmask-passphrase"), "four unrelated words here");
}

describe("the interruption page", () => {
  it("records nothing before the program has allowed the exact entry", async () => {
    const { user, asked } = await open();
    expect(record().disabled).toBe(true);
    await fill(user);
    await waitFor(() => expect(test("unmask-refused").textContent).toContain("40 characters"));
    expect(record().disabled).toBe(true);
    await user.type(test("unmask-necessity"), NECESSITY);
    await waitFor(() => expect(test("unmask-allowed")).toBeTruthy());
    expect(record().disabled).toBe(false);
    expect(test("unmask-entry").textContent).toContain('"purpose":"welfare"');
    const previews = () => asked.filter(([name]) => name === "preview_unmask").length;
    const before = previews();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(previews(), "an answer must not ask the next question").toBe(before);
    expect(test("unmask-budget").textContent).toBe("3 of 10 unmaskings used this month.");
  });

  it("closes the button again while a change has not been checked yet", async () => {
    const { user } = await open();
    await fill(user);
    await user.type(test("unmask-necessity"), NECESSITY);
    await waitFor(() => expect(record().disabled).toBe(false));
    await user.type(test("unmask-necessity"), "x");
    expect(record().disabled).toBe(true);
  });

  it("refuses minutes that are not a whole number the policy allows", async () => {
    const { user } = await open();
    await fill(user);
    await user.clear(test("unmask-minutes"));
    await user.type(test("unmask-minutes"), "31");
    await waitFor(() => expect(test("unmask-refused").textContent).toContain("from 1 to 30"));
  });

  it("asks for exactly the fields that were chosen", async () => {
    const { user, asked } = await open();
    await user.click(test("unmask-scope-unit"));
    await user.click(test("unmask-scope-name"));
    await user.selectOptions(test("unmask-purpose"), "vetting");
    await waitFor(() => expect(asked.findLast(([name]) => name === "preview_unmask")).toMatchObject(["preview_unmask", { justification: { scope: ["unit"], purpose: "vetting" } }]));
  });

  it("keeps what was written and drops the passphrase when it is wrong", async () => {
    const { user } = await open();
    await fill(user);
    await user.type(test("unmask-necessity"), NECESSITY);
    await user.clear(test("unmask-passphrase"));
    await user.type(test("unmask-passphrase"), "wrong");
    await waitFor(() => expect(record().disabled).toBe(false));
    await user.click(record());
    await waitFor(() => expect(test("problem").dataset.code).toBe("wrong_passphrase"));
    expect((test("unmask-passphrase") as HTMLInputElement).value).toBe("");
    expect((test("unmask-necessity") as HTMLTextAreaElement).value).toBe(NECESSITY);
    expect(document.activeElement).toBe(test("unmask-passphrase"));
  });

  it("says the entry's number, counts down, never shows the name here, and masks on demand", async () => {
    const { user, asked } = await open();
    await fill(user);
    await user.type(test("unmask-necessity"), NECESSITY);
    await waitFor(() => expect(record().disabled).toBe(false));
    await user.click(record());
    await waitFor(() => expect(test("unmask-recorded").textContent).toContain("Entry 413 recorded"));
    expect(test("unmask-clock").textContent).toMatch(/^1[45]:\d\d$/);
    expect(asked.some(([name]) => name === "reveal")).toBe(false);
    expect(document.body.textContent).not.toContain("Name-Synthetic");
    expect(await axeFindings()).toEqual([]);
    await user.click(test("unmask-mask-now"));
    expect(asked.some(([name]) => name === "remask_all")).toBe(true);
    await waitFor(() => expect(test("unmask-recorded").textContent).toContain("is masked"));
  });

  it("goes back to the lead on Esc, with the draft kept and no entry written", async () => {
    const { user, asked, id } = await open();
    await user.type(test("unmask-necessity"), NECESSITY);
    await user.keyboard("{Escape}");
    expect(router.place).toBe("lead");
    expect(router.param).toBe(id);
    expect(asked.some(([name]) => name === "unmask")).toBe(false);
    router.go("unmask", id);
    await waitFor(() => expect((test("unmask-necessity") as HTMLTextAreaElement).value).toBe(NECESSITY));
  });

  it("passes axe empty and refused", async () => {
    const { user } = await open();
    expect(await axeFindings()).toEqual([]);
    await fill(user);
    await waitFor(() => expect(test("unmask-entry")).toBeTruthy());
    expect(await axeFindings()).toEqual([]);
  });
});
