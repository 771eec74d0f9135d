import { kinds } from '../metadata/kinds.ts';
import { componentPath } from '../metadata/source-files.ts';
import type { SourceFiles } from '../metadata/source-files.ts';
import { parseXml } from '../metadata/xml.ts';
import type { Schema } from '../schema/types.ts';

/** What components an org has, by type; objects and fields are those of the schema. */
export interface Inventory {
  readonly schema: Schema;
  has(type: string, fullName: string): boolean;
}

/** The paths in source format of the components of a type. */
const patterns: readonly (readonly [type: string, pattern: RegExp])[] = [
  ...kinds.map(
    ({ type, folder, suffix }) =>
      [type, pattern(folder, suffix ?? `.${type[0]!.toLowerCase()}${type.slice(1)}`)] as const,
  ),
  ['LightningComponentBundle', /^lwc\/([^/]+)\/\1\.js-meta\.xml$/],
  ['CustomLabel', pattern('labels', '.label')],
];

function pattern(folder: string, suffix: string): RegExp {
  return new RegExp(`^${folder}/(.+)\\${suffix}-meta\\.xml$`);
}

/** What these files hold. */
export function inventoryOf(files: SourceFiles, schema: Schema): Inventory {
  const found = new Set<string>();
  for (const [path, text] of files) {
    const component = componentPath(path);
    for (const [type, paths] of patterns) {
      const name = paths.exec(component)?.[1];
      if (name !== undefined) found.add(`${type} ${name}`);
    }
    if (component.endsWith('.labels-meta.xml'))
      for (const label of parseXml(text, 'CustomLabels', path).all('labels'))
        found.add(`CustomLabel ${label.text('fullName') ?? ''}`);
  }
  return {
    schema,
    has: (type, name) => {
      if (type === 'CustomObject') return schema.object(name)?.name === name;
      if (type === 'CustomField') {
        const [object = '', field = ''] = name.split('.');
        return schema.object(object)?.field(field)?.name === field;
      }
      return found.has(`${type} ${name}`);
    },
  };
}
