import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { session } from "$ui/state/session.svelte";
import { axeFindings } from "$ui/test-axe";
import Warnings from "./Warnings.svelte";

const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`);

it("says what happened while the store was closed until somebody has read it", async () => {
  const host = fakeHost("locked");
  useHost(host);
  await host.call("restore_store", { backup: "/media/backup", path: "/stores/restored", passphrase: "amber lattice ninety quill" });
  await session.refresh();
  render(Warnings);
  expect(test("warnings")!.textContent).toContain("were written after this backup");
  expect(await axeFindings()).toEqual([]);
  await userEvent.setup().click(test("warnings-read")!);
  await waitFor(() => expect(test("warnings")).toBeNull());
});
