import { checkDeletion } from '../access/permitted.ts';
import { convertedLead, isConvertedLead } from '../dml/converted-lead.ts';
import type { Change, Dml, SaveContext } from '../dml/dml.ts';
import { readInput } from '../dml/input.ts';
import { noSuchRecord, RowError } from '../dml/row-error.ts';
import { save } from '../dml/save.ts';
import { modified, modifyRecord, readAlive } from '../dml/write.ts';
import type { MergeRequest, MergeResult, SaveOptions } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import { moveChildren } from './children.ts';

/**
 * Merges one or two records into a master, each request in a transaction of its own: what hangs on them goes over to the
 * master, they go to the recycle bin with their `MasterRecordId` set, and the master takes the values given for it. The
 * master's flows run; those of moved records do not.
 */
export function merge(
  dml: Dml,
  context: SaveContext,
  requests: readonly MergeRequest[],
  options: SaveOptions = {},
): MergeResult[] {
  const made: Merged[] = [];
  const results = save(
    dml,
    context,
    requests.map((request, i) => ({
      created: false,
      run: () => dml.database.transaction(() => (made[i] = mergeOne(dml, context, request)).changes),
    })),
    options,
  );
  return results.map((result, i) => (result.success ? { ...result, ...made[i]!.ids } : result));
}

interface Merged {
  readonly ids: Pick<MergeResult, 'mergedRecordIds' | 'updatedRelatedIds'>;
  readonly changes: readonly [Change, ...Change[]];
}

function mergeOne(dml: Dml, context: SaveContext, { master, mergedIds }: MergeRequest): Merged {
  const masterId = idOf(master['Id'] ?? master['id']);
  const object = dml.schema.ofId(masterId);
  if (!object?.mergeable)
    throw new RowError('INVALID_TYPE', `merge does not support ${object?.name ?? 'this'} records`);
  const losers = mergedIds.map(idOf);
  if (losers.length < 1 || losers.length > 2)
    throw new RowError('MERGE_FAILED', 'one or two records can be merged into the master record');
  if (new Set([masterId, ...losers]).size <= losers.length)
    throw new RowError('MERGE_FAILED', 'a record cannot be merged into itself');

  checkDeletion(context, object);
  const before = readOpen(dml, object, masterId);
  const given = readInput(dml, context, object, master, 'updateable');
  const related: string[] = [];
  const deleted = losers.map((id): Change => {
    const loser = readOpen(dml, object, id);
    dml.automation.beforeDelete(context, object, id);
    related.push(...moveChildren(dml, context, object, id, masterId));
    const after: Row = { ...loser, IsDeleted: true, MasterRecordId: masterId, ...modified(dml, context) };
    dml.bin.add(id, { record: id, cleared: null });
    dml.records.update(object, id, after);
    return { object, id, before: loser, after };
  });
  const change = modifyRecord(dml, context, object, before, given);
  return { ids: { mergedRecordIds: losers, updatedRelatedIds: related }, changes: [change, ...deleted] };
}

function idOf(given: unknown): string {
  const id = canonicalId(given);
  if (!id) throw new RowError('MALFORMED_ID', `malformed id ${JSON.stringify(given ?? null)}`, ['Id']);
  return id;
}

function readOpen(dml: Dml, object: SObject, id: string): Row {
  if (!id.startsWith(object.keyPrefix)) throw noSuchRecord();
  const row = readAlive(dml, object, id);
  if (isConvertedLead(object, row)) throw convertedLead();
  return row;
}
