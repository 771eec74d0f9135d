import type { Component } from './component.ts';
import type { Inventory } from './inventory.ts';
import type { Problem } from './problem.ts';

/** What an import of a Lightning web component names, and how Salesforce says that it is not there. */
const imports: readonly {
  readonly pattern: RegExp;
  readonly found: (inventory: Inventory, name: string) => boolean;
  readonly message: (name: string, bundle: string, file: string) => string;
}[] = [
  {
    pattern: /from\s*['"]c\/([^'"]+)['"]/g,
    found: (inventory, name) => inventory.has('LightningComponentBundle', name),
    message: (name, bundle) => `No MODULE named markup://c:${name} found : [markup://c:${bundle}]`,
  },
  {
    pattern: /from\s*['"]@salesforce\/schema\/([^'"]+)['"]/g,
    found: ({ schema }, path) => resolves(schema, path),
    message: (name, _, file) =>
      `Invalid reference ${name} of type ${name.includes('.') ? 'sobjectField' : 'sobjectClass'} in file ${file}`,
  },
  {
    pattern: /from\s*['"]@salesforce\/label\/c\.([^'"]+)['"]/g,
    found: (inventory, name) => inventory.has('CustomLabel', name),
    message: (name, _, file) => `Invalid reference c.${name} of type label in file ${file}`,
  },
  {
    pattern: /from\s*['"]@salesforce\/customPermission\/([^'"]+)['"]/g,
    found: (inventory, name) => inventory.has('CustomPermission', name),
    message: (name, _, file) => `Invalid reference ${name} of type customPermission in file ${file}`,
  },
  {
    pattern: /from\s*['"]@salesforce\/apex\/([^'"]+)['"]/g,
    found: () => false,
    message: (name) => `Unable to find Apex action class referenced as '${name}'.`,
  },
];

/** What is missing in or around a Lightning web component. Its code is not compiled. */
export function bundleProblems({ type, fullName, file, files }: Component, inventory: Inventory): Problem[] {
  if (type !== 'LightningComponentBundle' || !files) return [];
  const problems: Problem[] = [];
  if (!files.has(`${file}/${fullName}.js`))
    problems.push({
      problem: `${fullName}.js is missing: a bundle needs a module of its own name`,
      line: 1,
      column: 1,
    });
  for (const [path, text] of [...files].filter(([name]) => name.endsWith('.js')))
    for (const { pattern, found, message } of imports)
      for (const match of text.matchAll(pattern))
        if (!found(inventory, match[1]!))
          problems.push({
            problem: message(match[1]!, fullName, path.split('/').at(-1)!),
            ...placeIn(text, match.index),
          });
  return problems;
}

/** `Lead`, `Lead.Score__c`, `Score__c.Lead__r.Name` */
function resolves(schema: Inventory['schema'], path: string): boolean {
  const [name = '', ...steps] = path.split('.');
  let object = schema.object(name);
  for (const step of steps.slice(0, -1)) object = schema.object(object?.parent(step)?.referenceTo[0] ?? '');
  return object !== undefined && (steps.length === 0 || object.field(steps.at(-1)!) !== undefined);
}

function placeIn(text: string, index: number): { line: number; column: number } {
  const lines = text.slice(0, index).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
