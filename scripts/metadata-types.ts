// Writes local-org/src/deploy/metadata-types.json: which elements the metadata types that the local org takes have.
// Salesforce publishes them as TypeScript; each release drops some that still deploy, so two releases are united.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import ts from 'typescript';
import { kinds } from '../local-org/src/metadata/kinds.ts';
import { main, root } from './program.ts';
import { installSubProject } from './sub-project.ts';

const tools = 'config/salesforce-tools';
const packages = ['@salesforce/types', 'salesforce-types-2025'];
export const target = join(root, 'local-org/src/deploy/metadata-types.json');

/** An enum of hundreds of values is a list of products, not of spellings. */
const mostValues = 300;

interface Declarations {
  /** Elements and their types: `boolean`, `ListView[]`; one that must be there ends with `!`. */
  readonly types: Map<string, Map<string, string>>;
  readonly enums: Map<string, string[]>;
}

/** The file's content, as it is now. */
export async function metadataTypes(): Promise<string> {
  const releases = await Promise.all(
    packages.map(async (name) => {
      const path = join(root, tools, 'node_modules', name, 'lib/metadata.d.ts');
      return declarations(ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.Latest));
    }),
  );
  const types: Record<string, Record<string, string>> = {};
  const enums: Record<string, string[]> = {};
  const reach = (name: string): void => {
    const values = new Set(releases.flatMap(({ enums: known }) => known.get(name) ?? []));
    if (values.size > 0 && values.size <= mostValues) enums[name] = [...values].sort();
    if (values.size > 0 || types[name]) return;
    const members = releases.flatMap(({ types: known }) => [...(known.get(name) ?? [])]);
    if (members.length === 0) return;
    types[name] = Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
    for (const type of Object.values(types[name])) reach(type.replace(/(\[\])?!?$/, ''));
  };
  for (const { type } of kinds) reach(type);
  return format(JSON.stringify({ types, enums }), { parser: 'json', printWidth: 120 });
}

function declarations(file: ts.SourceFile): Declarations {
  const types = new Map<string, Map<string, string>>();
  const enums = new Map<string, string[]>();
  const aliases = new Map(file.statements.filter(ts.isTypeAliasDeclaration).map(({ name, type }) => [name.text, type]));
  for (const [name, type] of aliases) {
    const parts = ts.isUnionTypeNode(type) ? type.types : [type];
    const literals = parts.flatMap((part) => (ts.isLiteralTypeNode(part) ? [part.literal] : []));
    if (literals.length === 0) types.set(name, members(file, type, aliases));
    else
      enums.set(
        name,
        literals.filter(ts.isStringLiteral).map(({ text }) => text),
      );
  }
  return { types, enums };
}

/** The elements of a type and of those that it extends. */
function members(
  file: ts.SourceFile,
  type: ts.TypeNode,
  aliases: ReadonlyMap<string, ts.TypeNode>,
): Map<string, string> {
  if (ts.isIntersectionTypeNode(type)) return new Map(type.types.flatMap((part) => [...members(file, part, aliases)]));
  const extended = ts.isTypeReferenceNode(type) ? aliases.get(type.typeName.getText(file)) : undefined;
  if (extended) return members(file, extended, aliases);
  if (!ts.isTypeLiteralNode(type)) return new Map();
  return new Map(
    type.members.filter(ts.isPropertySignature).map((member) => {
      const text = member.type!.getText(file).replace(/\s*\|\s*null$/, '');
      const required = !member.questionToken && !text.endsWith('[]');
      return [member.name.getText(file), required ? `${text}!` : text];
    }),
  );
}

if (import.meta.main)
  await main(async () => {
    await installSubProject(tools);
    await writeFile(target, await metadataTypes());
  });
