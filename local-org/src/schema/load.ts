import { standardObjects } from '../catalogue/catalogue.ts';
import { LoadError } from '../errors.ts';
import type { Source } from '../metadata/source.ts';
import { buildSchema } from './build.ts';
import type { ObjectDefinition } from './definition.ts';
import type { Schema } from './types.ts';

/** The standard objects with the source's fields on them, and the source's own objects. */
export function loadSchema(source: Source, keyPrefix: (definition: ObjectDefinition) => string): Schema {
  const standard = standardObjects();
  for (const name of source.extensions.keys())
    if (!standard.some((object) => object.name === name))
      throw new LoadError(`objects/${name}: the local org has neither this standard object nor its object-meta.xml`);
  const extended = standard.map((object) => ({
    ...object,
    fields: [...object.fields, ...(source.extensions.get(object.name) ?? [])],
  }));
  return buildSchema([...extended, ...source.custom], keyPrefix);
}
