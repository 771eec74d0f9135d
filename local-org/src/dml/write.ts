import type { Row, SObject } from '../schema/types.ts';
import { makeId } from '../store/id.ts';
import { datetimeText } from '../time.ts';
import { autoNumbers, following, withDefaults } from './defaults.ts';
import type { Change, Dml, SaveContext } from './dml.ts';
import { trackHistory } from './history.ts';
import { readInput } from './input.ts';
import { convertedLead, isConvertedLead } from './converted-lead.ts';
import { entityIsDeleted, noSuchRecord } from './row-error.ts';
import { checkRules } from '../validation/check.ts';
import { validate } from './validate.ts';

/** Creates the record that a client asks for. */
export const create = (dml: Dml, context: SaveContext, object: SObject, input: Row): [Change] => [
  createRecord(dml, context, object, readInput(dml, context, object, input, 'createable')),
];

/** Creates a record of typed values: defaults, before-save flows, validation, write. */
export function createRecord(dml: Dml, context: SaveContext, object: SObject, given: Row): Change {
  const after = withDefaults(dml, context, object, given);
  const id = makeId(object.keyPrefix, dml.sequences.next(object.name));
  Object.assign(after, { Id: id }, created(dml, context));
  const change: Change = { object, id, before: null, after };
  dml.automation.beforeSave(context, change);
  validate(dml, object, id, after, after);
  checkRules(dml, context, change);
  // Auto-numbers come after validation, so that a refused record takes no number.
  Object.assign(after, autoNumbers(dml, object));
  dml.records.insert(object, after);
  trackHistory(dml, context, change);
  return change;
}

/** Changes a record as a client asks. Fields that are not given stay. */
export function modify(dml: Dml, context: SaveContext, object: SObject, id: string, input: Row): [Change] {
  const before = readAlive(dml, object, id);
  if (isConvertedLead(object, before)) throw convertedLead();
  return [modifyRecord(dml, context, object, before, readInput(dml, context, object, input, 'updateable'))];
}

/** The stored fields of a record that is there and not deleted. */
export function readAlive(dml: Dml, object: SObject, id: string): Row {
  const row = dml.records.read(object, id);
  if (!row) throw noSuchRecord();
  if (row['IsDeleted'] === true) throw entityIsDeleted();
  return row;
}

/** Changes a record to typed values: before-save flows, validation, write. */
export function modifyRecord(dml: Dml, context: SaveContext, object: SObject, before: Row, given: Row): Change {
  const id = before['Id'] as string;
  const after: Row = { ...before, ...given, ...modified(dml, context) };
  Object.assign(after, following(object, before, after, given));
  const change: Change = { object, id, before, after };
  dml.automation.beforeSave(context, change);
  const changed: Row = {};
  for (const name in after) if (after[name] !== before[name]) changed[name] = after[name]!;
  validate(dml, object, id, after, { ...given, ...changed });
  checkRules(dml, context, change);
  dml.records.update(object, id, changed, before);
  trackHistory(dml, context, change);
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
