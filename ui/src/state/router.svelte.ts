export const places = ["overview", "sources", "leads", "lead", "unmask", "indicators", "oversight", "ledger", "packs", "send", "retention", "settings"] as const;
export type Place = (typeof places)[number];

/** Where the window is: `#/lead/L-0001?from=ledger` is place `lead`, param `L-0001`. */
export class Router {
  place = $state<Place>("overview");
  param = $state("");
  query = $state<URLSearchParams>(new URLSearchParams());

  constructor() {
    this.read();
  }

  /** Follows the address bar; returns how to stop. */
  listen(): () => void {
    const read = () => this.read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }

  read(): void {
    const [path = "", search = ""] = window.location.hash.replace(/^#\/?/, "").split("?");
    const [name = "", ...rest] = path.split("/");
    const place = places.find((known) => known === name);
    this.place = place ?? "overview";
    this.param = place ? decodeURIComponent(rest.join("/")) : "";
    this.query = new URLSearchParams(search);
  }

  go(place: Place, param = "", query: Record<string, string> = {}): void {
    window.location.hash = link(place, param, query);
    this.read();
  }

  back(): void {
    window.history.back();
  }
}

/** The address of a place, for `href`. */
export function link(place: Place, param = "", query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `#/${place}${param ? `/${encodeURIComponent(param)}` : ""}${search ? `?${search}` : ""}`;
}

export const router = new Router();
