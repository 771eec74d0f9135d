import { checkDeletion } from '../access/permitted.ts';
import type { SaveOptions, SaveResult } from '../org.ts';
import type { SObject } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import type { Change, Dml, SaveContext } from './dml.ts';
import { noSuchRecord, RowError } from './row-error.ts';

/** One row of a save: writes its record, and what belongs to it, and returns the changes, or throws a RowError. */
export interface Write {
  readonly created: boolean;
  readonly run: () => readonly [Change, ...Change[]];
}

/** Saves records of any objects that are named by their IDs; each is done wholly or not at all. */
export function saveByIds(
  dml: Dml,
  context: SaveContext,
  ids: readonly string[],
  options: SaveOptions,
  work: (object: SObject, id: string) => Change,
): SaveResult[] {
  return save(
    dml,
    context,
    ids.map((given) => {
      const id = canonicalId(given);
      if (!id) return new RowError('MALFORMED_ID', `malformed id ${given}`);
      const object = dml.schema.ofId(id);
      return object && !object.isEvent
        ? {
            created: false,
            run: () => {
              checkDeletion(context, object);
              return dml.database.transaction(() => [work(object, id)]);
            },
          }
        : noSuchRecord();
    }),
    options,
  );
}

/**
 * Saves a batch as Salesforce does: all rows are written, then the after-save flows of all run. Where a flow refuses a
 * record, everything is undone and tried again without it; with `allOrNone`, the first refusal undoes the batch.
 * A row that cannot even be addressed stands in `rows` as its error.
 */
export function save(
  dml: Dml,
  context: SaveContext,
  rows: readonly (Write | RowError)[],
  { allOrNone = false }: SaveOptions,
): SaveResult[] {
  const refused = new Map<number, RowError>();
  for (;;) {
    const before = refused.size;
    try {
      return dml.database.transaction(() => {
        const results = attempt(dml, context, rows, refused);
        if (refused.size > 0 && allOrNone) throw new Undo();
        if (refused.size > before && results.flowRefused) throw new Undo();
        return results.saved;
      });
    } catch (error) {
      if (!(error instanceof Undo)) throw error;
      if (allOrNone) return rows.map((row, i) => failure(refused.get(i) ?? rolledBack, row));
    }
  }
}

/** Thrown to roll back a batch whose rows' errors are already known. */
class Undo extends Error {}

function attempt(
  dml: Dml,
  context: SaveContext,
  rows: readonly (Write | RowError)[],
  refused: Map<number, RowError>,
): { saved: SaveResult[]; flowRefused: boolean } {
  let flowRefused = false;
  const guarded = <T>(i: number, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      refused.set(i, error);
      return undefined;
    }
  };
  const changes = rows.map((row, i) =>
    refused.has(i)
      ? undefined
      : guarded(i, () => {
          if (row instanceof RowError) throw row;
          return row.run();
        }),
  );
  changes.forEach((made, i) => {
    guarded(i, () => {
      for (const change of made ?? []) if (isSaved(change)) dml.automation.afterSave(context, change);
    });
    flowRefused ||= made !== undefined && refused.has(i);
  });
  dml.database.afterCommit(() => {
    changes.forEach((made, i) => {
      if (!refused.has(i)) for (const change of made ?? []) if (change.before !== change.after) dml.changed(change);
    });
  });
  const saved = rows.map((row, i) => {
    const error = refused.get(i);
    return error
      ? failure(error, row)
      : { id: changes[i]![0].id, success: true, created: (row as Write).created, errors: [] };
  });
  return { saved, flowRefused };
}

/** Flows run for what was created or changed, not for what went to the recycle bin or came back. */
const isSaved = ({ before, after }: Change) => after['IsDeleted'] !== true && before?.['IsDeleted'] !== true;

/** What is said of a refused row: also whether it would have been a new record. */
export const failure = ({ statusCode, message, fields, more }: RowError, row?: Write | RowError): SaveResult => ({
  success: false,
  ...(row && 'created' in row ? { created: row.created } : {}),
  errors: [{ statusCode, message, fields }, ...more],
});

export const rolledBack = new RowError(
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'Record rolled back because not all records were valid and the request was using AllOrNone header',
);
