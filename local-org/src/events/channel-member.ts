import type { Row, SObject, Value } from '../schema/types.ts';
import type { Records } from '../store/records.ts';
import { bodyOf } from './body-fields.ts';
import type { BusEvent, ChangeEvent, ChangeEventHeader } from './event.ts';
import type { Filter } from './filter.ts';

/** One kind of event on a channel of several: PlatformEventChannelMember. */
export interface ChannelMember {
  readonly object: SObject;
  /** The channel of this kind alone: `/data/LeadChangeEvent`, `/event/Rating_Changed__e`. */
  readonly source: string;
  readonly filter: Filter | undefined;
  /** The fields of the record that are there although they did not change, those of the filter among them. */
  readonly enriched: readonly string[];
}

/** Deleted without a recycle bin, so that nothing is left to enrich the event with. */
const hardDeleted = ['CampaignMember'];

/**
 * An event as a member of a channel shows it. Enriched fields have the values of now, not of then, and an event about
 * several records that is enriched becomes one for each, all with the same replay ID.
 */
export function showMember(records: Records, member: ChannelMember, event: BusEvent): BusEvent[] {
  const { filter, object } = member;
  const shown = object.isEvent ? [event] : enrich(records, member, event as ChangeEvent);
  return filter ? shown.filter(({ content }) => filter.passes(...readable(object, content))) : shown;
}

function readable(object: SObject, content: unknown): [ChangeEventHeader | Row, Row] {
  if (object.isEvent) return [{}, content as Row];
  const { header, body } = content as ChangeEvent['content'];
  return [header, body];
}

function enrich(records: Records, { object, enriched }: ChannelMember, event: ChangeEvent): ChangeEvent[] {
  const { header, body } = event.content;
  const { changeType, recordIds } = header;
  if (enriched.length === 0 || (changeType !== 'UPDATE' && changeType !== 'DELETE')) return [event];
  if (changeType === 'DELETE' && hardDeleted.includes(object.name)) return [event];
  return recordIds.map((id) => {
    const now = bodyOf(object, records.read(object, id) ?? {}, (_, value) => value !== null);
    const more = Object.fromEntries(enriched.flatMap((name) => (name in now ? [[name, now[name]!]] : [])));
    return { ...event, content: { header: { ...header, recordIds: [id] }, body: withEnriched(more, body) } };
  });
}

/** What changed stands, also within a compound field of which other parts are enriched. */
function withEnriched(more: Row, body: Row): Row {
  const nested = (value: Value | undefined): value is Row => typeof value === 'object' && value !== null;
  const parts = Object.entries(body).map(([name, value]) => {
    const other = more[name];
    return [name, nested(value) && nested(other) ? { ...other, ...value } : value];
  });
  return { ...more, ...(Object.fromEntries(parts) as Row) };
}
