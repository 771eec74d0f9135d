import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import { getFieldDisplayValue, getFieldValue, type RecordRepresentation } from 'lightning/uiRecordApi';

/** A field of a record, ready to show. */
export interface ShownField {
  name: string;
  label: string;
  text: string | null;
  /** Path of the record that the field refers to. */
  url: string | null;
  isDateTime: boolean;
  value: unknown;
}

/** The fields that `names` need: a lookup needs the name of its record as well. */
export function fieldsFor(info: ObjectInfo, names: readonly string[]): string[] {
  return [...info.nameFields.slice(0, 1), ...names]
    .filter((name) => info.fields[name])
    .flatMap((name) => {
      const parent = info.fields[name]?.relationshipName;
      return parent ? [name, `${parent}.Name`] : [name];
    })
    .map((name) => `${info.apiName}.${name}`);
}

export const nameOf = (info: ObjectInfo, record: RecordRepresentation): string =>
  asText(getFieldValue(record, `${info.apiName}.${info.nameFields[0]}`) ?? record.id);

export function shownFields(info: ObjectInfo, record: RecordRepresentation, names: readonly string[]): ShownField[] {
  return names.flatMap((name) => {
    const field = info.fields[name];
    return field ? [shown(info, record, name, field)] : [];
  });
}

function shown(
  info: ObjectInfo,
  record: RecordRepresentation,
  name: string,
  field: ObjectInfo['fields'][string],
): ShownField {
  const id = `${info.apiName}.${name}`;
  const value = getFieldValue(record, id);
  const parent =
    field.relationshipName &&
    (getFieldValue(record, `${info.apiName}.${field.relationshipName}`) as RecordRepresentation | null);
  return {
    name,
    label: field.label.replace(/ ID$/, ''),
    text: parent ? asText(parent.fields['Name']?.value) : asText(getFieldDisplayValue(record, id) ?? value),
    url: parent && hasPage(parent.apiName) ? `/lightning/r/${parent.apiName}/${parent.id}/view` : null,
    isDateTime: field.dataType === 'DateTime' && value !== null,
    value,
  };
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);

const hasPage = (object: string): boolean => !['User', 'Group'].includes(object);
