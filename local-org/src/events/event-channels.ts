import type { Schema, SObject } from '../schema/types.ts';
import type { Records } from '../store/records.ts';
import { changeEventName } from './body-fields.ts';
import { plainChannel } from './channel.ts';
import type { Channel } from './channel.ts';
import { showMember } from './channel-member.ts';
import type { ChannelMember } from './channel-member.ts';

/** The members of each channel of several kinds of events, by its name: `/data/ChangeEvents`, `/data/Scoreline__chn`. */
export type ChannelMembers = ReadonlyMap<string, readonly ChannelMember[]>;

/** The channels of change events and platform events. Names count with their case. */
export class EventChannels {
  readonly #schema: Schema;
  readonly #records: Records;
  #members: ChannelMembers = new Map();
  /** The objects whose changes are captured, because a channel has them for a member. */
  #selected: ReadonlySet<string> = new Set();

  constructor(schema: Schema, records: Records, members: ChannelMembers) {
    this.#schema = schema;
    this.#records = records;
    this.load(members);
  }

  /** Takes these members for those that it had. */
  load(members: ChannelMembers): void {
    this.#members = members;
    const all = [...members.values()].flat();
    this.#selected = new Set(all.filter(({ object }) => !object.isEvent).map(({ object }) => object.name));
  }

  captures(object: string): boolean {
    return this.#selected.has(object);
  }

  /** The channel of one kind of event, or of the members that the metadata gives it. */
  find(name: string): Channel | undefined {
    const members = this.#members.get(name);
    if (members) return this.#composed(name, members);
    return this.objectOf(name) ? plainChannel(name) : undefined;
  }

  /** The object behind the channel of one kind of event: `/data/LeadChangeEvent`, `/event/Rating_Changed__e`. */
  objectOf(channel: string): SObject | undefined {
    const [, kind, event = ''] = /^\/(event|data)\/(\w+)$/.exec(channel) ?? [];
    if (kind === 'event') return this.#platformEvent(event);
    const captured = [...this.#selected].find((object) => changeEventName(object) === event);
    return captured === undefined ? undefined : this.#schema.object(captured);
  }

  #platformEvent(name: string) {
    const object = this.#schema.object(name);
    return object?.isEvent && object.name === name ? object : undefined;
  }

  #composed(name: string, members: readonly ChannelMember[]): Channel {
    const bySource = new Map(members.map((member) => [member.source, member]));
    return {
      name,
      sources: [...bySource.keys()],
      show: (event) => showMember(this.#records, bySource.get(event.channel)!, event),
    };
  }
}
