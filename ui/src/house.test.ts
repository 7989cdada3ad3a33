import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(process.cwd(), "src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(svelte|ts|css)$/.test(path))
  .map((path) => ({ path: relative(".", path), text: readFileSync(join(root, path), "utf8") }));
const shipped = files.filter(({ path }) => !/\.test\.ts$|^test-/.test(path));
const where = (wanted: RegExp, among = shipped) => among.filter(({ text }) => wanted.test(text)).map(({ path }) => path);

describe("the house rules", () => {
  it("only ipc/ imports the program's interface", () => {
    expect(where(/@tauri-apps/).filter((path) => !path.startsWith("ipc/"))).toEqual([]);
  });

  it("nothing uses what the policy blocks or the promises forbid", () => {
    expect(where(/\sstyle="|\{@html|innerHTML|\beval\(/)).toEqual([]);
    expect(where(/localStorage|sessionStorage|indexedDB|document\.cookie|window\.fetch|(?:await|=|return|void) fetch\(|XMLHttpRequest|WebSocket/)).toEqual([]);
    expect(where(/url\(["']?(https?:)?\/\//)).toEqual([]);
  });

  it("files stay short enough to read", () => {
    const lines = (text: string) => text.split("\n").length;
    expect(files.filter(({ text }) => lines(text) > 400).map(({ path }) => path)).toEqual([]);
    const components = shipped.filter(({ path }) => path.endsWith(".svelte"));
    expect(components.filter(({ text }) => lines(text) > 160).map(({ path }) => path)).toEqual([]);
  });

  it("what is copied or dragged out of the page is never a name", () => {
    expect(where(/clipboard/)).toEqual([]);
  });
});
