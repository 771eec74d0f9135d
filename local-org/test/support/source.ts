import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A source folder with these files, by path. */
export function sourceFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'source-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The file of a custom field, `Lead.Tier__c`, and what its metadata says besides its name. */
export function fieldFile(path: string, inner: string): [string, string] {
  const [object, name] = path.split('.');
  return [
    `objects/${object!}/fields/${name!}.field-meta.xml`,
    `<CustomField><fullName>${name!}</fullName><label>${name!}</label>${inner}</CustomField>`,
  ];
}

/** The file of a custom object with a text name, and what its metadata says besides. */
export const objectFile = (name: string, inner = ''): [string, string] => [
  `objects/${name}/${name}.object-meta.xml`,
  `<CustomObject>${inner}<label>${name}</label><pluralLabel>${name}s</pluralLabel><nameField><label>Name</label><type>Text</type></nameField></CustomObject>`,
];
