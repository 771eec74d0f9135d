import type { BusEvent } from './event.ts';

/** What can be subscribed to. */
export interface Channel {
  readonly name: string;
  /** The channels of single kinds of events that it is made of. */
  readonly sources: readonly string[];
  /** The event as this channel shows it: as it is, enriched and then one for each record, or not at all. */
  readonly show: (event: BusEvent) => readonly BusEvent[];
}

/** A channel that shows all events of one kind as they are. */
export const plainChannel = (name: string): Channel => ({ name, sources: [name], show: (event) => [event] });
