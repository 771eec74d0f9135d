import { standardObjects } from '../catalogue/catalogue.ts';
import { LoadError } from '../errors.ts';
import type { Source } from '../metadata/source.ts';
import { buildSchema } from './build.ts';
import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { historyDefinitions } from './history.ts';
import type { Schema } from './types.ts';

/** The standard objects with the source's fields on them, and the source's own objects. */
export function loadSchema(source: Source, keyPrefix: (definition: ObjectDefinition) => string): Schema {
  const standard = standardObjects();
  for (const name of source.extensions.keys())
    if (!standard.some((object) => object.name === name))
      throw new LoadError(`objects/${name}: the local org has neither this standard object nor its object-meta.xml`);
  const extended = standard.map((object) => ({
    ...object,
    fields: [...object.fields.map(tracking(source, object)), ...(source.extensions.get(object.name) ?? [])],
  }));
  const all = [...extended, ...source.custom];
  return buildSchema([...all, ...historyDefinitions(all)], keyPrefix);
}

/** Standard fields whose history the source tracks. */
function tracking({ tracked }: Source, { name: object, fields }: ObjectDefinition) {
  const found = tracked.get(object) ?? [];
  for (const xml of found)
    if (!fields.some(({ name }) => name === xml.required('fullName')))
      xml.fail(`the local org has no field ${object}.${xml.required('fullName')}`);
  const names = new Set(found.map((xml) => xml.required('fullName')));
  return (field: FieldDefinition): FieldDefinition =>
    names.has(field.name) ? { ...field, trackHistory: true } : field;
}
