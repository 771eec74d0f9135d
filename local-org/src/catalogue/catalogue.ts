import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectDefinition } from '../schema/definition.ts';

/** The standard objects, one JSON file each: fields, lengths, picklists and lookups as a new Salesforce org has them. */
export function standardObjects(): ObjectDefinition[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as ObjectDefinition);
}
