import { createHash } from 'node:crypto';
import type { Field, FieldType, SObject } from '../schema/types.ts';
import { bodyFields, changeEventName } from './body-fields.ts';
import type { BodyField, Compound } from './body-fields.ts';

/** The Avro schema of an event. */
export interface EventSchema {
  /** Changes with the schema, and only with it. */
  readonly id: string;
  readonly json: string;
}

const known = new WeakMap<SObject, EventSchema>();

/** The schema of the platform event, or of the change events of the object. */
export function eventSchema(object: SObject): EventSchema {
  const found = known.get(object) ?? fingerprinted(object.isEvent ? platformEvent(object) : changeEvent(object));
  known.set(object, found);
  return found;
}

function fingerprinted(schema: object): EventSchema {
  const json = JSON.stringify(schema);
  return { id: createHash('md5').update(json).digest('base64url'), json };
}

const record = (name: string, fields: readonly object[]) => ({
  type: 'record',
  name,
  namespace: 'com.sforce.eventbus',
  fields,
});

const optional = (name: string, types: readonly unknown[], doc?: string) => ({
  name,
  type: ['null', ...types],
  ...(doc === undefined ? {} : { doc }),
  default: null,
});

/** The fields that subscribers get of a platform event: its own, and who published it when. */
export const platformEventFields = ({ fields }: SObject): readonly Field[] => [
  ...fields.filter(({ name }) => name === 'CreatedDate' || name === 'CreatedById'),
  ...fields.filter(({ custom }) => custom),
];

function platformEvent(object: SObject): object {
  const fields = platformEventFields(object).map((field) =>
    field.nillable
      ? optional(field.name, [avroType(field.type)], docOf(field))
      : { name: field.name, type: avroType(field.type), doc: docOf(field) },
  );
  return record(object.name, fields);
}

const text = (...names: string[]) => names.map((name) => ({ name, type: 'string' }));
const texts = (name: string) => ({ name, type: { type: 'array', items: 'string' } });

const changeTypes = [
  ...['CREATE', 'UPDATE', 'DELETE', 'UNDELETE', 'GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE', 'GAP_UNDELETE'],
  ...['GAP_OVERFLOW', 'SNAPSHOT'],
];

const header = {
  name: 'ChangeEventHeader',
  type: {
    type: 'record',
    name: 'ChangeEventHeader',
    fields: [
      ...text('entityName'),
      texts('recordIds'),
      { name: 'changeType', type: { type: 'enum', name: 'ChangeType', symbols: changeTypes } },
      ...text('changeOrigin', 'transactionKey'),
      { name: 'sequenceNumber', type: 'int' },
      { name: 'commitTimestamp', type: 'long' },
      { name: 'commitNumber', type: 'long' },
      ...text('commitUser'),
      ...['nulledFields', 'diffFields', 'changedFields'].map(texts),
    ],
  },
  doc: 'Data:ComplexValueType',
};

function changeEvent(object: SObject): object {
  const named = new Set<string>();
  const fields = bodyFields(object).map((field) => bodyField(object, field, named));
  return record(changeEventName(object.name), [header, ...fields]);
}

function bodyField(object: SObject, { name, field, compound }: BodyField, named: Set<string>): object {
  if (compound) return optional(name, [compoundType(compound, compound.type, named)], `Data:${compound.type}`);
  if (object.name === 'Account' && field.nameField)
    return optional(name, ['string', personName(named)], 'Data:Switchable_PersonName');
  return optional(name, [avroType(field.type)], docOf(field));
}

/** A record type is written out where it first occurs, and named after that. */
function compoundType({ parts }: Compound, name: string, named: Set<string>): unknown {
  if (named.has(name)) return name;
  named.add(name);
  const fields = parts.map((part) => optional(part.name, [avroType(part.field.type)]));
  return { type: 'record', name, fields };
}

/** What an account's name is where it is a person; the local org has business accounts only. */
function personName(named: Set<string>): unknown {
  if (named.has('Switchable_PersonName')) return 'Switchable_PersonName';
  named.add('Switchable_PersonName');
  const fields = ['Salutation', 'FirstName', 'LastName'].map((name) => optional(name, ['string']));
  return { type: 'record', name: 'Switchable_PersonName', fields };
}

export function avroType(type: FieldType): 'boolean' | 'int' | 'double' | 'long' | 'string' {
  if (type === 'boolean' || type === 'int') return type;
  if (type === 'double' || type === 'currency' || type === 'percent') return 'double';
  return type === 'date' || type === 'datetime' || type === 'time' ? 'long' : 'string';
}

const docs: Partial<Record<FieldType, string>> = {
  boolean: 'Data:Boolean',
  int: 'Data:Integer',
  double: 'Data:Double',
  currency: 'Data:Currency',
  percent: 'Data:Percent',
  date: 'Data:DateOnly',
  datetime: 'Data:DateTime',
  time: 'Data:TimeOnly',
  reference: 'ForeignKey:EntityId',
  email: 'Data:Email',
  phone: 'Data:Phone',
  url: 'Data:Url',
  picklist: 'Data:DynamicEnum',
  multipicklist: 'Data:MultiEnum',
};

function docOf({ name, type, length }: Field): string {
  if (name === 'CreatedDate') return 'CreatedDate:DateTime';
  if (type === 'textarea') return length > 255 ? 'Data:StringPlusClob' : 'Data:MultiLineText';
  return docs[type] ?? 'Data:Text';
}
