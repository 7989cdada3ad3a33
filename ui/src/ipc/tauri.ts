import { invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import type { Host } from "./host";

export const inTauri = (): boolean => "__TAURI_INTERNALS__" in window;

export const tauriHost: Host = {
  // Every command takes one argument named `request`, null where it needs nothing.
  call: (name, request) => invoke(name, { request }),
  onDrop: (listen) =>
    getCurrentWebview().onDragDropEvent(({ payload }) => {
      if (payload.type === "drop") listen({ kind: "dropped", paths: payload.paths });
      else if (payload.type === "leave") listen({ kind: "left" });
      else listen({ kind: "over" });
    }),
};
