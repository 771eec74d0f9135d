import type { Requirements } from '../../../scoring-core/src/index.ts';
import { queryAll, type Salesforce } from '../salesforce/salesforce.ts';
import type { SalesforceRow } from '../salesforce/query.ts';
import { selectIn, type Select } from '../salesforce/soql.ts';

/** A converted lead takes no more writes; its contact has taken over. */
const conditions: Record<string, Record<string, boolean>> = { Lead: { IsConverted: false } };

/**
 * Records with exactly the fields that a model reads, by ID; those that Salesforce no longer has are missing. Child rows
 * of the record come as subqueries. SOQL cannot ask for the children of a parent (`Account.Opportunities`); those are
 * fetched for the parents and put in their place.
 */
export async function fetchRecords(
  salesforce: Salesforce,
  { object, fields, children }: Requirements,
  ids: readonly string[],
): Promise<Map<string, SalesforceRow>> {
  const paths = children.map(({ path }) => path);
  const childrenUnder = (parent: string): Select[] =>
    children
      .filter(({ path }) => parentOf(path) === parent)
      .map((child) => ({
        object: child.path.slice(child.path.lastIndexOf('.') + 1),
        fields: child.fields.length === 0 ? ['Id'] : child.fields,
        children: childrenUnder(child.path),
      }));
  const parents = [...new Set(paths.map(parentOf))].filter((parent) => parent !== '' && !paths.includes(parent));

  const select = {
    object,
    fields: ['Id', ...fields, ...parents.map((parent) => `${parent}.Id`)],
    children: childrenUnder(''),
  };
  const where = { in: { field: 'Id', values: ids }, and: conditions[object] ?? {} };
  const rows = await queryAll(salesforce, selectIn(select, where));
  for (const parent of parents) await addChildrenOfParent(salesforce, rows, parent, childrenUnder(parent));
  return new Map(rows.map((row) => [String(row['Id']), row]));
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));

async function addChildrenOfParent(salesforce: Salesforce, rows: SalesforceRow[], path: string, children: Select[]) {
  const parents = rows.map((row) => at(row, path)).filter((parent) => parent !== undefined);
  const object = parents[0]?.attributes.type;
  if (object === undefined) return;
  const where = { in: { field: 'Id', values: parents.map(({ Id }) => String(Id)) } };
  const found = await queryAll(salesforce, selectIn({ object, fields: ['Id'], children }, where));
  const byId = new Map(found.map((row) => [row['Id'], row]));
  for (const parent of parents) Object.assign(parent, { ...byId.get(parent['Id']), ...parent });
}

const at = (row: SalesforceRow, path: string): SalesforceRow | undefined =>
  path
    .split('.')
    .reduce<SalesforceRow | undefined>((row, name) => (row?.[name] ?? undefined) as SalesforceRow | undefined, row);
