import { invalidType } from '../errors.ts';
import { allRecords } from '../soql/pages.ts';
import type { Org, QueryRecord, User } from '../org.ts';
import type { Field, SObject } from '../schema/types.ts';
import { parseSosl } from './parse.ts';
import type { Returning, SearchGroup } from './parse.ts';

/** The records that a SOSL search finds, object by object. Words are found whole and in any case, at once after a save. */
export function search(org: Org, user: User, sosl: string, version: string): QueryRecord[] {
  const { terms, group, returning, limit } = parseSosl(sosl);
  const everywhere = org.schema.objects.filter(({ isEvent, recycleBin }) => !isEvent && recycleBin);
  const asked: readonly Returning[] =
    returning.length > 0
      ? returning
      : everywhere.map(({ name }) => ({ object: name, fields: 'Id', where: '', rest: '' }));
  const found = asked.flatMap(({ object: name, fields, where, rest }) => {
    const object = org.schema.object(name);
    if (!object || object.isEvent) throw invalidType(`sObject type '${name}' is not supported.`);
    const ids = matching(org, user, object, terms, group);
    if (ids.length === 0) return [];
    const among = `Id IN (${ids.map((id) => `'${id}'`).join(', ')})`;
    const condition = where ? `${among} AND (${where})` : among;
    return allRecords(org, user, `SELECT ${fields} FROM ${object.name} WHERE ${condition}${rest}`, { version });
  });
  return found.slice(0, limit);
}

/** The IDs of the records in which every term stands in one of the searched fields. */
function matching(org: Org, user: User, object: SObject, terms: readonly string[], group: SearchGroup): string[] {
  const fields = object.fields.filter((field) => isSearched(field, group)).map(({ name }) => name);
  if (fields.length === 0) return [];
  const patterns = terms.map(pattern);
  const like = (term: string) => fields.map((name) => `${name} LIKE '%${likeText(term)}%'`).join(' OR ');
  const condition = terms.map((term) => `(${like(term)})`).join(' AND ');
  const soql = `SELECT ${[...new Set(['Id', ...fields])].join(', ')} FROM ${object.name} WHERE ${condition}`;
  return allRecords(org, user, soql)
    .filter((record) => patterns.every((one) => fields.some((name) => one.test((record[name] ?? '') as string))))
    .map((record) => record['Id'] as string);
}

const isSearched = ({ type, nameField, name, length }: Field, group: SearchGroup): boolean => {
  if (group === 'EMAIL') return type === 'email';
  if (group === 'PHONE') return type === 'phone';
  if (group === 'NAME') return nameField || name === 'FirstName' || name === 'LastName';
  return ['string', 'email', 'phone', 'url', 'textarea', 'combobox'].includes(type) && length <= 255;
};

const letter = String.raw`[\p{L}\p{N}]`;

/** Finds a term as whole words. */
function pattern(term: string): RegExp {
  const text = term
    .replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
    .replaceAll('*', `${letter}*`)
    .replaceAll('?', letter);
  return new RegExp(`(?<!${letter})${text}(?!${letter})`, 'iu');
}

/** A term for LIKE, which only narrows the search down. */
const likeText = (term: string) =>
  term
    .replace(/[\\'%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
