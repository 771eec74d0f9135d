import { LoadError } from '../errors.ts';
import { compileComputedFields } from './computed-fields.ts';
import { toField } from './definition.ts';
import type { ObjectDefinition } from './definition.ts';
import { historyNames } from './history.ts';
import { withSystemFields } from './system-fields.ts';
import type { ChildRelationship, Field, Schema, SObject } from './types.ts';

/** The schema of all the definitions. `keyPrefix` gives the prefix of an object that brings none. */
export function buildSchema(
  definitions: readonly ObjectDefinition[],
  keyPrefix: (definition: ObjectDefinition) => string,
): Schema {
  const activityEnabled = definitions.filter(({ activities }) => activities).map(({ name }) => name);
  const children = new Map<string, ChildRelationship[]>();
  const objects = definitions.map((definition) => {
    const fields = withSystemFields(definition)
      .map((field) => (definition.view === undefined ? field : { ...field, derived: `{${field.name}}` }))
      .map((field) => toField(field, activityEnabled));
    const own: ChildRelationship[] = [];
    children.set(definition.name.toLowerCase(), own);
    return buildObject(definition, definition.keyPrefix ?? keyPrefix(definition), fields, own);
  });
  for (const object of objects) {
    for (const field of object.fields) {
      for (const target of field.referenceTo) {
        const own = children.get(target.toLowerCase());
        if (!own)
          throw new LoadError(`${object.name}.${field.name} looks up to ${target}, which the local org does not have`);
        const child = { name: childName(field), object: object.name, field };
        if (
          child.name === null ||
          !own.some(({ name, object: other }) => name === child.name && other === child.object)
        )
          own.push(child);
      }
    }
  }
  const byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
  const byPrefix = new Map(objects.map((object) => [object.keyPrefix, object]));
  for (const object of objects)
    for (const { name, controller } of object.fields)
      if (controller !== null && !object.field(controller))
        throw new LoadError(`${object.name}.${name}: the controlling field ${controller} is not there`);
  const schema: Schema = {
    objects,
    object: (name) => byName.get(name.toLowerCase()),
    ofId: (id) => byPrefix.get(id.slice(0, 3)),
  };
  compileComputedFields(schema, definitions);
  return schema;
}

const mergeable = ['Account', 'Case', 'Contact', 'Lead'];

function historyFor(definition: ObjectDefinition, fields: readonly Field[]): SObject['history'] {
  const names = definition.fields.filter(({ trackHistory = false }) => trackHistory).map(({ name }) => name);
  if (names.length === 0 || definition.isEvent) return null;
  const { name, lookup } = historyNames(definition.name);
  return { object: name, lookup, tracked: fields.filter((field) => names.includes(field.name)) };
}

const childName = ({ childRelationshipName: name, custom }: Field) => (name && custom ? `${name}__r` : name);

function buildObject(
  definition: ObjectDefinition,
  keyPrefix: string,
  fields: readonly Field[],
  childRelationships: readonly ChildRelationship[],
): SObject {
  const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  const byRelationship = new Map(fields.map((field) => [field.relationshipName?.toLowerCase(), field]));
  const writable = !definition.readOnly;
  return {
    name: definition.name,
    label: definition.label,
    labelPlural: definition.labelPlural,
    keyPrefix,
    custom: /__[ce]$/.test(definition.name),
    isEvent: definition.isEvent ?? false,
    publishesImmediately: definition.publishesImmediately ?? false,
    view: definition.view ?? null,
    historyOf: definition.historyOf ?? null,
    history: historyFor(definition, fields),
    createable: writable,
    updateable: writable && !definition.isEvent,
    deletable: writable && !definition.isEvent && definition.name !== 'User',
    mergeable: mergeable.includes(definition.name),
    recycleBin: !definition.setup && !definition.isEvent,
    fields,
    stored: fields.filter(({ derived }) => derived === null),
    nameField: fields.find(({ nameField }) => nameField),
    childRelationships,
    field: (name) => byName.get(name.toLowerCase()),
    parent: (name) => byRelationship.get(name.toLowerCase()),
    children: (name) => childRelationships.find((child) => child.name?.toLowerCase() === name.toLowerCase()),
  };
}
