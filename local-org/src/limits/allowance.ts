const hour = 3_600_000;

/** How often something may be done in a span of time that rolls along by the hour. */
export class Allowance {
  readonly max: number;
  readonly #span: number;
  readonly #clock: () => number;
  /** Uses by the hour they fell in. */
  readonly #hours = new Map<number, number>();

  /** `span` in ms, an hour or more. */
  constructor(max: number, span: number, clock: () => number) {
    this.max = max;
    this.#span = span;
    this.#clock = clock;
  }

  get used(): number {
    const first = Math.floor((this.#clock() - this.#span) / hour) + 1;
    let used = 0;
    for (const [at, uses] of this.#hours)
      if (at < first) this.#hours.delete(at);
      else used += uses;
    return used;
  }

  get remaining(): number {
    return Math.max(this.max - this.used, 0);
  }

  /** Counts uses; false, and nothing is counted, where fewer remain. */
  take(uses = 1): boolean {
    if (this.remaining < uses) return false;
    const now = Math.floor(this.#clock() / hour);
    this.#hours.set(now, (this.#hours.get(now) ?? 0) + uses);
    return true;
  }
}
