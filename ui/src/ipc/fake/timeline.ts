import type { Band, Timeline } from "$contract";

const edits = [61, 69, 72, 75, 83, 91, 99, 104, 118, 126, 131, 138];

/** January to June: six days on, two off, a fortnight of leave, a short sickness and twelve marks. */
export function timeline(): Timeline {
  const bands: Band[] = [];
  for (let day = 0; day < 181; day += 8) bands.push({ day, days: Math.min(6, 181 - day), kind: "duty" });
  bands.push({ day: 44, days: 14, kind: "leave" }, { day: 110, days: 3, kind: "sick" });
  for (const day of [62, 70, 99, 131]) bands.push({ day, days: 1, kind: "overtime" });
  const marks = edits.map((day) => ({ day, finding: 0, label: "Own duty changed" }));
  return { first: "2026-01-01", last: "2026-06-30", days: 181, bands, marks };
}
