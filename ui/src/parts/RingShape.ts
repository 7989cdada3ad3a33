import type { Graph } from "$contract";

export const RING_WIDTH = 520;
export const RING_HEIGHT = 260;
const RADIUS = 88;
/** How far an arrow stops short of the middle of a member. */
const GAP = 13;
const BEND = 26;

export type Place = { x: number; y: number; label: number; anchor: "start" | "middle" | "end"; shift: number };
export type EdgeLine = { key: string; d: string; width: number; rows: number; x: number; y: number };

/** Members evenly on a ring, the first one at the top. */
export function nodePlaces(nodes: number): Place[] {
  return Array.from({ length: nodes }, (_, at) => {
    const angle = -Math.PI / 2 + (2 * Math.PI * at) / nodes;
    const x = RING_WIDTH / 2 + RADIUS * Math.cos(angle) * 1.25;
    const y = RING_HEIGHT / 2 + RADIUS * Math.sin(angle);
    const side = Math.cos(angle);
    if (Math.abs(side) < 0.2) return { x, y, label: Math.sin(angle) < 0 ? y - 15 : y + 24, anchor: "middle", shift: 0 };
    return { x, y, label: y + 4, anchor: side > 0 ? "start" : "end", shift: side > 0 ? 15 : -15 };
  });
}

/** One bent arrow for each direction, so that there and back do not lie over one another. */
export function edgeLines(graph: Graph, places: Place[]): EdgeLine[] {
  const most = Math.max(1, ...graph.edges.map((edge) => edge.rows));
  return graph.edges.flatMap((edge) => {
    const [from, to] = [places[edge.from], places[edge.to]];
    if (!from || !to) return [];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [dx / length, dy / length];
    const [mx, my] = [(from.x + to.x) / 2 - uy * BEND, (from.y + to.y) / 2 + ux * BEND];
    const toward = (px: number, py: number) => {
      const far = Math.hypot(mx - px, my - py) || 1;
      return `${(px + ((mx - px) / far) * GAP).toFixed(1)} ${(py + ((my - py) / far) * GAP).toFixed(1)}`;
    };
    const width = 1 + (2.5 * edge.rows) / most;
    const d = `M${toward(from.x, from.y)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${toward(to.x, to.y)}`;
    // The middle of the curve lies halfway to its handle.
    const [x, y] = [(from.x + to.x) / 4 + mx / 2, (from.y + to.y) / 4 + my / 2 + 4];
    return [{ key: `${edge.from}-${edge.to}`, d, width: Math.round(width * 10) / 10, rows: edge.rows, x, y }];
  });
}
