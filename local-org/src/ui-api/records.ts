import { ApiError, invalidField } from '../errors.ts';
import type { Org, QueryRecord, SaveError, User } from '../org.ts';
import { literal } from '../rest/request.ts';
import type { Row, SObject } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import { fieldValue } from './field-value.ts';
import type { FieldValue } from './field-value.ts';

/** A record as UI API answers it; a parent is a field whose value is a record again. */
export interface RecordRepresentation {
  readonly apiName: string;
  readonly id: string;
  readonly fields: Record<string, FieldValue>;
  readonly childRelationships: object;
  readonly lastModifiedDate: string | null;
  readonly systemModstamp: string | null;
}

const STAMPS = ['LastModifiedDate', 'SystemModstamp'];

/** The record with the fields asked for, as `Lead.Company` or `Lead.Owner.Name`. An unknown optional field is left out. */
export function readRecord(
  org: Org,
  user: User,
  id: string,
  fields: readonly string[],
  optionalFields: readonly string[] = [],
): RecordRepresentation {
  const object = objectOf(org, id);
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

/** Saves the fields of a record; throws the 400 of UI API, with the problems by field. */
export function updateRecord(org: Org, user: User, id: string, fields: Row): RecordRepresentation {
  const object = objectOf(org, id);
  const [result] = org.update(user, object.name, [{ ...fields, Id: id }]);
  if (!result?.success) throw new RecordError(object, result?.errors ?? []);
  return readRecord(
    org,
    user,
    id,
    Object.keys(fields).map((name) => `${object.name}.${name}`),
  );
}

/** What UI API answers when a record cannot be saved. */
export class RecordError extends Error {
  readonly status = 400;
  readonly body: object;

  constructor({ name: apiName }: SObject, errors: readonly SaveError[]) {
    super('An error occurred while trying to update the record. Please try again.');
    const entries = errors.flatMap(({ statusCode: errorCode, message, fields }) =>
      (fields.length ? fields : [null]).map((field) => ({
        constituentField: null,
        duplicateRecordError: null,
        errorCode,
        field,
        fieldLabel: field,
        message,
      })),
    );
    const named = entries.filter(({ field }) => field !== null);
    this.body = {
      message: this.message,
      statusCode: this.status,
      enhancedErrorType: 'RecordError',
      output: {
        errors: entries.filter(({ field }) => field === null),
        fieldErrors: Object.groupBy(named, ({ field }) => field ?? ''),
        apiName,
      },
    };
  }
}

function objectOf(org: Org, id: string): SObject {
  const object = canonicalId(id) && org.schema.ofId(id);
  if (!object) throw notFound();
  return object;
}

const notFound = (): ApiError => new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');

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

function columns(object: SObject, path: readonly string[]): string[] {
  const [first = '', second] = path;
  return second === undefined ? [first] : [object.parent(first)!.name, path.join('.')];
}

function represent(org: Org, object: SObject, record: QueryRecord, paths: readonly string[][]): RecordRepresentation {
  const fields: Record<string, FieldValue> = {};
  const parents = new Map<string, string[][]>();
  for (const [first = '', ...rest] of paths) {
    if (rest.length) parents.set(first, [...(parents.get(first) ?? []), rest]);
    else fields[first] = fieldValue(object.field(first)!, record[first]);
  }
  for (const [name, below] of parents) fields[name] = parentValue(org, object, record, name, below);
  return {
    apiName: object.name,
    id: record['Id'] as string,
    fields,
    childRelationships: {},
    lastModifiedDate: stamp(object, record, 'LastModifiedDate'),
    systemModstamp: stamp(object, record, 'SystemModstamp'),
  };
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
