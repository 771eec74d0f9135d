import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LoadError } from '../errors.ts';
import { kinds } from './kinds.ts';

/** Metadata in source format: the text of each `-meta.xml` file by its path. Other files are there by name, empty. */
export type SourceFiles = ReadonlyMap<string, string>;

/** Reads an sfdx source folder, with any package folders below it. Throws a LoadError where there is none. */
export function readFolder(folder: string): SourceFiles {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new LoadError(`${folder} is not a folder; name an sfdx source folder such as force-app`);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    paths
      .map((path) => join(folder, path))
      .filter((path) => statSync(path).isFile())
      .map((path) => [relative(process.cwd(), path), path.endsWith('-meta.xml') ? readFileSync(path, 'utf8') : '']),
  );
}

/**
 * The files with `changes` in the place of those that hold the same component. The paths of changes begin at the folder
 * of the metadata type: `objects/Lead/fields/Score__c.field-meta.xml`.
 */
export function withChanges(files: SourceFiles, changes: SourceFiles): SourceFiles {
  const replaced = [...files].filter(([path]) => !changes.has(componentPath(path)));
  return new Map([...replaced, ...changes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const folders = new Set(kinds.map(({ folder }) => folder));

/** A path without the folders in front of that of the metadata type. */
export function componentPath(path: string): string {
  const steps = path.split(/[\\/]/);
  const at = steps.findLastIndex((step) => folders.has(step));
  return at < 0 ? path : steps.slice(at).join('/');
}
