import { beforeEach, describe, expect, it, vi } from "vitest";
import { waitFor } from "@testing-library/svelte";
import { call, type Host, useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { Idle } from "./idle.svelte";
import { Jobs } from "./jobs.svelte";
import { Keys } from "./keys.svelte";
import { link, Router } from "./router.svelte";
import { session } from "./session.svelte";

/** A host whose calls are counted by name. */
function counted(host: Host): { host: Host; calls: string[] } {
  const calls: string[] = [];
  return { calls, host: { ...host, call: (name, request) => (calls.push(name), host.call(name, request)) } };
}

function press(keys: Keys, key: string, init: KeyboardEventInit = {}, target: HTMLElement = document.body): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, cancelable: true, bubbles: true, ...init });
  target.addEventListener("keydown", (heard) => keys.handle(heard), { once: true });
  target.dispatchEvent(event);
  return event;
}

describe("the address", () => {
  it("names place, lead and filter, and is read back", () => {
    window.location.hash = link("lead", "L-0001", { from: "ledger" });
    const router = new Router();
    expect([router.place, router.param, router.query.get("from")]).toEqual(["lead", "L-0001", "ledger"]);
  });

  it("goes to the overview when it is not known", () => {
    window.location.hash = "#/nowhere/else";
    const router = new Router();
    expect([router.place, router.param]).toEqual(["overview", ""]);
  });
});

describe("the keyboard", () => {
  it("asks the newest binding first, and the next when that one declines", () => {
    const keys = new Keys();
    const heard: string[] = [];
    keys.lend([{ key: "Escape", run: () => void heard.push("frame") }]);
    keys.lend([{ key: "Escape", run: () => (heard.push("view"), false) }]);
    expect(press(keys, "Escape").defaultPrevented).toBe(true);
    expect(heard).toEqual(["view", "frame"]);
  });

  it("leaves letters alone while a person types, but locks by Ctrl+L", () => {
    const keys = new Keys();
    const heard: string[] = [];
    keys.lend([{ key: "d", run: () => void heard.push("decide") }, { key: "ctrl+l", run: () => void heard.push("lock") }]);
    const field = document.body.appendChild(document.createElement("input"));
    press(keys, "d", {}, field);
    press(keys, "l", { ctrlKey: true }, field);
    field.remove();
    expect(heard).toEqual(["lock"]);
  });

  it("hears two letters after each other", () => {
    const keys = new Keys();
    const go = vi.fn();
    keys.lend([{ key: "g l", run: go }]);
    press(keys, "g");
    press(keys, "x");
    press(keys, "l");
    expect(go).not.toHaveBeenCalled();
    press(keys, "g");
    press(keys, "l");
    expect(go).toHaveBeenCalledOnce();
  });

  it("is quiet behind an open dialog", () => {
    const keys = new Keys();
    const run = vi.fn();
    keys.lend([{ key: "d", run }]);
    keys.dialogs = 1;
    press(keys, "d");
    expect(run).not.toHaveBeenCalled();
  });
});

describe("the session", () => {
  it("throws the page away when an open store is found locked", async () => {
    const host = fakeHost("open");
    useHost(host);
    await session.refresh();
    session.onLocked = vi.fn();
    await host.call("lock", null);
    await session.refresh();
    expect(session.onLocked).toHaveBeenCalledOnce();
    expect(session.store).toBeNull();
  });

  it("counts the ledger anew after an act that writes an entry, once for several, and not after a mere touch", async () => {
    const { host, calls } = counted(fakeHost("open"));
    useHost(host);
    await session.refresh();
    expect(session.store?.ledgerEntries).toBe(412);
    const stop = session.listen();
    await call("touch", null);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(calls.filter((name) => name === "status")).toHaveLength(1);
    await call("evidence", { lead: "L-0001", finding: 0, offset: 0, limit: 1 });
    await call("decide", { lead: "L-0001", outcome: "welfare", reason: "Nine of the twelve were approved on paper.", agreements: ["agree", "agree"] });
    await waitFor(() => expect(session.store?.ledgerEntries).toBe(413));
    expect(calls.filter((name) => name === "status")).toHaveLength(2);
    stop();
  });
});

describe("idling", () => {
  beforeEach(async () => {
    useHost(fakeHost("open"));
    await session.refresh();
  });

  it("touches the program at most every 15 seconds", () => {
    const { host, calls } = counted(fakeHost("open"));
    useHost(host);
    let now = 100_000;
    const idle = new Idle(() => now);
    idle.sign();
    idle.sign();
    now += 14_999;
    idle.sign();
    expect(calls).toEqual(["touch"]);
    now += 1;
    idle.sign();
    expect(calls).toEqual(["touch", "touch"]);
  });
});

describe("a job", () => {
  it("is followed to its end, with the store's figures fresh before anyone is told", async () => {
    let now = 0;
    const { host, calls } = counted(fakeHost("open", () => (now += 2500)));
    useHost(host);
    const jobs = new Jobs();
    const { job } = await host.call("start_analysis", null);
    const end = await jobs.follow(job, "Analysing");
    expect(end.state).toBe("done");
    expect(calls.at(-1)).toBe("status");
    expect(jobs.running).toBeNull();
  });

  it("can be cancelled, and says that nothing was kept", async () => {
    let now = 0;
    const host = fakeHost("open", () => now++);
    useHost(host);
    const jobs = new Jobs();
    const { job } = await host.call("start_analysis", null);
    const end = jobs.follow(job, "Analysing");
    expect(jobs.cancel()).toBe(true);
    expect((await end).failure?.code).toBe("cancelled");
    expect(jobs.cancel()).toBe(false);
  });
});
