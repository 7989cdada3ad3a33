import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { useHost } from "$ui/ipc";
import { fakeHost, type Scenario } from "$ui/ipc/fake";
import { session } from "$ui/state/session.svelte";
import { axeFindings } from "$ui/test-axe";
import { Create } from "./create.svelte";
import StartView from "./StartView.svelte";
import { strength } from "./strength";

async function start(scenario: Scenario, now?: () => number) {
  const host = fakeHost(scenario, now);
  useHost(host);
  await session.refresh();
  render(StartView);
  return { host, user: userEvent.setup() };
}
const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;

describe("a passphrase", () => {
  it.each([["", 0], ["short", 1], ["aaaaaaaaaaaaaaaa", 2], ["amber lattice", 3], ["amber lattice ninety", 4], ["amber lattice ninety quill orbit", 5]])(
    "of %j is of strength %i",
    (passphrase, level) => expect(strength(passphrase)).toBe(level),
  );
});

describe("the first start", () => {
  it("makes a profile only when both passphrases are the same", async () => {
    const { user } = await start("first");
    await user.type(test("profile-name"), "reviewer-2");
    await user.type(test("passphrase"), "amber lattice ninety quill");
    await user.type(test("passphrase-again"), "amber lattice ninety quil");
    await user.click(test("profile-create"));
    expect(await screen.findByText("The two passphrases differ.")).toBeTruthy();
    expect(session.member).toBeNull();
    await user.type(test("passphrase-again"), "l");
    await user.click(test("profile-create"));
    await waitFor(() => expect(test("unlock")).toBeTruthy());
  });
});

describe("a member without a store", () => {
  it("saves the card that others need before a store can be made", async () => {
    const { host, user } = await start("locked");
    const asked: unknown[] = [];
    useHost({ ...host, call: (name, request) => (asked.push([name, request]), host.call(name, request)) });
    await user.click(test("save-card"));
    await waitFor(() => expect(test("save-path")).toBeTruthy());
    await user.type(test("save-path"), "/media/stick/dpo.card");
    await user.click(test("save-confirm"));
    await waitFor(() => expect(asked).toContainEqual(["save_card", { path: "/media/stick/dpo.card" }]));
  });
});

describe("unlocking", () => {
  it("says when the passphrase is wrong, empties the field and counts the wait down", async () => {
    let now = 0;
    const { user } = await start("locked", () => now);
    await user.type(test("passphrase"), "wrong");
    await user.click(test("unlock"));
    await waitFor(() => expect(test("problem").dataset.code).toBe("wrong_passphrase"));
    expect(test("wait").textContent).toContain("2 s");
    expect((test("unlock") as HTMLButtonElement).disabled).toBe(true);
    expect((test("passphrase") as HTMLInputElement).value).toBe("");
    now = 3000;
    await waitFor(() => expect((test("unlock") as HTMLButtonElement).disabled).toBe(false));
  });

  it("opens the store with the right passphrase", async () => {
    const { user } = await start("locked");
    await user.type(test("passphrase"), "amber lattice ninety quill");
    await user.click(test("unlock"));
    await waitFor(() => expect(session.store?.name).toBe("Roster review 2026, north"));
  });
});

describe("a backup", () => {
  it("is restored by keyboard alone and is open at once", async () => {
    const { host, user } = await start("locked");
    const asked: unknown[] = [];
    useHost({ ...host, call: (name, request) => (asked.push([name, request]), host.call(name, request)) });
    test("way-restore").focus();
    await user.keyboard("{Enter}");
    test("restore-backup").focus();
    await user.keyboard("/media/disk/7c1e9a40-backup{Tab}{Tab}/stores/restored{Tab}{Tab}amber lattice ninety quill{Enter}");
    await waitFor(() => expect(session.store?.path).toBe("/stores/restored"));
    const request = { backup: "/media/disk/7c1e9a40-backup", path: "/stores/restored", passphrase: "amber lattice ninety quill" };
    expect(asked).toContainEqual(["restore_store", request]);
  });

  it("asks for what is missing and goes there", async () => {
    const { user } = await start("locked");
    await user.click(test("way-restore"));
    await user.click(test("restore-start"));
    expect(await screen.findByText("Give a folder that does not exist yet.")).toBeTruthy();
    expect(document.activeElement).toBe(test("restore-backup"));
    expect(await axeFindings()).toEqual([]);
  });

  it("that is none is refused in words, and the fields stay", async () => {
    const { user } = await start("locked");
    await user.click(test("way-restore"));
    await user.type(test("restore-backup"), "/media/disk/holiday");
    await user.type(test("restore-path"), "/stores/restored");
    await user.type(test("passphrase"), "amber lattice ninety quill");
    await user.click(test("restore-start"));
    await waitFor(() => expect(test("problem").dataset.code).toBe("not_a_store"));
    expect((test("restore-backup") as HTMLInputElement).value).toBe("/media/disk/holiday");
    expect((test("passphrase") as HTMLInputElement).value).toBe("");
    expect(session.store).toBeNull();
  });
});

describe("a new store", () => {
  it("gets a folder from its name until a person types one", () => {
    const create = new Create("/stores", new Date("2026-07-02T00:00:00Z"));
    create.name = "Roster review, north";
    expect([create.path, create.ends]).toEqual(["/stores/roster-review-north", "2027-07-02"]);
    create.path = "/elsewhere";
    create.name = "Another";
    expect(create.path).toBe("/elsewhere");
  });

  it("becomes countersigned with a card, unless a person chose otherwise", () => {
    const create = new Create("/stores");
    expect(create.policy).toBe("recorded");
    create.cards = ["/x/dpo-card.json"];
    expect(create.policy).toBe("countersigned");
    create.policy = "recorded";
    expect(create.policy).toBe("recorded");
  });

  it("asks for the data protection officer's card under the countersigned policy", async () => {
    const create = new Create("/stores");
    Object.assign(create, { step: 1, policy: "countersigned" });
    await create.next();
    expect(create.step).toBe(1);
    expect(create.errors.cards).toBeTruthy();
    create.cards[0] = "/media/stick/dpo.card";
    await create.next();
    expect(create.step).toBe(2);
  });

  it("shows the recovery sheet once and opens only when it is said to be kept", async () => {
    const { user } = await start("locked");
    await user.click(test("way-create"));
    await user.type(test("store-name-field"), "Roster review");
    await user.type(test("store-purpose"), "Review of roster edits");
    await user.click(test("wizard-next"));
    await user.click(test("wizard-next"));
    await user.type(test("passphrase"), "amber lattice ninety quill");
    await user.click(test("store-create"));
    await waitFor(() => expect(test("recovery-sheet").textContent).toContain("AGE-SECRET-KEY"));
    expect((test("recovery-done") as HTMLButtonElement).disabled).toBe(true);
    expect(session.store).toBeNull();
    await user.click(test("recovery-kept"));
    await user.click(test("recovery-done"));
    await waitFor(() => expect(session.store?.name).toBe("Roster review"));
  });
});

describe("the made-up force", () => {
  it("is made with progress and opened when it is ready", async () => {
    let now = 0;
    const { user } = await start("locked", () => (now += 700));
    await user.click(test("way-demo"));
    await user.type(test("passphrase"), "amber lattice ninety quill");
    await user.click(test("demo-start"));
    await waitFor(() => expect(screen.getByRole("progressbar")).toBeTruthy());
    await waitFor(() => expect(session.store).not.toBeNull());
  });
});
