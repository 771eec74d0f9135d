import type { Row, SObject } from '../schema/types.ts';
import { makeId } from '../store/id.ts';
import { datetimeText } from '../time.ts';
import { autoNumbers, following, withDefaults } from './defaults.ts';
import type { Change, Dml, SaveContext } from './dml.ts';
import { readInput } from './input.ts';
import { entityIsDeleted, noSuchRecord } from './row-error.ts';
import { validate } from './validate.ts';

/** Creates one record: defaults, before-save flows, validation, write. */
export function create(dml: Dml, context: SaveContext, object: SObject, input: Row): Change {
  const given = readInput(dml, object, input, 'createable');
  const after = withDefaults(context, object, given);
  const id = makeId(object.keyPrefix, dml.sequences.next(object.name));
  Object.assign(after, { Id: id }, created(dml, context));
  const change: Change = { object, id, before: null, after };
  dml.automation.beforeSave(context, change);
  validate(dml, object, id, after, after);
  // Auto-numbers come after validation, so that a refused record takes no number.
  Object.assign(after, autoNumbers(dml, object));
  dml.records.insert(object, after);
  return change;
}

/** Changes one record. Fields that are not given stay. */
export function modify(dml: Dml, context: SaveContext, object: SObject, id: string, input: Row): Change {
  const before = dml.records.read(object, id);
  if (!before) throw noSuchRecord();
  if (before['IsDeleted'] === true) throw entityIsDeleted();
  const given = readInput(dml, object, input, 'updateable');
  const after: Row = { ...before, ...given, ...modified(dml, context) };
  Object.assign(after, following(object, before, after, given));
  const change: Change = { object, id, before, after };
  dml.automation.beforeSave(context, change);
  const changed = Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== before[name]));
  validate(dml, object, id, after, { ...given, ...changed });
  dml.records.update(object, id, changed);
  return change;
}

export function modified(dml: Dml, { user }: SaveContext): Row {
  const now = datetimeText(dml.clock());
  return { LastModifiedDate: now, LastModifiedById: user.id, SystemModstamp: now };
}

function created(dml: Dml, context: SaveContext): Row {
  const stamps = modified(dml, context);
  return { IsDeleted: false, CreatedDate: stamps['LastModifiedDate']!, CreatedById: context.user.id, ...stamps };
}
