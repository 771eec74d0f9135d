import { rest } from 'host/rest';
import { dataOrError, fetchingWire, type Result } from 'host/wire';

type FieldId = string | { objectApiName: string; fieldApiName: string };

interface FieldValue {
  value: unknown;
  displayValue: string | null;
}

export interface RecordRepresentation {
  id: string;
  apiName: string;
  fields: Record<string, FieldValue>;
}

interface Config {
  recordId?: string;
  fields?: FieldId | FieldId[];
  optionalFields?: FieldId | FieldId[];
  layoutTypes?: string | string[];
  modes?: string | string[];
}

const qualified = (field: FieldId): string =>
  typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
const list = (fields: FieldId | FieldId[] = []): string => [fields].flat().map(qualified).join(',');

/** Wire adapter: a record with the fields asked for. */
export const getRecord = fetchingWire<Config, RecordRepresentation, Result<RecordRepresentation>>({
  isComplete: ({ recordId, fields, optionalFields, layoutTypes }) =>
    Boolean(recordId && (fields ?? optionalFields ?? layoutTypes)),
  fetch: ({ recordId, fields, optionalFields, layoutTypes, modes }) => {
    const parameters = new URLSearchParams({ fields: list(fields), optionalFields: list(optionalFields) });
    if (layoutTypes) parameters.set('layoutTypes', list(layoutTypes));
    if (modes) parameters.set('modes', list(modes));
    return rest(`/ui-api/records/${recordId}?${parameters}`);
  },
  value: dataOrError,
});

function find(record: RecordRepresentation | undefined, field: FieldId): FieldValue | undefined {
  const [, ...path] = qualified(field).split('.');
  let found: FieldValue | undefined = { value: record, displayValue: null };
  for (const name of path) found = (found?.value as RecordRepresentation | null | undefined)?.fields[name];
  return found;
}

export const getFieldValue = (record: RecordRepresentation | undefined, field: FieldId): unknown =>
  find(record, field)?.value;

export const getFieldDisplayValue = (record: RecordRepresentation | undefined, field: FieldId): unknown =>
  find(record, field)?.displayValue;

/** Creates a record of `apiName`; throws a FetchError whose body has the problems by field. */
export const createRecord = (input: {
  apiName: string;
  fields: Record<string, unknown>;
}): Promise<RecordRepresentation> => rest('/ui-api/records', 'POST', input);

/** With `ifUnmodifiedSince`, a record that somebody changed after it stays as it is (412). */
export async function updateRecord(
  input: { fields: Record<string, unknown> & { Id: string } },
  { ifUnmodifiedSince }: { ifUnmodifiedSince?: string } = {},
): Promise<RecordRepresentation> {
  const { Id, ...fields } = input.fields;
  const headers: Record<string, string> = ifUnmodifiedSince ? { 'if-unmodified-since': ifUnmodifiedSince } : {};
  const record = await rest<RecordRepresentation>(`/ui-api/records/${Id}`, 'PATCH', { fields }, headers);
  await notifyRecordUpdateAvailable([{ recordId: Id }]);
  return record;
}

export const deleteRecord = (recordId: string): Promise<void> => rest(`/ui-api/records/${recordId}`, 'DELETE');

export async function notifyRecordUpdateAvailable(records: { recordId: string }[]): Promise<void> {
  const ids = new Set(records.map(({ recordId }) => recordId));
  const wires = [...getRecord.live].filter(({ config }) => ids.has(config?.recordId ?? ''));
  await Promise.all(wires.map((wire) => wire.refetch()));
}
