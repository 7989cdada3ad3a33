/** Repeatable chance: the same seed gives the same made-up store. */
export class Chance {
  constructor(private seed: number) {}

  next(): number {
    this.seed = (this.seed * 16807) % 2147483647;
    return this.seed / 2147483647;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  /** Crockford letters, as codes are read out over a telephone. */
  code(digits: number): string {
    const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    return Array.from({ length: digits }, () => letters[this.below(32)]).join("");
  }
}

export const officerCode = (chance: Chance): string => `OFC-${chance.code(4)}-${chance.code(4)}`;
