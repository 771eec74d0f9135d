import type { FieldDefinition, ObjectDefinition } from '../schema/definition.ts';
import { optional } from './custom-field.ts';
import type { Xml } from './xml.ts';

/** A CustomObject element and its fields: a custom object or a platform event. */
export function customObject(name: string, xml: Xml, given: readonly FieldDefinition[]): ObjectDefinition {
  if (!/__[ce]$/.test(name)) xml.fail(`object ${name}: only custom objects and platform events are supported`);
  if (xml.one('customSettingsType')) xml.fail(`object ${name}: custom settings are not supported by the local org`);
  const isEvent = name.endsWith('__e');
  const hasHistory = xml.flag('enableHistory');
  const fields = given.map((field) => ({ ...field, trackHistory: hasHistory && field.trackHistory === true }));
  const isDetail = fields.some(
    ({ type, onDelete, required }) => type === 'reference' && onDelete === 'cascade' && required,
  );
  const label = xml.text('label') ?? name;
  return {
    name,
    label,
    labelPlural: xml.text('pluralLabel') ?? label,
    isEvent,
    publishesImmediately: xml.text('publishBehavior') === 'PublishImmediately',
    activities: xml.flag('enableActivities'),
    fields: isEvent ? fields : [...(isDetail ? [] : [owner]), nameField(xml), ...fields],
  };
}

const owner: FieldDefinition = {
  name: 'OwnerId',
  label: 'Owner ID',
  type: 'reference',
  to: ['Group', 'User'],
  required: true,
};

function nameField(xml: Xml): FieldDefinition {
  const field = xml.one('nameField');
  const common = { name: 'Name', type: 'string', nameField: true, label: field?.text('label') ?? 'Name' } as const;
  return field?.text('type') === 'AutoNumber'
    ? { ...common, length: 80, ...optional('autoNumber', field.text('displayFormat')) }
    : { ...common, length: 80 };
}
