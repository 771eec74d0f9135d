import type { User } from '../org.ts';
import type { Channels } from './channels.ts';

/** A Bayeux message, either way. */
export type Message = Readonly<Record<string, unknown>> & { readonly channel: string };

/** A Bayeux client between handshake and disconnect: what it listens to, and what waits for its next connect. */
export class BayeuxClient {
  readonly id: string;
  readonly user: User;
  readonly #channels: Channels;
  readonly #subscriptions = new Map<string, () => void>();
  #queue: Message[] = [];
  #wake: (() => void) | undefined;
  #connected = false;

  constructor(id: string, user: User, channels: Channels) {
    this.id = id;
    this.user = user;
    this.#channels = channels;
  }

  /** False where the channel does not have this position. */
  subscribe(name: string, replayId: number): boolean {
    this.unsubscribe(name);
    const stop = this.#channels.subscribe(name, replayId, (data) => {
      this.#queue.push({ channel: name, clientId: this.id, data });
      this.#wake?.();
    });
    if (stop) this.#subscriptions.set(name, stop);
    return stop !== undefined;
  }

  unsubscribe(name: string): void {
    this.#subscriptions.get(name)?.();
    this.#subscriptions.delete(name);
  }

  /** The events so far, or the next ones; nothing after `timeout` ms. The first connect does not wait. */
  async next(timeout: number): Promise<Message[]> {
    this.#wake?.();
    if (this.#queue.length === 0 && this.#connected) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeout).unref();
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    this.#connected = true;
    const events = this.#queue;
    this.#queue = [];
    return events;
  }

  close(): void {
    for (const name of this.#subscriptions.keys()) this.unsubscribe(name);
    this.#wake?.();
  }
}
