import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

/** The window's own policy, so that a preview breaks where the program would. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src ipc: http://ipc.localhost";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), svelteTesting()],
  // Relative addresses work under every scheme Tauri serves the window from.
  base: "./",
  // The made-up host is left out of what ships: only `dev`, `preview` and tests carry it.
  define: { __FAKE_HOST__: JSON.stringify(mode !== "production") },
  resolve: {
    alias: {
      $contract: here("../schemas/ipc/contract.ts"),
      $ui: here("./src"),
    },
  },
  build: {
    target: ["safari15", "chrome105"],
    // The policy allows no data: font and no inline script, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: here("./index.html"), name: here("./name.html") },
    },
  },
  server: { port: 5173, strictPort: true, fs: { allow: [here("..")] } },
  preview: { port: 4173, strictPort: true, headers: { "Content-Security-Policy": policy } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/test-setup.ts"],
    // The two cores are shared with builds and the program itself: a slow run is no failure.
    testTimeout: 60_000,
    maxWorkers: 2,
  },
}));
