import { EventEmitter } from 'node:events';
import type { Fault, FaultOn } from './kinds.ts';

/** The faults that were asked for, in order, of every kind. */
export class Faults {
  readonly changes = new EventEmitter<{ change: [] }>();
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? Infinity });
    this.changes.emit('change');
  }

  clear(): void {
    this.#waiting = [];
    this.changes.emit('change');
  }

  /** What nothing has met yet, and what stands until it is cleared. */
  get waiting(): readonly Fault[] {
    return this.#waiting.map(({ fault, left }) => (left === Infinity ? fault : { ...fault, times: left }));
  }

  /** The first fault of a kind that fits; it is used up once it was taken as often as it says. */
  take<K extends Fault['on']>(on: K, fits: (fault: FaultOn<K>) => boolean): FaultOn<K> | undefined {
    const found = this.#waiting.find(({ fault }) => isOn(fault, on) && fits(fault));
    if (!found) return undefined;
    if (--found.left <= 0) this.#waiting = this.#waiting.filter((each) => each !== found);
    return found.fault as FaultOn<K>;
  }

  /** Whether a fault of a kind stands, without using it up. */
  stands<K extends Fault['on']>(on: K, fits: (fault: FaultOn<K>) => boolean): boolean {
    return this.#waiting.some(({ fault }) => isOn(fault, on) && fits(fault));
  }
}

const isOn = <K extends Fault['on']>(fault: Fault, on: K): fault is FaultOn<K> => (fault.on as string) === on;
