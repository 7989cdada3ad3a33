import type { PeersView } from "$contract";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";

export type Box = { width: number; height: number; left: number; right: number; top: number; bottom: number };

type Limit = PeersView["limits"][number];
const LOW_99 = 1;
const LOW_90 = 2;
const HIGH_90 = 3;
const HIGH_99 = 4;

/** Scales and paths of a funnel plot; pure, so the picture can be checked without a browser. */
export function funnelShape(peers: PeersView, box: Box) {
  const { this: own, points, limits } = peers;
  const far = Math.max(own.x, ...points.map((point) => point.x), ...limits.map((limit) => limit[0]), 1);
  const high = Math.max(own.y, ...points.map((point) => point.y), ...limits.map((limit) => limit[HIGH_99]), 1);
  const x = scaleLinear([0, far], [box.left, box.width - box.right]).nice(5);
  const y = scaleLinear([0, high], [box.height - box.bottom, box.top]).nice(4);
  const path = (at: number): string =>
    line<Limit>((limit) => x(limit[0]), (limit) => y(Math.max(0, limit[at] ?? 0)))(limits) ?? "";
  return {
    x,
    y,
    xTicks: x.ticks(Math.max(2, Math.floor(box.width / 110))),
    yTicks: y.ticks(4),
    dots: points.map((point) => ({ x: x(point.x), y: y(point.y) })),
    own: { x: x(own.x), y: y(own.y) },
    inner: [path(LOW_90), path(HIGH_90)],
    outer: [path(LOW_99), path(HIGH_99)],
    ends: endsOf(limits.at(-1), x, y),
  };
}

function endsOf(last: Limit | undefined, x: (value: number) => number, y: (value: number) => number) {
  if (!last) return null;
  const inner = y(last[HIGH_90]);
  // The two words stay apart where the two lines nearly meet.
  return { x: x(last[0]), outer: Math.min(y(last[HIGH_99]), inner - 12), inner };
}

/** The upper 99 % limit at an exposure, between the two nearest that were computed. */
export function upperLimit(limits: PeersView["limits"], exposure: number): number | null {
  const after = limits.findIndex((limit) => limit[0] >= exposure);
  const right = limits[after];
  if (!right) return limits.at(-1)?.[HIGH_99] ?? null;
  const left = limits[after - 1];
  if (!left || right[0] === left[0]) return right[HIGH_99];
  const share = (exposure - left[0]) / (right[0] - left[0]);
  return left[HIGH_99] + share * (right[HIGH_99] - left[HIGH_99]);
}
