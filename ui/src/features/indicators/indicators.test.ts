import { readFileSync } from "node:fs";
import { join } from "node:path";
import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { type Host, useHost } from "$ui/ipc";
import { fakeHost } from "$ui/ipc/fake";
import { router } from "$ui/state/router.svelte";
import { axeFindings } from "$ui/test-axe";
import App from "$ui/views/App.svelte";
import { indicators } from "./indicators.svelte";

const card = () => document.querySelector<HTMLElement>('[data-indicator="complaint-rate"]')!;
const within = (name: string, at = 0) => card().querySelectorAll<HTMLElement>(`[data-test="${name}"]`)[at]!;

async function show(host: Host = fakeHost("open")) {
  useHost(host);
  window.location.hash = "#/indicators";
  router.read();
  render(App, { connected: true });
  await waitFor(() => expect(document.querySelector('[data-test="indicator"], [data-test="problem"]')).toBeTruthy());
  return userEvent.setup({ delay: null });
}

beforeEach(() => {
  indicators.list = null;
  document.documentElement.lang = "en-GB";
});

describe("the made-up settings", () => {
  it("are those of the shipped cards, and preview at once only what a card says is a threshold", async () => {
    const known = (await fakeHost("open").call("indicators", null)).filter((one) => one.parameters.length > 0);
    expect(known.length).toBe(3);
    for (const { id, parameters } of known) {
      const text = readFileSync(join(process.cwd(), "../schemas/indicators", `${id}.toml`), "utf8");
      for (const { name, default: shipped, min, max, instant } of parameters) {
        const part = text.split(`[parameters.${name}]`)[1]?.split("\n[")[0] ?? "";
        const whole = (key: string) => Number(new RegExp(`^${key} = (\\d+)$`, "m").exec(part)?.[1]);
        expect([name, shipped, min, max, instant]).toEqual([name, whole("default"), whole("min"), whole("max"), /^threshold = true$/m.test(part)]);
      }
    }
  });
});

describe("the indicators", () => {
  it("say in plain words what is looked for, what cannot be seen and how often it held up", async () => {
    await show();
    expect(document.querySelectorAll('[data-test="indicator"]').length).toBe(7);
    expect(card().textContent).toContain("Approvals that were given on paper");
    expect(card().textContent).toContain("Of 40 decided findings 9 were agreed with");
  });

  it("show at once how many a changed threshold would list, and nothing is changed by looking", async () => {
    const user = await show();
    await user.clear(within("setting-value"));
    await user.type(within("setting-value"), "1");
    await waitFor(() => expect(within("setting-preview").textContent).toBe("Would list 42 officers, now 14. 28 leads more, none fewer."));
    expect(indicators.list?.find((known) => known.id === "complaint-rate")?.parameters[0]?.value).toBe(3);
    await user.click(within("setting-save"));
    await waitFor(() => expect(within("indicator-changes").textContent).toContain("from 3 to 1"));
    await user.click(within("setting-reset"));
    await waitFor(() => expect(within("indicator-changes").textContent).toContain("from 1 to 3"));
  });

  it("refuse a value outside its range before anything is asked", async () => {
    const user = await show();
    await user.clear(within("setting-value"));
    await user.type(within("setting-value"), "51");
    expect(within("setting-value").getAttribute("aria-invalid")).toBe("true");
    expect(within("setting-save")).toBeUndefined();
  });

  it("try a changed share in the background and say what it listed", async () => {
    const user = await show();
    await user.clear(within("setting-value", 1));
    await user.type(within("setting-value", 1), "8");
    await waitFor(() => expect(within("setting-try")).toBeTruthy());
    await user.click(within("setting-try"));
    await waitFor(() => expect(within("setting-stop")).toBeTruthy());
    await waitFor(() => expect(within("setting-preview", 1).textContent).toBe("Would list 9, now 14."), { timeout: 6000 });
  });

  it("say so when they cannot be read", async () => {
    const inner = fakeHost("open");
    await show({ ...inner, call: (name, request) => (name === "indicators" ? Promise.reject({ code: "io", message: "The disk failed.", hint: "" }) : inner.call(name, request)) });
    expect(document.querySelector('[data-test="problem"]')?.textContent).toContain("The disk failed.");
  });

  it("pass axe, with a preview and an error shown", async () => {
    const user = await show();
    await user.clear(within("setting-value"));
    await user.type(within("setting-value"), "99");
    expect(await axeFindings()).toEqual([]);
  });
});
