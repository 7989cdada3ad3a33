import { session } from "./session.svelte";

/** Puts theme and zoom on the page whenever the settings change; call it inside a component. */
export function followSettings(): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let systemIsDark = $state(dark.matches);
  let width = $state(window.innerWidth);

  $effect(() => {
    const changed = () => (systemIsDark = dark.matches);
    const resized = () => (width = window.innerWidth);
    dark.addEventListener("change", changed);
    window.addEventListener("resize", resized);
    return () => {
      dark.removeEventListener("change", changed);
      window.removeEventListener("resize", resized);
    };
  });

  $effect(() => {
    const { theme, zoom } = session.settings;
    const page = document.documentElement;
    page.dataset.theme = theme === "system" ? (systemIsDark ? "dark" : "light") : theme;
    page.style.setProperty("zoom", String(zoom / 100));
    // Below this width in its own pixels the navigation turns into a strip (WCAG 1.4.10).
    page.toggleAttribute("data-narrow", width / (zoom / 100) < 900);
  });
}
