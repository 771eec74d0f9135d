import { randomUUID } from 'node:crypto';
import type { Row, SObject } from '../schema/types.ts';
import type { Written } from '../store/database.ts';
import { changeEventName } from './body-fields.ts';
import { changeOrigin } from './change-origin.ts';
import type { ChangeEventHeader, GapType } from './event.ts';
import type { EventBus } from './event-bus.ts';
import { recordChanges } from './record-change.ts';
import type { RecordChange } from './record-change.ts';

/** Changes of a transaction beyond this many are told with one overflow event per object. */
const mostChanges = 100_000;
/** A larger event is replaced by a gap event. */
const mostBytes = 1_048_576;
/** What an overflow event has for a record ID. */
const noRecord = '000000000000000AAA';

/**
 * Publishes the change events of a transaction that is about to commit: one for each record, however often it was written,
 * and one for all records of an object that changed or were deleted alike.
 */
export function publishChanges(bus: EventBus, writes: readonly Written[]): void {
  const changes = recordChanges(writes);
  if (changes.length === 0) return;
  const told = withinLimit(changes);
  const tell = transaction(bus, changeOrigin());
  for (const [change, ...more] of alike(changes.slice(0, told))) {
    const { object, type, userId, body, changed: changedFields, nulled: nulledFields } = change;
    const recordIds = [change, ...more].map(({ id }) => id);
    tell(object, { recordIds, changeType: type, commitUser: userId, changedFields, nulledFields }, body);
  }
  const { userId } = changes[0]!;
  for (const object of new Set(changes.slice(told).map((change) => change.object)))
    tell(object, gap('GAP_OVERFLOW', [noRecord], userId), {});
}

/** Publishes an event that says that something happened, but not what. */
export function publishGap(
  bus: EventBus,
  object: SObject,
  type: GapType,
  ids: readonly string[],
  userId: string,
): void {
  transaction(bus, '')(object, gap(type, type === 'GAP_OVERFLOW' ? [noRecord] : ids, userId), {});
}

type OwnHeader = Pick<ChangeEventHeader, 'recordIds' | 'changeType' | 'commitUser' | 'changedFields' | 'nulledFields'>;

const gap = (changeType: GapType, recordIds: readonly string[], commitUser: string): OwnHeader => ({
  recordIds,
  changeType,
  commitUser,
  changedFields: [],
  nulledFields: [],
});

/** Publishes the events of one transaction, one after the other. */
function transaction(bus: EventBus, origin: string) {
  const transactionKey = randomUUID();
  const commitTimestamp = Math.floor(bus.clock() / 1000) * 1000;
  const commitNumber = bus.last + 1;
  let sequenceNumber = 0;
  return (object: SObject, own: OwnHeader, body: Row): void => {
    const header: ChangeEventHeader = {
      entityName: object.name,
      changeOrigin: origin,
      transactionKey,
      sequenceNumber: ++sequenceNumber,
      commitTimestamp,
      commitNumber,
      diffFields: [],
      ...own,
    };
    const channel = `/data/${changeEventName(object.name)}`;
    const content = JSON.stringify({ header, body });
    if (Buffer.byteLength(content) <= mostBytes) bus.publishText(channel, content);
    else {
      const type = `GAP_${own.changeType}` as GapType;
      bus.publish(channel, { header: { ...header, ...gap(type, own.recordIds, own.commitUser) }, body: {} });
    }
  };
}

/** How many of the changes are told one by one; each changed field of an update counts. */
function withinLimit(changes: readonly RecordChange[]): number {
  let count = 0;
  const end = changes.findIndex(({ changed }) => (count += Math.max(changed.length, 1)) > mostChanges);
  return end < 0 ? changes.length : end;
}

/** Updates and deletions that differ in nothing but the record, and the instant, go together. */
function alike(changes: readonly RecordChange[]): Iterable<[RecordChange, ...RecordChange[]]> {
  const groups = Map.groupBy(changes, ({ object, id, type, body }) => {
    if (type !== 'UPDATE' && type !== 'DELETE') return id;
    return `${object.name} ${type} ${JSON.stringify({ ...body, LastModifiedDate: null })}`;
  });
  return groups.values() as Iterable<[RecordChange, ...RecordChange[]]>;
}
