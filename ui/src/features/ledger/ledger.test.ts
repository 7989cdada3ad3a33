import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { useHost, type Host } from "$ui/ipc";
import { fakeHost, type Scenario } from "$ui/ipc/fake";
import { router } from "$ui/state/router.svelte";
import { axeFindings } from "$ui/test-axe";
import App from "$ui/views/App.svelte";
import { ledger } from "./ledger.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
const all = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-test="${name}"]`)];

async function open(change: Partial<Record<string, (request: never) => unknown>> = {}, address = "#/ledger", start: Scenario = "open") {
  const inner = fakeHost(start);
  const asked: [string, unknown][] = [];
  const call = async (name: string, request: never) => {
    asked.push([name, request]);
    const changed = change[name];
    return changed ? changed(request) : inner.call(name as never, request);
  };
  useHost({ call: call as unknown as Host["call"], onDrop: inner.onDrop });
  window.location.hash = address;
  router.read();
  render(App, { connected: true });
  await waitFor(() => expect(all("ledger-row").length).toBeGreaterThan(0));
  return { user: userEvent.setup({ delay: null }), asked };
}

beforeEach(() => {
  Object.assign(ledger, { kind: "", by: "", search: "", from: "", until: "", offset: 0, opened: null, page: null, patterns: null, unfolded: false, verification: null });
});

describe("the ledger", () => {
  it("shows the newest entries first, a page at a time", async () => {
    const { user } = await open();
    expect(all("ledger-row").map((row) => row.dataset.seq).slice(0, 2)).toEqual(["412", "411"]);
    expect(test("ledger-count").textContent).toBe("1 to 50 of 412 entries");
    await user.click(test("ledger-older"));
    await waitFor(() => expect(all("ledger-row")[0]?.dataset.seq).toBe("362"));
    await user.click(test("ledger-newer"));
    await waitFor(() => expect(all("ledger-row")[0]?.dataset.seq).toBe("412"));
  });

  it("narrows by kind, person and words", async () => {
    const { user } = await open();
    await user.selectOptions(test("ledger-kind"), "unmask");
    await waitFor(() => expect(all("ledger-row").every((row) => row.dataset.kind?.startsWith("unmask"))).toBe(true));
    await user.selectOptions(test("ledger-person"), "reviewer-1");
    await user.type(test("ledger-search"), "L-0001");
    await waitFor(() => expect(test("ledger-count").textContent).toMatch(/^1 to \d+ of \d+, 412 entries in all$/));
    const fits = (row: HTMLElement) => row.textContent?.includes("L-0001") && row.textContent.includes("reviewer-1");
    await waitFor(() => expect(all("ledger-row").every(fits)).toBe(true));
    await user.click(test("ledger-clear"));
    await waitFor(() => expect(test("ledger-count").textContent).toBe("1 to 50 of 412 entries"));
  });

  it("narrows to the days between two, once each is a day", async () => {
    const { user, asked } = await open();
    const days = () => new Set(all("ledger-row").map((row) => row.querySelector(".when")?.textContent?.slice(0, 10)));
    await user.type(test("ledger-from"), "2026-06-23{Tab}");
    await user.type(test("ledger-until"), "2026-06-23{Tab}");
    await waitFor(() => expect(days()).toEqual(new Set(["2026-06-23"])));
    await user.clear(test("ledger-until"));
    await user.type(test("ledger-until"), "tomorrow{Tab}");
    await waitFor(() => expect(test("ledger-until").getAttribute("aria-invalid")).toBe("true"));
    await waitFor(() => expect(days().size).toBeGreaterThan(1));
    expect(asked.at(-1)?.[1]).toMatchObject({ from: "2026-06-23", until: "" });
    await user.click(test("ledger-clear"));
    await waitFor(() => expect(test("ledger-count").textContent).toBe("1 to 50 of 412 entries"));
    expect((test("ledger-until") as HTMLInputElement).value).toBe("");
  });

  it("saves the keys that countersign-verify asks for, and says when it could not", async () => {
    const { user, asked } = await open({
      export_keys: ({ path }: { path: string }) => {
        if (path.startsWith("/full")) throw { code: "disk_full", message: "The disk is full.", hint: "" };
        return null;
      },
    });
    test("ledger-keys").focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(test("save-path")).toBeTruthy());
    await user.type(test("save-path"), "/full/policy{Enter}");
    await waitFor(() => expect(test("problem").dataset.code).toBe("disk_full"));
    await user.clear(test("save-path"));
    await user.type(test("save-path"), "/media/stick/policy{Enter}");
    await waitFor(() => expect(asked).toContainEqual(["export_keys", { path: "/media/stick/policy" }]));
    await waitFor(() => expect(document.querySelector("[role=dialog]")).toBeNull());
  });

  it("opens an entry to its exact bytes and its justification", async () => {
    const { user } = await open({}, "#/ledger?kind=unmask.recorded");
    await waitFor(() => expect(all("ledger-row").every((row) => row.dataset.kind === "unmask.recorded")).toBe(true));
    await user.click(all("ledger-open")[0]!);
    const seq = Number(all("ledger-row")[0]?.dataset.seq);
    expect(JSON.parse(test("ledger-leaf").textContent ?? "")).toMatchObject({ seq, kind: "unmask.recorded" });
    expect(test("ledger-detail").textContent).toContain("Necessity");
  });

  it("says in words what was checked and with which result", async () => {
    const { user } = await open();
    await user.click(test("ledger-verify"));
    await waitFor(() => expect(all("check").length).toBe(5));
    expect(test("verdict").textContent).toContain("Verified: 412 entries");
    expect(all("check").map((check) => check.dataset.outcome)).toEqual(["proved", "proved", "proved", "proved", "look"]);
    expect(all("check")[4]?.textContent).toContain("Not countersigned for 9 days");
  });

  it("folds what is proved into one line until all checks are asked for", async () => {
    const { user } = await open();
    await user.click(test("ledger-verify"));
    await waitFor(() => expect(test("checks-all").textContent).toContain("Show all 5 checks"));
    const list = test("checks").querySelector("ul");
    expect([test("checks-all").getAttribute("aria-expanded"), list?.classList.contains("folded")]).toEqual(["false", true]);
    await user.click(test("checks-all"));
    expect([test("checks-all").getAttribute("aria-expanded"), list?.classList.contains("folded")]).toEqual(["true", false]);
  });

  it("lists the entries written since, once it was verified", async () => {
    const { user, asked } = await open();
    // The filters fill once the people are known, and read the list again for it.
    await new Promise((resolve) => setTimeout(resolve, 400));
    await user.click(test("ledger-verify"));
    await waitFor(() => expect(test("verdict")).toBeTruthy());
    const readings = () => asked.map(([name]) => name).filter((name) => name === "ledger" || name === "verify_ledger");
    await waitFor(() => expect(readings().slice(readings().indexOf("verify_ledger"))).toEqual(["verify_ledger", "ledger"]), { timeout: 3000 });
  });

  it("says aloud when the ledger does not hold, and never calls it verified", async () => {
    const broken = { proved: false, entries: 412, checks: [{ what: "Entry 371 was changed", detail: "", outcome: "failed" }] };
    const { user } = await open({ verify_ledger: () => broken });
    await user.click(test("ledger-verify"));
    await waitFor(() => expect(test("verdict").getAttribute("role")).toBe("alert"));
    expect(test("verdict").textContent).toContain("does not hold");
    expect(test("checks").textContent).not.toContain("Verified");
  });

  it("exports the ledger and one entry's proof to the path that was given", async () => {
    const { user, asked } = await open();
    await user.click(test("ledger-export"));
    await waitFor(() => expect(test("save-path")).toBeTruthy());
    await user.type(test("save-path"), "/media/stick/ledger.json");
    await user.click(test("save-confirm"));
    await waitFor(() => expect(asked).toContainEqual(["export_ledger", { path: "/media/stick/ledger.json" }]));
    await waitFor(() => expect(document.querySelector("[role=dialog]")).toBeNull());
    await user.click(all("ledger-open")[0]!);
    await user.click(test("ledger-proof"));
    await waitFor(() => expect(test("save-path")).toBeTruthy());
    await user.type(test("save-path"), "/media/stick/412.tlog-proof");
    await user.click(test("save-confirm"));
    await waitFor(() => expect(asked).toContainEqual(["export_proof", { seq: 412, path: "/media/stick/412.tlog-proof" }]));
  });

  it("passes axe, verified and with an entry open", async () => {
    const { user } = await open();
    await user.click(test("ledger-verify"));
    await waitFor(() => expect(all("check").length).toBe(5));
    await user.click(all("ledger-open")[0]!);
    expect(await axeFindings()).toEqual([]);
  });
});

describe("the patterns of the ledger", () => {
  it("stay folded until they are asked for, and count small numbers with caution", async () => {
    const { user } = await open();
    await waitFor(() => expect(test("patterns-open")).toBeTruthy());
    const folded = () => document.getElementById(test("patterns-open").getAttribute("aria-controls") ?? "")?.classList.contains("folded");
    expect([folded(), test("patterns-open").getAttribute("aria-expanded")]).toEqual([true, "false"]);
    await user.click(test("patterns-open"));
    expect([folded(), test("patterns-open").getAttribute("aria-expanded")]).toEqual([false, "true"]);
    const cells = (row: HTMLElement) => [...row.children].map((cell) => cell.textContent).filter(Boolean);
    expect(all("patterns-reviewer").map(cells)).toEqual([["reviewer-1", "11", "6 of 9 decided"], ["reviewer-2", "7", "1 of 5 decided"]]);
    const said = test("patterns").textContent ?? "";
    for (const words of ["about 1 time in 4", "3 times, in entries 388, 395, 401", "Entry 401, lead L-0041", "setting changed"]) expect(said).toContain(words);
    expect(await axeFindings()).toEqual([]);
  });

  it("say no word of chance where there is nothing to compare", async () => {
    await open({ ledger_patterns: () => ({ reviewers: [{ by: "reviewer-1", unmaskings: 1, decided: 0, nowhere: 0 }], byChance: null, weeks: [1], reused: [], nowhere: [], watched: [], watchedInAll: 0 }) });
    await waitFor(() => expect(all("patterns-reviewer").length).toBe(1));
    expect(test("patterns").textContent).toContain("none decided");
    expect(test("patterns").textContent).not.toContain("By lot alone");
  });
});

describe("the ledger as a data protection officer reads it", () => {
  const officer = async (change: Parameters<typeof open>[0] = {}) => {
    const opened = await open(change, "#/ledger", "officer");
    await waitFor(() => expect(test("verdict")).toBeTruthy());
    return opened;
  };

  it("is checked at once against what they countersigned, and says what waits", async () => {
    const { asked } = await officer();
    expect(asked.map(([name]) => name)).not.toContain("verify_ledger");
    expect(test("dpo-before").textContent).toContain("You countersigned 371 entries");
    expect(test("dpo-open").textContent).toContain("C-7K2M0X");
    expect(await axeFindings()).toEqual([]);
  });

  it("is signed where it lies, without a file, and read again", async () => {
    const { user, asked } = await officer();
    await user.click(test("dpo-countersign"));
    await waitFor(() => expect(test("dpo-sign").textContent).toContain("413"));
    await user.click(test("dpo-sign"));
    await waitFor(() => expect(test("dpo-signed")).toBeTruthy());
    expect(asked).toContainEqual(["countersign_store", null]);
    await waitFor(() => expect(test("dpo-before").textContent).toContain("413 entries"));
    await waitFor(() => expect(all("ledger-row")[0]?.dataset.kind).toBe("checkpoint"));
  });

  it("is questioned only where it is countersigned, and the question becomes an entry", async () => {
    const { user, asked } = await officer();
    await user.click(all("ledger-open")[0]!);
    expect((test("dpo-ask") as HTMLButtonElement).disabled).toBe(true);
    await user.click(test("ledger-older"));
    await waitFor(() => expect(all("ledger-row")[0]?.dataset.seq).toBe("362"));
    await user.click(all("ledger-open")[0]!);
    await user.click(test("dpo-ask"));
    await waitFor(() => expect(test("challenge-question")).toBeTruthy());
    expect(test("challenge-path")).toBeNull();
    await user.type(test("challenge-question"), "Why?");
    await user.click(test("challenge-send"));
    expect(document.body.textContent).toContain("Ask in 20 characters or more.");
    await user.type(test("challenge-question"), " The unit could be asked first.");
    await user.click(test("challenge-send"));
    await waitFor(() => expect(asked).toContainEqual(["question_entry", { entry: 362, question: "Why? The unit could be asked first." }]));
    await waitFor(() => expect(test("toasts").textContent).toContain("Question C-9P4T1B is in the ledger."));
  });

  it("is not signed where it does not hold, and a backup that was put back is acknowledged first", async () => {
    const before = { store: "K", name: "N", size: 371, root: "", at: "2026-06-23 10:02 UTC", openQuestions: 0 };
    const found = (restored: number | null) => ({
      store: "K", name: "N", proved: restored === null, size: 341, root: "", before, restored, figures: [], openChallenges: [],
      checks: [{ what: "A backup of this store was put back", detail: "", outcome: restored === null ? "proved" : "failed" }],
    });
    let restored: number | null = 340;
    const { user } = await officer({ review_store: () => found(restored), acknowledge_store: () => ((restored = null), { ...before, size: 340 }) });
    expect((test("dpo-countersign") as HTMLButtonElement).disabled).toBe(true);
    expect(document.body.textContent).toContain("31 entries that you countersigned are not in it any more");
    await user.click(test("dpo-acknowledge"));
    await waitFor(() => expect(document.querySelector("[data-test=dpo-acknowledge]")).toBeNull());
    expect((test("dpo-countersign") as HTMLButtonElement).disabled).toBe(false);
  });

  it("offers a reviewer neither signature nor question", async () => {
    const { user, asked } = await open();
    await user.click(all("ledger-open")[0]!);
    expect([test("dpo-countersign"), test("dpo-ask")]).toEqual([null, null]);
    expect(asked.map(([name]) => name)).not.toContain("review_store");
  });
});
