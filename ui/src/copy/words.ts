/** Product words in one place; keys are the program's own values. */
export const roles: Record<string, string> = {
  reviewer: "Reviewer",
  dpo: "Data protection officer",
  representative: "Staff representative",
  custodian: "Data custodian",
};

export const policies: Record<string, string> = { recorded: "recorded", countersigned: "countersigned" };

export const routes: Record<string, string> = {
  conduct: "Conduct",
  welfare: "Welfare",
  vetting: "Vetting",
  data_quality: "Data quality",
  culture: "Culture",
};

export const routeTones: Record<string, "plain" | "accent" | "warn"> = {
  conduct: "accent",
  welfare: "warn",
  vetting: "plain",
  data_quality: "plain",
  culture: "plain",
};

export const leadStates: Record<string, string> = {
  new: "New",
  in_review: "In review",
  decided: "Decided",
  closed: "Closed",
  expired: "Expired",
};

export const natures: Record<string, string> = { factual: "Factual", statistical: "Statistical" };

/** A value the program may grow: its word if known, otherwise itself, readable. */
export function word(words: Record<string, string>, value: string): string {
  const known = words[value];
  if (known) return known;
  const plain = value.replaceAll("_", " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const whole = new Intl.NumberFormat("en-GB");
export const count = (value: number): string => whole.format(value);
/** `1 row`, `2 rows`. */
export const counted = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

const dayForm = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
/** `1 Jan 2026` from an ISO day; anything else is shown as it came. */
export function day(iso: string | null): string {
  if (!iso) return "";
  const time = Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(time) ? iso : dayForm.format(time);
}
export const period = (first: string | null, last: string | null): string =>
  !first || !last ? "no dates" : first === last ? day(first) : `${day(first)} to ${day(last)}`;

/** `14:52` from seconds. */
export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

export const priorities: Record<string, string> = { high: "High", normal: "Normal", low: "Low" };

export const regimes: Record<string, string> = {
  uk_gdpr: "UK GDPR (employment and professional standards)",
  part3: "Part 3 DPA 2018 (law enforcement)",
};
