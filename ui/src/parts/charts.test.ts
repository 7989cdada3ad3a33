import { describe, expect, it } from "vitest";
import type { PeersView, Timeline } from "$contract";
import { funnelWords } from "$ui/copy/leads";
import { funnelShape, upperLimit } from "./FunnelShape";
import { bandPaths, dayOf, isCrowded, marksOf, monthTicks, stripPath } from "./TimelineShape";

const peers: PeersView = {
  about: "officer", group: "same role", size: 2, exposureUnit: "duty hours", valueUnit: "edits", this: { x: 150, y: 12 },
  points: [{ x: 100, y: 0 }, { x: 200, y: 2 }],
  limits: [[100, 0, 0, 1, 2], [200, 0, 0, 3, 6]],
  median: "0", highest: "2", expected: "0.2", ratio: "60 times",
};
const timeline: Timeline = {
  first: "2026-01-01", last: "2026-06-30", days: 181,
  bands: [{ day: 0, days: 6, kind: "duty" }, { day: 8, days: 6, kind: "duty" }, { day: 44, days: 14, kind: "leave" }],
  marks: [{ day: 9, finding: 0, label: "a" }, { day: 9, finding: 0, label: "b" }, { day: 3, finding: 0, label: "c" }, { day: 4, finding: 1, label: "d" }],
};

describe("the peers plot", () => {
  it("keeps every dot and this officer inside its frame", () => {
    const box = { width: 640, height: 220, left: 40, right: 44, top: 18, bottom: 42 };
    const shape = funnelShape(peers, box);
    for (const dot of [...shape.dots, shape.own]) {
      expect(dot.x).toBeGreaterThanOrEqual(box.left);
      expect(dot.x).toBeLessThanOrEqual(box.width - box.right);
      expect(dot.y).toBeGreaterThanOrEqual(box.top);
      expect(dot.y).toBeLessThanOrEqual(box.height - box.bottom);
    }
    expect(shape.own.y).toBeLessThan(shape.dots[1]?.y ?? 0);
  });

  it("reads the limit at an exposure between two computed ones", () => {
    expect(upperLimit(peers.limits, 150)).toBe(4);
    expect(upperLimit(peers.limits, 50)).toBe(2);
    expect(upperLimit(peers.limits, 900)).toBe(6);
    expect(upperLimit([], 150)).toBeNull();
  });

  it("says the same in words as in the picture", () => {
    expect(funnelWords.label("Edits", peers)).toBe("Funnel plot, Edits: 12 edits in 150 duty hours against an upper 99 percent limit of 4; median of 2 peers 0, highest 2.");
  });
});

describe("the timeline", () => {
  it("draws all bands of a kind as one path, whatever their number", () => {
    const paths = bandPaths(timeline, (day) => day);
    expect(paths.map((path) => path.kind)).toEqual(["duty", "leave"]);
    expect(paths[0]?.d.match(/M/g)).toHaveLength(2);
  });

  it("shows the marks of one finding only, those of a day together and in order", () => {
    expect(marksOf(timeline, 0)).toEqual([{ day: 3, labels: ["c"] }, { day: 9, labels: ["a", "b"] }]);
  });

  it("draws many marks as one strip in which the days without a mark stay open", () => {
    const days = (count: number) => Array.from({ length: count }, (_, day) => ({ day }));
    expect([isCrowded(days(60), 640), isCrowded(days(61), 640), isCrowded(days(40), 320)]).toEqual([false, true, true]);
    const strip = stripPath([{ day: 0 }, { day: 1 }, { day: 2 }, { day: 5 }], (day) => day * 4);
    expect(strip).toBe("M0.0 8h11.4v10h-11.4zM20.0 8h3.4v10h-3.4z");
    expect(stripPath([{ day: 7 }], (day) => day / 10), "a day narrower than a pixel is still seen").toContain("h1.0");
  });

  it("thins the months of a long period until they have room", () => {
    expect(monthTicks(timeline, 640).map((tick) => tick.text)).toEqual(["Jan 2026", "Feb", "Mar", "Apr", "May", "Jun"]);
    const years = { ...timeline, first: "2012-03-05", days: 3650 };
    const ticks = monthTicks(years, 500);
    expect(ticks.length).toBeLessThan(9);
    expect(ticks.every((tick) => /^\d{4}$/.test(tick.text))).toBe(true);
  });

  it("counts days across the change of clocks", () => {
    expect(dayOf("2026-03-28", 2)).toBe("30 Mar 2026");
  });
});
