import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { type Drop, type Host, useHost } from "$ui/ipc";
import { fakeHost, type Scenario } from "$ui/ipc/fake";
import { given } from "$ui/state/given.svelte";
import { session } from "$ui/state/session.svelte";
import App from "$ui/views/App.svelte";
import { desk } from "./desk.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
const there = (name: string) => waitFor(() => expect(test(name)).toBeTruthy(), { timeout: 3000 });

/** A program of this member, started with a file or with none; what is dropped on it is told to whoever listens last. */
async function begin(role: string, pack: string | null, scenario: Scenario = "locked") {
  const inner = fakeHost(scenario);
  const listeners: ((drop: Drop) => void)[] = [];
  const host: Host = {
    call: async (name, request) => {
      if (name === "given_pack") return { path: pack } as never;
      const reply = await inner.call(name, request);
      if (name === "status") Object.assign((reply as { member: object }).member ?? {}, { role });
      return reply;
    },
    onDrop: async (listen) => (listeners.push(listen), () => void listeners.splice(listeners.indexOf(listen), 1)),
  };
  useHost(host);
  render(App, { connected: true });
  await there("passphrase");
  return { user: userEvent.setup({ delay: null }), drop: (path: string) => listeners.forEach((listen) => listen({ kind: "dropped", paths: [path] })) };
}

beforeEach(() => {
  desk.member = desk.pack = desk.failure = null;
  session.status = null;
  desk.path = given.pack = "";
  window.location.hash = "";
});

describe("a pack the program was started with", () => {
  it("is opened for a representative as soon as the desk is unlocked", async () => {
    const { user } = await begin("representative", "/media/stick/lead.countersign");
    await there("desk-unlock");
    expect(test("given-pack").textContent).toContain("lead.countersign");
    await user.type(test("passphrase"), "a made-up passphrase");
    await user.click(test("desk-unlock"));
    await there("pack-finding");
    expect(given.pack).toBe("");
  });

  it("waits for a reviewer until the store is open, and is not taken by itself", async () => {
    const { user } = await begin("reviewer", "/media/stick/grant.countersign");
    await there("given-pack");
    await user.type(test("passphrase"), "amber lattice ninety quill");
    await user.click(test("unlock"));
    await there("packs-path");
    expect((test("packs-path") as HTMLInputElement).value).toBe("/media/stick/grant.countersign");
    expect(test("packs-done")).toBeNull();
  });
});

describe("a pack let go over the first screen", () => {
  it("leads a data protection officer to the desk", async () => {
    const { drop } = await begin("dpo", null);
    drop("/media/stick/ledger.countersign");
    await there("desk-unlock");
    expect(test("given-pack").textContent).toContain("ledger.countersign");
  });
});
