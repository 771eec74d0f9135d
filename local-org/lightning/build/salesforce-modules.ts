import { existsSync, readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import type { Plugin } from 'rollup';

/**
 * The `@salesforce/*` modules that the platform compiles into a component: labels and fields from the package's metadata,
 * what belongs to a session from the page.
 */
export function salesforceModules(labelsFile: string): Plugin {
  const labels = readLabels(labelsFile);
  return {
    name: 'salesforce-modules',
    resolveId: (id, importer) =>
      id.startsWith('@salesforce/') && !importer?.includes('node_modules') ? `\0${id}` : null,
    load(id) {
      if (!id.startsWith('\0@salesforce/')) return null;
      const [, kind = '', name = ''] = /^\0@salesforce\/([^/]+)\/(.+)$/.exec(id) ?? [];
      return moduleOf(kind, name);
    },
  };

  function moduleOf(kind: string, name: string): string {
    if (kind === 'label') return constant(label(name));
    if (kind === 'schema') return constant(schema(name));
    if (kind === 'i18n' && name === 'locale') return 'export default document.documentElement.lang;';
    if (kind === 'client' && name === 'formFactor') {
      return "export default matchMedia('(max-width: 48rem)').matches ? 'Small' : 'Large';";
    }
    if (kind === 'userPermission') return hasPermission('user', name);
    if (kind === 'customPermission') return hasPermission('custom', name);
    if (kind === 'user' && name === 'Id') return `export default ${PAGE}.user.id;`;
    if (kind === 'user' && name === 'isGuest') return constant(false);
    throw new Error(`the page host does not know @salesforce/${kind}/${name}`);
  }

  function label(name: string): string {
    const text = labels.get(name.replace(/^c\./, ''));
    if (text === undefined) throw new Error(`${labelsFile} has no label ${name}`);
    return text;
  }
}

/** What the server put into the page. */
const PAGE = "JSON.parse(document.getElementById('page').textContent)";

/** As on the platform: true, or undefined. */
const hasPermission = (kind: 'user' | 'custom', name: string): string =>
  `export default ${PAGE}.permissions.${kind}.includes(${JSON.stringify(name.replace(/^c__/, ''))}) || undefined;`;

const constant = (value: unknown): string => `export default ${JSON.stringify(value)};`;

function schema(name: string): { objectApiName: string; fieldApiName?: string } {
  const [objectApiName = '', ...field] = name.split('.');
  return field.length ? { objectApiName, fieldApiName: field.join('.') } : { objectApiName };
}

function readLabels(file: string): Map<string, string> {
  if (!existsSync(file)) return new Map();
  const parser = new XMLParser({ isArray: (name) => name === 'labels', parseTagValue: false });
  const { CustomLabels } = parser.parse(readFileSync(file)) as {
    CustomLabels: { labels: { fullName: string; value: string }[] };
  };
  return new Map(CustomLabels.labels.map(({ fullName, value }) => [fullName, value]));
}
