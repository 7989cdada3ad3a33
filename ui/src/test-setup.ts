import { configure } from "@testing-library/svelte";
import { afterEach, vi } from "vitest";
import { toasts } from "./state/toasts.svelte";
import { unmaskings } from "./state/unmaskings.svelte";
import { session } from "./state/session.svelte";
import { jobs } from "./state/jobs.svelte";
import { keys } from "./state/keys.svelte";

// Typing is followed by a pause before the program is asked, and a busy machine needs longer than the default second.
configure({ asyncUtilTimeout: 10_000 });

// jsdom draws nothing, so it has neither of these.
window.matchMedia ??= (query: string) =>
  ({ matches: false, media: query, addEventListener: vi.fn(), removeEventListener: vi.fn() }) as unknown as MediaQueryList;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView ??= vi.fn();
HTMLCanvasElement.prototype.getContext = () => null;

afterEach(() => {
  window.location.hash = "";
  session.status = null;
  session.failure = null;
  session.onLocked = () => {};
  jobs.list = [];
  keys.dialogs = 0;
  toasts.list = [];
  unmaskings.open = [];
  document.documentElement.removeAttribute("data-narrow");
});
session.onLocked = () => {};
