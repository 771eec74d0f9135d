import { ApiError } from '../errors.ts';
import type { Allowance } from './allowance.ts';

/** A call is long once it has run for 20 seconds; of long calls an org runs 25 at a time. */
const long = 20_000;
const mostLong = 25;

/** The API calls of an org: how many a day, and how many long ones at once. */
export class ApiCalls {
  readonly #allowance: Allowance;
  readonly #clock: () => number;
  readonly #running = new Map<object, number>();

  constructor(allowance: Allowance, clock: () => number) {
    this.#allowance = allowance;
    this.#clock = clock;
  }

  /** Counts a call of a user, or refuses it. */
  count(): void {
    if (!this.#allowance.take()) throw exceeded('TotalRequests Limit exceeded.');
    const started = this.#clock() - long;
    const running = [...this.#running.values()].filter((since) => since <= started).length;
    if (running >= mostLong) throw exceeded('ConcurrentRequests (Concurrent API Requests) Limit exceeded.');
  }

  started(call: object): void {
    this.#running.set(call, this.#clock());
  }

  ended(call: object): void {
    this.#running.delete(call);
  }

  /** `api-usage=18/15000` */
  get usage(): string {
    return `api-usage=${this.#allowance.used}/${this.#allowance.max}`;
  }
}

const exceeded = (message: string) => new ApiError(403, 'REQUEST_LIMIT_EXCEEDED', message);
