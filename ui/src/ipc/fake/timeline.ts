import type { Band, Timeline } from "$contract";

const edits = [61, 69, 72, 75, 83, 91, 99, 104, 118, 126, 131, 138];

/** Nearly every day of a long run, as long hours are cited: too many to draw one by one. */
const longRun = Array.from({ length: 181 }, (_, day) => day).filter((day) => day % 10 !== 6 && (day < 44 || day > 57));

/** January to June: six days on, two off, a fortnight of leave, a short sickness and the days each finding cites. */
export function timeline(indicators: string[]): Timeline {
  const bands: Band[] = [];
  for (let day = 0; day < 181; day += 8) bands.push({ day, days: Math.min(6, 181 - day), kind: "duty" });
  bands.push({ day: 44, days: 14, kind: "leave" }, { day: 110, days: 3, kind: "sick" });
  for (let day = 0; day < 181; day += 8) bands.push({ day, days: 3, kind: "presence" });
  for (const day of [62, 70, 99, 131]) bands.push({ day, days: 1, kind: "overtime" });
  const marks = indicators.flatMap((indicator, finding) => {
    const long = indicator === "working-time";
    const days = long ? longRun : finding === 0 ? edits : [];
    return days.map((day) => ({ day, finding, label: long ? "Long duty" : "Own duty changed" }));
  });
  return { first: "2026-01-01", last: "2026-06-30", days: 181, bands, marks };
}
