import { historyFieldName } from '../schema/history.ts';
import type { HistoryMark } from '../schema/history.ts';
import type { FieldType, Value } from '../schema/types.ts';
import { makeId } from '../store/id.ts';
import { datetimeText } from '../time.ts';
import type { Change, Dml, SaveContext } from './dml.ts';

const dataTypes: Partial<Record<FieldType, string>> = {
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'DateOnly',
  datetime: 'DateTime',
  picklist: 'DynamicEnum',
  multipicklist: 'MultiEnum',
  email: 'EMail',
  phone: 'Phone',
  url: 'Url',
  textarea: 'TextArea',
};

/** Writes what a save changes of the tracked fields of its object; lookups twice, by name and by ID. */
export function trackHistory(dml: Dml, context: SaveContext, { object, id, before, after }: Change): void {
  const { history } = object;
  if (!history) return;
  const into = dml.schema.object(history.object)!;
  const add = (Field: string, DataType: string | null, OldValue: Value, NewValue: Value): void => {
    dml.records.insert(into, {
      Id: makeId(into.keyPrefix, dml.sequences.next(into.name)),
      [history.lookup]: id,
      Field,
      DataType,
      OldValue: OldValue === null ? null : JSON.stringify(OldValue),
      NewValue: NewValue === null ? null : JSON.stringify(NewValue),
      CreatedById: context.user.id,
      CreatedDate: datetimeText(dml.clock()),
    });
  };
  const mark = (what: HistoryMark): void => {
    add(what, null, null, null);
  };
  if (before === null) {
    mark('created');
    return;
  }
  if (before['IsConverted'] === false && after['IsConverted'] === true) mark('leadConverted');
  for (const field of history.tracked) {
    const [old, now] = [before[field.name] ?? null, after[field.name] ?? null];
    if (old === now) continue;
    if (field.type === 'reference') {
      add(historyFieldName(field), 'Text', nameOf(dml, old), nameOf(dml, now));
      add(historyFieldName(field), 'EntityId', old, now);
    } else {
      const isLong = field.type === 'multipicklist' || field.length > 255;
      add(field.name, dataTypes[field.type] ?? 'Text', isLong ? null : old, isLong ? null : now);
    }
  }
}

function nameOf({ schema, records }: Dml, id: Value): Value {
  const object = typeof id === 'string' ? schema.ofId(id) : undefined;
  return object?.nameField ? records.value(object, id as string, object.nameField) : null;
}
