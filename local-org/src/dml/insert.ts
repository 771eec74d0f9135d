import type { SaveOptions, SaveResult } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import type { Dml, SaveContext } from './dml.ts';
import { publishEvent } from './publish.ts';
import { save } from './save.ts';
import { create } from './write.ts';

/** Creates records, or publishes platform events. */
export function insert(
  dml: Dml,
  context: SaveContext,
  object: SObject,
  rows: readonly Row[],
  options: SaveOptions = {},
): SaveResult[] {
  if (object.isEvent) return rows.map((row) => publishEvent(dml, context, object, row));
  return save(
    dml,
    context,
    rows.map((row) => ({ created: true, run: () => create(dml, context, object, row) })),
    options,
  );
}
