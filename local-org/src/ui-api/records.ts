import { invalidField } from '../errors.ts';
import type { Org, QueryRecord, User } from '../org.ts';
import { literal } from '../rest/request.ts';
import type { SObject } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import { fieldValue } from './field-value.ts';
import type { FieldValue } from './field-value.ts';
import { layoutFields } from './layout.ts';
import type { LayoutType, Mode } from './layout.ts';
import { notFound } from './record-error.ts';
import { masterRecordType } from './record-type.ts';
import { eTag } from './etag.ts';
import { isSupported } from './supported.ts';

/** A record as UI API answers it; a parent is a field whose value is a record again. */
export interface RecordRepresentation {
  readonly apiName: string;
  readonly id: string;
  readonly fields: Record<string, FieldValue>;
  readonly childRelationships: object;
  readonly eTag: string;
  readonly lastModifiedById: string | null;
  readonly lastModifiedDate: string | null;
  readonly recordTypeId: string;
  readonly recordTypeInfo: null;
  readonly systemModstamp: string | null;
  /** Changes when the record does, whatever fields were read. */
  readonly weakEtag: number;
}

const STAMPS = ['LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];

/** The record with the fields asked for, as `Lead.Company` or `Lead.Owner.Name`. An unknown optional field is left out. */
export function readRecord(
  org: Org,
  user: User,
  id: string,
  fields: readonly string[],
  optionalFields: readonly string[] = [],
): RecordRepresentation {
  const object = objectOfRecord(org, id);
  const paths = [
    ...required(org, object, fields),
    ...optionalFields.map((name) => pathOf(org, object, name)).filter((path) => path !== undefined),
  ];
  const needed = new Set([
    'Id',
    ...STAMPS.filter((name) => object.field(name)),
    ...paths.flatMap((path) => columns(object, path)),
  ]);
  const [record] = org.query(
    user,
    `SELECT ${[...needed].join(', ')} FROM ${object.name} WHERE Id = ${literal(id)}`,
  ).records;
  if (!record) throw notFound();
  return represent(org, object, record, paths);
}

/** The object of a record's ID, if this user may see it. */
export function objectOfRecord(org: Org, id: string): SObject {
  const object = canonicalId(id) && org.schema.ofId(id);
  if (!object || !isSupported(object)) throw notFound();
  return object;
}

/** The fields of layouts, qualified. */
export function recordFields(org: Org, id: string, types: readonly LayoutType[], modes: readonly Mode[]): string[] {
  const object = objectOfRecord(org, id);
  const fields = types.flatMap((type) => modes.flatMap((mode) => layoutFields(object, type, mode)));
  return [...new Set(fields.map(({ name }) => `${object.name}.${name}`))];
}

function required(org: Org, object: SObject, names: readonly string[]): string[][] {
  return names.map((name) => {
    const path = pathOf(org, object, name);
    if (!path) throw invalidField(`No such column '${name}' on entity '${object.name}'.`);
    return path;
  });
}

/** `Lead.Owner.Name` as `['Owner', 'Name']`, where it exists. */
function pathOf(org: Org, object: SObject, name: string): string[] | undefined {
  const [apiName, ...path] = name.split('.');
  if (apiName?.toLowerCase() !== object.name.toLowerCase() || path.length < 1 || path.length > 2) return undefined;
  const [first = '', second] = path;
  if (second === undefined) return object.field(first) ? path : undefined;
  const targets = object.parent(first)?.referenceTo ?? [];
  return targets.some((target) => org.schema.object(target)?.field(second)) ? path : undefined;
}

/** What to select for a path; of a parent whose object is known also what its state is told by. */
function columns(object: SObject, path: readonly string[]): string[] {
  const [first = '', second] = path;
  if (second === undefined) return [first];
  const lookup = object.parent(first)!;
  const stamps = lookup.referenceTo.length === 1 ? STAMPS.map((name) => `${first}.${name}`) : [];
  return [lookup.name, path.join('.'), ...stamps];
}

function represent(org: Org, object: SObject, record: QueryRecord, paths: readonly string[][]): RecordRepresentation {
  const fields: Record<string, FieldValue> = {};
  const parents = new Map<string, string[][]>();
  for (const [first = '', ...rest] of paths) {
    if (rest.length) parents.set(first, [...(parents.get(first) ?? []), rest]);
    else fields[first] = fieldValue(object.field(first)!, record[first]);
  }
  for (const [name, below] of parents) fields[name] = parentValue(org, object, record, name, below);
  const content = {
    apiName: object.name,
    childRelationships: {},
    fields,
    id: record['Id'] as string,
    lastModifiedById: stamp(object, record, 'LastModifiedById'),
    lastModifiedDate: stamp(object, record, 'LastModifiedDate'),
    recordTypeId: masterRecordType,
    recordTypeInfo: null,
    systemModstamp: stamp(object, record, 'SystemModstamp'),
  };
  return { ...content, eTag: eTag(content), weakEtag: Date.parse(content.systemModstamp ?? '') || 0 };
}

function parentValue(org: Org, object: SObject, record: QueryRecord, name: string, paths: string[][]): FieldValue {
  const id = record[object.parent(name)!.name];
  const parent = record[name] as QueryRecord | null | undefined;
  const type = typeof id === 'string' ? org.schema.ofId(id) : undefined;
  if (!parent || !type) return { value: null, displayValue: null };
  const known = paths.filter(([field = '']) => type.field(field));
  const nameOf = type.nameField?.name ?? 'Name';
  return {
    displayValue: (parent[nameOf] as string | undefined) ?? null,
    value: represent(org, type, { ...parent, Id: id }, known),
  };
}

const stamp = (object: SObject, record: QueryRecord, name: string): string | null => {
  const field = object.field(name);
  return field ? (fieldValue(field, record[name]).value as string | null) : null;
};
