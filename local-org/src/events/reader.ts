import type { Org, User } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import { bodyFields } from './body-fields.ts';
import type { Channel } from './channel.ts';
import type { BusEvent, ChangeEvent } from './event.ts';
import type { Position } from './event-bus.ts';
import type { Subscription } from './subscription.ts';

/** An event for a subscriber, with the object that it is about; PushTopic and generic events have none. */
export interface Delivery {
  readonly event: BusEvent;
  readonly object: SObject | undefined;
}

/** Reads a channel for a user, who gets what they may see. */
export class Reader {
  readonly channel: Channel;
  readonly #org: Org;
  readonly #user: User;
  readonly #subscription: Subscription;

  constructor(org: Org, user: User, subscription: Subscription) {
    this.#org = org;
    this.#user = user;
    this.#subscription = subscription;
    this.channel = subscription.channel;
  }

  get position(): number {
    return this.#subscription.position;
  }

  next(limit: number): Delivery[] {
    const events = this.#subscription.next(limit);
    if (events.length === 0) return [];
    const { schema } = this.#org.as(this.#user);
    return events.flatMap((event): Delivery[] => {
      const object = this.#org.channels.objectOf(event.channel);
      if (!object) return [{ event, object }];
      const seen = schema.object(object.name);
      return seen ? [{ event: object.isEvent ? event : visiblePart(event as ChangeEvent, object, seen), object }] : [];
    });
  }
}

/** A reader of a channel; undefined where the channel does not have this position. */
export function read(org: Org, user: User, channel: Channel, from: Position): Reader | undefined {
  const subscription = org.bus.subscribe(channel, from);
  return subscription && new Reader(org, user, subscription);
}

/** Whether a user may see an event that stands alone on its channel; a channel of several leaves out what they may not. */
export function maySubscribe(org: Org, user: User, { name }: Channel): boolean {
  const object = org.channels.objectOf(name);
  return object === undefined || org.as(user).schema.object(object.name) !== undefined;
}

function visiblePart(event: ChangeEvent, object: SObject, seen: SObject): ChangeEvent {
  if (seen === object) return event;
  const hidden = new Set(
    bodyFields(object).flatMap(({ name, field, compound }) => {
      const shown = (compound?.parts.map((part) => part.field) ?? [field]).some((part) => seen.field(part.name));
      return shown ? [] : [name];
    }),
  );
  const { header, body } = event.content;
  const visible = (names: readonly string[]) => names.filter((name) => !hidden.has(name.split('.')[0]!));
  const fields = {
    nulledFields: visible(header.nulledFields),
    diffFields: visible(header.diffFields),
    changedFields: visible(header.changedFields),
  };
  const shown: Row = Object.fromEntries(Object.entries(body).filter(([name]) => !hidden.has(name)));
  return { ...event, content: { header: { ...header, ...fields }, body: shown } };
}
