import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Revealed } from "$contract";
import { useHost, type Host } from "$ui/ipc";
import { axeFindings } from "$ui/test-axe";
import NameWindow from "./NameWindow.svelte";

const NAME = "Example Name-Synthetic";
const test = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`)!;

function host(reveal: () => Revealed): { calls: string[] } {
  const calls: string[] = [];
  const call = async (name: string) => {
    calls.push(name);
    return name === "reveal" ? reveal() : null;
  };
  useHost({ call: call as unknown as Host["call"], onDrop: async () => () => {} });
  return { calls };
}

const revealed = (secondsLeft: number): Revealed => ({ seq: 412, officer: "OFC-7K3M-Q2XF", secondsLeft, fields: [{ label: "Name", value: NAME }, { label: "Unit", value: "UNIT-4F" }] });

afterEach(() => vi.useRealTimers());

describe("the name window", () => {
  it("asks once and shows each field with the time left; the title carries the pseudonym only", async () => {
    const { calls } = host(() => revealed(892));
    document.documentElement.lang = "en-GB";
    render(NameWindow);
    await waitFor(() => expect(test("name-fields").textContent).toContain(NAME));
    expect(test("name-fields").textContent).toContain("UNIT-4F");
    expect(test("name-fields").closest('[role="status"]')).toBeTruthy();
    expect(test("name-clock").textContent).toBe("14:52");
    expect(document.title).toBe("OFC-7K3M-Q2XF");
    expect(calls).toEqual(["reveal"]);
    expect(await axeFindings()).toEqual([]);
  });

  it("blanks itself and masks again when the time is over", async () => {
    vi.useFakeTimers();
    const { calls } = host(() => revealed(2));
    render(NameWindow);
    await vi.advanceTimersByTimeAsync(1000);
    expect(document.body.textContent).toContain(NAME);
    await vi.advanceTimersByTimeAsync(1500);
    expect(document.body.textContent).not.toContain(NAME);
    expect(test("name-masked")).toBeTruthy();
    expect(calls).toEqual(["reveal", "remask"]);
  });

  it("masks at once on Esc, and only once", async () => {
    const { calls } = host(() => revealed(600));
    render(NameWindow);
    await waitFor(() => expect(test("name-fields")).toBeTruthy());
    await userEvent.keyboard("{Escape}{Escape}");
    expect(document.body.textContent).not.toContain(NAME);
    expect(calls).toEqual(["reveal", "remask"]);
  });

  it("lets nothing be copied, cut or dragged", async () => {
    host(() => revealed(600));
    render(NameWindow);
    await waitFor(() => expect(test("name-fields")).toBeTruthy());
    for (const kind of ["copy", "cut", "dragstart", "contextmenu"]) {
      const event = new Event(kind, { bubbles: true, cancelable: true });
      test("name-fields").dispatchEvent(event);
      expect(event.defaultPrevented, kind).toBe(true);
    }
  });

  it("says so when nothing may be shown", async () => {
    host(() => {
      throw { code: "expired", message: "The unmasking is over.", hint: "" };
    });
    render(NameWindow);
    await waitFor(() => expect(test("name-failed").textContent).toContain("The name was not shown"));
    expect(test("problem").dataset.code).toBe("expired");
  });
});
