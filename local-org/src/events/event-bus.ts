import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Database } from '../store/database.ts';
import type { Channel } from './channel.ts';
import { EventLog } from './event-log.ts';
import { Subscription } from './subscription.ts';

/** Where a subscription starts: with what comes, with all that is retained, or after an event or a keepalive. */
export type Position = 'latest' | 'earliest' | number;

/**
 * All events of an org, in one order. Events are stored in the transaction that publishes them; whoever subscribes reads
 * them from the store at its own pace.
 */
export class EventBus {
  /** `arrival`: there may be something new to read. `disconnect`: all subscribers are to be sent away. */
  readonly signals = new EventEmitter<{ arrival: []; disconnect: [] }>();
  /** How often an event of a channel is published: more than once only as a fault. */
  copies: (channel: string) => number = () => 1;
  readonly #database: Database;
  readonly #log: EventLog;
  readonly #clock: () => number;
  #paused = false;
  #signaled = false;
  #closed = false;

  constructor(database: Database, clock: () => number) {
    this.#database = database;
    this.#log = new EventLog(database, clock);
    this.#clock = clock;
    this.signals.setMaxListeners(0);
  }

  /** Publishes an event, once the transaction under way commits, and returns its replay ID. */
  publish(channel: string, content: unknown, uuid: string = randomUUID()): number {
    return this.publishText(channel, JSON.stringify(content), uuid);
  }

  /** The same, of content that is JSON already. */
  publishText(channel: string, content: string, uuid: string = randomUUID()): number {
    let replayId = 0;
    for (let left = this.copies(channel); left > 0; left--) replayId = this.#log.append(channel, uuid, content);
    this.#database.afterCommit(this.#arrived);
    return replayId;
  }

  /** A reader of a channel; undefined where the channel does not have this position. */
  subscribe(channel: Channel, from: Position): Subscription | undefined {
    const position = from === 'latest' ? this.last : from === 'earliest' ? 0 : from;
    if (typeof from === 'number' && !this.#log.retains(channel.sources[0] ?? '', from)) return undefined;
    return new Subscription(this, this.#log, channel, position);
  }

  /** The replay ID of the latest event. */
  get last(): number {
    return this.#log.last;
  }

  /** A position that stays valid for the whole retention, however long ago the latest event was. */
  mark(): number {
    return this.#log.append('', '', 'null');
  }

  /** Events are stored, but nobody can read them. */
  get paused(): boolean {
    return this.#paused;
  }

  set paused(paused: boolean) {
    this.#paused = paused;
    if (!paused) this.#arrived();
  }

  /** Forgets all events: every position up to now is one of the past. */
  expire(): void {
    this.#log.expire();
  }

  get clock(): () => number {
    return this.#clock;
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    this.signals.emit('disconnect');
  }

  /** Many events of one turn arrive with one signal. */
  readonly #arrived = (): void => {
    if (this.#signaled) return;
    this.#signaled = true;
    setImmediate(() => {
      this.#signaled = false;
      if (!this.#closed) this.signals.emit('arrival');
    });
  };
}
