import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call, CallError, useHost } from ".";
import { tauriHost } from "./tauri";

// The program's own door: what `invoke` of Tauri itself goes through.
const invoke = vi.fn();
beforeEach(() => {
  Object.assign(window, { __TAURI_INTERNALS__: { invoke } });
  useHost(tauriHost);
});
afterEach(() => {
  Reflect.deleteProperty(window, "__TAURI_INTERNALS__");
});

describe("a call", () => {
  it("sends its request as the one argument named request", async () => {
    invoke.mockResolvedValueOnce(null);
    await call("save_card", { path: "/media/stick/member.card" });
    expect(invoke).toHaveBeenCalledWith("save_card", { request: { path: "/media/stick/member.card" } }, undefined);
  });

  it("sends null where the command needs nothing", async () => {
    invoke.mockResolvedValueOnce(null);
    await call("lock", null);
    expect(invoke).toHaveBeenLastCalledWith("lock", { request: null }, undefined);
  });

  it("throws the program's failure with its code, message and hint", async () => {
    invoke.mockRejectedValueOnce({ code: "disk_full", message: "The disk is full.", hint: "Make room." });
    await expect(call("imports", null)).rejects.toMatchObject({ code: "disk_full", message: "The disk is full.", hint: "Make room." });
  });

  it("throws internal for anything else, without repeating it", async () => {
    invoke.mockRejectedValueOnce("/home/someone/secret.csv missing");
    const thrown = await call("imports", null).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(CallError);
    expect(thrown).toMatchObject({ code: "internal", message: "" });
  });
});
