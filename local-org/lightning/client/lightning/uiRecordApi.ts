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
}

const qualified = (field: FieldId): string =>
  typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
const list = (fields: FieldId | FieldId[] = []): string => [fields].flat().map(qualified).join(',');

/** Wire adapter: a record with the fields asked for. */
export const getRecord = fetchingWire<Config, RecordRepresentation, Result<RecordRepresentation>>({
  isComplete: ({ recordId, fields, optionalFields }) => Boolean(recordId && (fields ?? optionalFields)),
  fetch: ({ recordId, fields, optionalFields }) => {
    const parameters = new URLSearchParams({ fields: list(fields), optionalFields: list(optionalFields) });
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

export async function updateRecord(input: {
  fields: Record<string, unknown> & { Id: string };
}): Promise<RecordRepresentation> {
  const { Id, ...fields } = input.fields;
  const record = await rest<RecordRepresentation>(`/ui-api/records/${Id}`, 'PATCH', { fields });
  await notifyRecordUpdateAvailable([{ recordId: Id }]);
  return record;
}

export async function notifyRecordUpdateAvailable(records: { recordId: string }[]): Promise<void> {
  const ids = new Set(records.map(({ recordId }) => recordId));
  const wires = [...getRecord.live].filter(({ config }) => ids.has(config?.recordId ?? ''));
  await Promise.all(wires.map((wire) => wire.refetch()));
}
