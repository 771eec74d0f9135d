import { readFileSync } from 'node:fs';
import type { Xml } from '../metadata/xml.ts';
import { problemAt } from './problem.ts';
import type { Problem } from './problem.ts';

/** The elements of each metadata type: `boolean`, `ListView[]`; `!` where it must be there. See scripts/metadata-types.ts. */
interface MetadataTypes {
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

const { types, enums } = JSON.parse(
  readFileSync(new URL('metadata-types.json', import.meta.url), 'utf8'),
) as MetadataTypes;

const namespace = '{http://soap.sforce.com/2006/04/metadata}';

/** Elements whose content is theirs alone: Salesforce reads it by other rules. */
const opaque = ['targetConfigs'];

/** What Salesforce's parser would refuse in an element of this type: elements, their number and order, and values. */
export function shapeProblems(xml: Xml, type: string): Problem[] {
  const members = types[type];
  if (!members) return valueProblems(xml, type);
  const problems = xml.children.flatMap((child, i) => {
    const member = members[child.tag];
    if (member === undefined)
      return [problemAt(child, `Element ${namespace}${child.tag} invalid at this location in type ${type}`)];
    const before = xml.children.findLastIndex(({ tag }, k) => k < i && tag === child.tag);
    if (before >= 0 && !(member.endsWith('[]') && before === i - 1))
      return [problemAt(child, `Element ${child.tag} is duplicated at this location in type ${type}`)];
    return opaque.includes(child.tag) ? [] : shapeProblems(child, member.replace(/(\[\])?!?$/, ''));
  });
  const missing = Object.entries(members).filter(([tag, member]) => member.endsWith('!') && !xml.one(tag));
  return [...problems, ...missing.map(([tag]) => problemAt(xml, `Required field is missing: ${tag}`))];
}

function valueProblems(xml: Xml, type: string): Problem[] {
  const [child] = xml.children;
  if (child) return [problemAt(child, `Element ${namespace}${child.tag} invalid at this location in type ${type}`)];
  const value = xml.value.trim();
  const values = enums[type];
  if (values && !values.includes(value))
    return [problemAt(xml, `'${value}' is not a valid value for the enum '${type}'`)];
  const wrong = (type === 'boolean' && !/^(true|false|0|1)$/.test(value)) || (type === 'number' && !isNumber(value));
  return wrong ? [problemAt(xml, `'${value}' is not a valid value for the type xsd:${xsd[type]!}`)] : [];
}

const xsd: Readonly<Record<string, string>> = { boolean: 'boolean', number: 'double' };

const isNumber = (text: string) => /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
