import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { session } from "$ui/state/session.svelte";
import { axeFindings } from "$ui/test-axe";
import Members from "./Members.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;
const names = () => [...document.querySelectorAll("tbody th")].map((cell) => cell.textContent);

async function shown() {
  useHost(fakeHost("open"));
  await session.refresh();
  const view = render(Members, { store: session.store! });
  return { user: userEvent.setup(), update: () => view.rerender({ store: session.store! }) };
}

describe("the members of a store", () => {
  it("are added with a card and a passphrase, by keyboard alone", async () => {
    const { user, update } = await shown();
    test("member-add").focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(test("member-card")).toBeTruthy());
    test("member-card").focus();
    await user.keyboard("/media/stick/reviewer-9.card{Tab}{Tab}amber lattice ninety quill{Enter}");
    await waitFor(() => expect(session.store?.members.map((m) => m.name)).toContain("reviewer-9"));
    await update();
    expect(names()).toContain("reviewer-9");
  });

  it("are removed after a passphrase, but nobody removes themselves", async () => {
    const { user, update } = await shown();
    const before = names().length;
    const buttons = document.querySelectorAll<HTMLElement>('[data-test="member-remove"]');
    expect(buttons.length).toBe(before - 1);
    await user.click(buttons[0]!);
    expect(await screen.findByText(/under a new key/)).toBeTruthy();
    await user.click(test("member-confirm"));
    expect(await screen.findByText("Give your passphrase.")).toBeTruthy();
    expect(await axeFindings(document.querySelector('[role="dialog"]')!)).toEqual([]);
    await user.type(test("member-passphrase"), "amber lattice ninety quill");
    await user.click(test("member-confirm"));
    await waitFor(() => expect(session.store?.members.length).toBe(before - 1));
    await update();
    expect(names().length).toBe(before - 1);
  });
});
