import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { type Host, useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { router } from "$ui/state/router.svelte";
import { axeFindings } from "$ui/test-axe";
import App from "$ui/views/App.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
const there = (name: string) => waitFor(() => expect(test(name)).toBeTruthy(), { timeout: 3000 });

async function show(address: string, until: string, host: Host = fakeHost("open")) {
  useHost(host);
  window.location.hash = address;
  router.read();
  render(App, { connected: true });
  await there(until);
  return userEvent.setup({ delay: null });
}

beforeEach(() => {
  document.documentElement.lang = "en-GB";
});

describe("packs", () => {
  it("say what stands against a pack before anything is taken", async () => {
    const asked: string[] = [];
    const inner = fakeHost("open");
    const user = await show("#/packs", "packs-path", { ...inner, call: (name, request) => (asked.push(name), inner.call(name, request)) });
    await user.type(test("packs-path"), "/x/forged-grant.age");
    await user.click(test("packs-take"));
    await there("packs-problem");
    expect(asked).not.toContain("apply_pack");
  });

  it("keep a question open until it is answered at some length", async () => {
    const user = await show("#/packs", "challenge-answer");
    await user.type(test("challenge-answer"), "because");
    await user.click(test("challenge-seal"));
    expect(document.body.textContent).toContain("Answer in 20 characters or more.");
    expect(test("save-path")).toBeNull();
    expect(await axeFindings()).toEqual([]);
  });

  it("show every removal before a lead is sent, and need the representative's card", async () => {
    const user = await show("#/send/L-0001", "redaction");
    expect(test("redaction").textContent).toContain("P1");
    await user.click(test("send-seal"));
    expect(document.body.textContent).toContain("Choose the representative's member card.");
    expect(await axeFindings()).toEqual([]);
  });
});

describe("a lead about a group", () => {
  it("is sent to one member's representative at a time", async () => {
    const asked: unknown[] = [];
    const inner = fakeHost("open");
    const user = await show("#/send/L-0006", "send-officer", {
      ...inner, call: (name, request) => (name === "preview_lead_pack" && asked.push(request), inner.call(name, request)),
    });
    expect(test("redaction")).toBeNull();
    expect(asked).toEqual([]);
    const member = (test("send-officer") as HTMLSelectElement).options[2]!.value;
    await user.selectOptions(test("send-officer"), member);
    await there("redaction");
    expect(asked.at(-1)).toMatchObject({ lead: "L-0006", officer: member });
  });
});

describe("retention", () => {
  it("erases only a whole code that was confirmed", async () => {
    const asked: string[] = [];
    const inner = fakeHost("open");
    const user = await show("#/retention", "erase", { ...inner, call: (name, request) => (asked.push(name), inner.call(name, request)) });
    await user.type(test("erase-officer"), "OFC-7K3M-Q2XF");
    await user.click(test("erase"));
    expect(asked).not.toContain("erase_officer");
    await user.click(test("erase-sure"));
    await user.click(test("erase"));
    await waitFor(() => expect(asked).toContain("erase_officer"));
    expect(await axeFindings()).toEqual([]);
  });
});
