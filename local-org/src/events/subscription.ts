import type { Channel } from './channel.ts';
import type { BusEvent } from './event.ts';
import type { EventBus } from './event-bus.ts';
import type { EventLog } from './event-log.ts';

/** Events read from the store at a time. */
const page = 200;

/** A reader's place on a channel. */
export class Subscription {
  readonly channel: Channel;
  readonly #bus: EventBus;
  readonly #log: EventLog;
  #position: number;
  /** Events that were made of one stored event, as far as they did not fit. */
  #rest: BusEvent[] = [];

  constructor(bus: EventBus, log: EventLog, channel: Channel, position: number) {
    this.#bus = bus;
    this.#log = log;
    this.channel = channel;
    this.#position = position;
  }

  /** The last event that was read, or that there was nothing to read up to. */
  get position(): number {
    return this.#position;
  }

  /** The next events, in the order of the bus. */
  next(limit: number): BusEvent[] {
    if (this.#bus.paused) return [];
    const shown = this.#rest;
    this.#rest = [];
    while (shown.length < limit) {
      const { last } = this.#bus;
      const events = this.#log.after(this.#position, this.channel.sources, page);
      for (const event of events) {
        if (shown.length >= limit) break;
        shown.push(...this.channel.show(event));
        this.#position = event.replayId;
      }
      if (events.length === page) continue;
      if (shown.length < limit) this.#position = last;
      break;
    }
    this.#rest = shown.splice(limit);
    return shown;
  }
}
