import type { Allowance } from '../limits/allowance.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Reader } from '../events/reader.ts';
import type { User } from '../org.ts';
import { presentEvent, presentPush } from './present.ts';

/** A Bayeux message, either way. */
export type Message = Readonly<Record<string, unknown>> & { readonly channel: string };

/** The delivery allocation of the org is used up. */
export class DeliveryLimit extends Error {
  override readonly name = 'DeliveryLimit';
}

/** Events in one answer; the rest comes with the next connect. */
const most = 500;

/** A Bayeux client between handshake and disconnect: what it listens to, and how far it has read. */
export class BayeuxClient {
  readonly id: string;
  readonly user: User;
  readonly #bus: EventBus;
  readonly #allowance: (channel: string) => Allowance;
  readonly #readers = new Map<string, Reader>();
  #interrupt: () => void = () => undefined;
  #connected = false;

  constructor(id: string, user: User, bus: EventBus, allowance: (channel: string) => Allowance) {
    this.id = id;
    this.user = user;
    this.#bus = bus;
    this.#allowance = allowance;
  }

  subscribe(name: string, reader: Reader): void {
    this.#readers.set(name, reader);
    this.#interrupt();
  }

  unsubscribe(name: string): void {
    this.#readers.delete(name);
  }

  /** The events so far, or the next ones; nothing after `timeout` ms. The first connect does not wait. */
  async next(timeout: number): Promise<Message[]> {
    this.#interrupt();
    const messages = this.#collect();
    if (messages.length > 0 || !this.#connected) {
      this.#connected = true;
      return messages;
    }
    return this.#wait(timeout);
  }

  /** Ends a connect that is waiting. */
  close(): void {
    this.#readers.clear();
    this.#interrupt();
  }

  #wait(timeout: number): Promise<Message[]> {
    return new Promise((resolve, reject) => {
      const end = (messages: Message[]) => {
        clearTimeout(timer);
        this.#bus.signals.off('arrival', look);
        this.#interrupt = () => undefined;
        resolve(messages);
      };
      const look = () => {
        try {
          const messages = this.#collect();
          if (messages.length > 0) end(messages);
        } catch (error) {
          end([]);
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const timer = setTimeout(end, timeout, []).unref();
      this.#bus.signals.on('arrival', look);
      this.#interrupt = () => {
        end([]);
      };
    });
  }

  #collect(): Message[] {
    const messages: Message[] = [];
    for (const [channel, reader] of this.#readers) {
      const deliveries = reader.next(most - messages.length);
      if (deliveries.length > 0 && !this.#allowance(channel).take(deliveries.length)) throw new DeliveryLimit();
      for (const { event, object } of deliveries) {
        const data = object ? presentEvent(event, object) : presentPush(event);
        messages.push({ channel, clientId: this.id, data });
      }
      if (messages.length >= most) break;
    }
    return messages;
  }
}
