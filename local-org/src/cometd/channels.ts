/** What a subscriber of a channel gets; `event.replayId` orders the events of the channel. */
export interface StreamEvent {
  readonly event: { readonly replayId: number; readonly createdDate: string; readonly type?: string };
  readonly [part: string]: unknown;
}

type Listener = (event: StreamEvent) => void;

/** Events that a channel keeps for those who ask for earlier ones. */
const most = 100_000;

/** All retained events of each channel, and who listens. Events live as long as the process. */
export class Channels {
  readonly #channels = new Map<
    string,
    { last: number; readonly events: StreamEvent[]; readonly listeners: Set<Listener> }
  >();

  /** Publishes with the channel's next replay ID, or the one that the event has already. */
  publish(
    name: string,
    createdDate: string,
    content: object,
    { replayId, type }: { replayId?: number; type?: string } = {},
  ) {
    const channel = this.#channel(name);
    channel.last = replayId ?? channel.last + 1;
    const event: StreamEvent = {
      ...content,
      event: { replayId: channel.last, createdDate, ...(type === undefined ? {} : { type }) },
    };
    channel.events.push(event);
    if (channel.events.length > most) channel.events.shift();
    for (const listener of channel.listeners) listener(event);
  }

  /**
   * Listens, from the event after `replayId`: -1 for new events only, -2 for all that are retained. Returns how to stop, or
   * undefined where there is no such position.
   */
  subscribe(name: string, replayId: number, listener: Listener): (() => void) | undefined {
    const { events, listeners, last } = this.#channel(name);
    const first = events[0]?.event.replayId ?? last + 1;
    if (replayId < -2 || replayId > last || (replayId >= 0 && replayId < first - 1)) return undefined;
    const missed = replayId === -1 ? [] : events.filter(({ event }) => event.replayId > replayId);
    for (const event of missed) listener(event);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  #channel(name: string) {
    const known = this.#channels.get(name);
    if (known) return known;
    const channel = { last: 0, events: [], listeners: new Set<Listener>() };
    this.#channels.set(name, channel);
    return channel;
  }
}
