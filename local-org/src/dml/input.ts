import type { Field, Row, SObject, Value } from '../schema/types.ts';
import { checkLookup, permittedObject } from '../access/permitted.ts';
import { coerce } from './coerce.ts';
import type { Dml, SaveContext } from './dml.ts';
import { RowError } from './row-error.ts';

/** A row from the client as typed field values: names in the schema's case, parents by external ID resolved to IDs. */
export function readInput(
  dml: Dml,
  context: SaveContext,
  target: SObject,
  input: Row,
  access: 'createable' | 'updateable',
): Row {
  const object = permittedObject(context, target, access);
  const row: Row = {};
  const locked: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (name === 'attributes' || name.toLowerCase() === 'id') continue;
    const parent = object.parent(name);
    const field = object.field(name) ?? parent;
    if (!field) throw noSuchColumn(name, object);
    if (!field[access]) locked.push(field.name);
    else row[field.name] = parent && value !== null ? parentId(dml, context, parent, value) : coerce(field, value);
    if (field.type === 'reference' && row[field.name]) checkLookup(context, dml.schema, row[field.name] as string);
  }
  if (locked.length > 0)
    throw new RowError(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${locked.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      locked,
    );
  return row;
}

export const noSuchColumn = (name: string, object: SObject) =>
  new RowError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`, []);

/** `{"Lead__r": {"Email_Key__c": "..."}}` names the parent by one of its external IDs. */
function parentId(dml: Dml, { permitted = dml.schema }: SaveContext, lookup: Field, value: Value): string {
  const { attributes, ...keys } = (typeof value === 'object' ? value : {}) as Record<string, Value>;
  const type = (attributes as { type?: string } | undefined)?.type ?? lookup.referenceTo[0]!;
  const target = lookup.referenceTo.includes(type) ? permitted.object(type) : undefined;
  const [[name, key] = ['', null], ...more] = Object.entries(keys);
  const field = target?.field(name);
  if (!target || !field || !(field.externalId || field.type === 'id') || more.length > 0)
    throw new RowError('INVALID_FIELD', `${lookup.relationshipName!}: one external ID field of ${type} is expected`, [
      lookup.name,
    ]);
  const wanted = coerce(field, key) as string | number | null;
  const ids = wanted === null ? [] : dml.records.find(target, field, wanted);
  if (ids.length === 1) return ids[0]!;
  throw ids.length === 0
    ? new RowError(
        'INVALID_FIELD',
        `Foreign key external ID: ${String(wanted)} not found for field ${field.name} in entity ${target.name}`,
      )
    : new RowError(
        'DUPLICATE_EXTERNAL_ID',
        `${field.name}: more than one record found for external id field: [${ids.join(', ')}]`,
      );
}
