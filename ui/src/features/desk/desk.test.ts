import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { type Host, useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { axeFindings } from "$ui/test-axe";
import App from "$ui/views/App.svelte";
import { desk } from "./desk.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
const there = (name: string) => waitFor(() => expect(test(name)).toBeTruthy(), { timeout: 3000 });

/** Hears every command with its request, and answers as the made-up program does. */
function listening(): { host: Host; asked: { name: string; request: unknown }[] } {
  const inner = fakeHost("locked");
  const asked: { name: string; request: unknown }[] = [];
  return { asked, host: { ...inner, call: (name, request) => (asked.push({ name, request }), inner.call(name, request)) } };
}

async function sit(host: Host = fakeHost("locked")) {
  useHost(host);
  render(App, { connected: true });
  const user = userEvent.setup({ delay: null });
  await there("way-pack");
  await user.click(test("way-pack"));
  await user.type(test("passphrase"), "a made-up passphrase");
  await user.click(test("desk-unlock"));
  await there("pack-path");
  return user;
}

async function read(path: string, host?: Host) {
  const user = await sit(host);
  await user.type(test("pack-path"), path);
  await user.click(test("pack-read"));
  return user;
}

beforeEach(() => {
  desk.member = desk.pack = desk.failure = null;
  desk.path = "";
  desk.withoutEarlier = false;
  window.location.hash = "";
  document.documentElement.lang = "en-GB";
});

describe("the desk", () => {
  it("says what is no pack, and keeps waiting for one", async () => {
    await read("/x/holiday.png");
    await there("problem");
    expect(test("problem").dataset.code).toBe("not_a_pack");
    expect(test("pack-path")).toBeTruthy();
  });

  it("shows nothing of a pack that was altered but why it is not taken", async () => {
    await read("/x/forged-lead.age");
    await there("pack-problem");
    expect(test("pack-problem").textContent).toContain("changed after it was signed");
    expect(test("pack-anyway")).toBeNull();
    expect(test("pack-finding")).toBeNull();
  });
});

describe("a pack out of order", () => {
  it("can be opened although the one before it is lost", async () => {
    const { host, asked } = listening();
    const user = await read("/x/late-lead.age", host);
    await there("pack-anyway");
    expect(await axeFindings()).toEqual([]);
    await user.click(test("pack-anyway"));
    expect(asked.at(-1)).toMatchObject({ name: "read_pack", request: { withoutEarlier: true } });
  });
});

describe("a representative", () => {
  it("reads the lead, what is withheld on which ground, and how many people still fit", async () => {
    await read("/x/lead.age");
    await there("pack-finding");
    expect(document.body.textContent).toContain("Regulation 6 (c)");
    expect(test("pack-fit").textContent).toContain("26 of 412 people still fit");
    expect(await axeFindings()).toEqual([]);
  });

  it("answers each finding, and cannot seal before saying whether they are involved", async () => {
    const { host, asked } = listening();
    const user = await read("/x/lead.age", host);
    await there("reply-stance");
    await user.selectOptions(test("reply-stance"), "disputed");
    await user.click(test("reply-seal"));
    expect(document.body.textContent).toContain("Say what involves you, or confirm that nothing does.");
    expect(document.body.textContent).toContain("Say what is wrong or what explains it.");
    await user.type(test("reply-text"), "The changes were asked for by the roster unit.");
    await user.click(test("reply-uninvolved"));
    await user.click(test("reply-seal"));
    await there("save-path");
    await user.type(test("save-path"), "/x/reply.age");
    await user.click(test("save-confirm"));
    await waitFor(() => expect(asked.at(-1)?.name).toBe("reply_to_lead"));
    expect(asked.at(-1)?.request).toMatchObject({ pack: "/x/lead.age", path: "/x/reply.age", conflict: "", answers: [{ finding: 1, stance: "disputed" }] });
  });
});

describe("a data protection officer", () => {
  it("may question an entry only after countersigning, and signs what was verified", async () => {
    const { host, asked } = listening();
    const user = await read("/x/ledger.age", host);
    await there("verdict");
    await user.click(test("ledger-open"));
    expect((test("dpo-ask") as HTMLButtonElement).disabled).toBe(true);
    await user.click(test("dpo-countersign"));
    await there("save-path");
    await user.type(test("save-path"), "/x/countersignature.age");
    await user.click(test("save-confirm"));
    await there("dpo-signed");
    expect(asked.find(({ name }) => name === "countersign_ledger")?.request).toMatchObject({ pack: "/x/ledger.age" });
    await waitFor(() => expect((test("dpo-ask") as HTMLButtonElement).disabled).toBe(false));
  });

  it("acknowledges a backup that was put back before it signs, and is told what that means", async () => {
    const { host, asked } = listening();
    const user = await read("/x/ledger-restored.age", host);
    await there("dpo-acknowledge");
    expect(document.body.textContent).toContain("28 entries that you countersigned are not in it any more");
    await user.click(test("dpo-acknowledge"));
    await waitFor(() => expect(asked.map(({ name }) => name)).toContain("acknowledge_restore"));
    await waitFor(() => expect(document.querySelector("[data-test=dpo-acknowledge]")).toBeNull());
  });

  it("grants no more than was asked, for no longer than they say", async () => {
    const { host, asked } = listening();
    const user = await read("/x/request.age", host);
    await there("grant");
    await user.click(test("grant-unit"));
    await user.clear(test("grant-minutes"));
    await user.type(test("grant-minutes"), "5");
    await user.click(test("grant"));
    await there("save-path");
    await user.type(test("save-path"), "/x/grant.age");
    await user.click(test("save-confirm"));
    await there("request-done");
    expect(asked.find(({ name }) => name === "grant_request")?.request).toMatchObject({ scope: ["name"], minutes: 5, days: 7 });
  });

  it("refuses only with a reason", async () => {
    const user = await read("/x/request.age");
    await there("refuse");
    await user.type(test("refuse-reason"), "no");
    await user.click(test("refuse"));
    expect(document.body.textContent).toContain("Say why in 20 characters or more.");
    expect(test("save-path")).toBeNull();
    expect(await axeFindings()).toEqual([]);
  });
});
