import { queryAll, type Salesforce } from '../salesforce/salesforce.ts';
import { selectIn } from '../salesforce/soql.ts';
import type { Found, Unbound } from '../store/store.ts';

/** Where people are looked for: leads until they are converted, and contacts. */
const objects = [
  { object: 'Lead', prefix: '00Q', and: { IsConverted: false } },
  { object: 'Contact', prefix: '003', and: {} },
];

/** Finds the records of people by email or by the record ID that a source knows, with one query an object and key. */
export async function lookUp(salesforce: Salesforce, people: readonly Unbound[]): Promise<Found[]> {
  const ids = people.flatMap(({ salesforceIds }) => salesforceIds);
  const found = await Promise.all(
    objects.flatMap(({ object, prefix, and }) => [
      find(
        object,
        'Email',
        people.flatMap(({ emails }) => emails),
        and,
      ),
      find(
        object,
        'Id',
        ids.filter((id) => id.startsWith(prefix)),
        and,
      ),
    ]),
  );
  const rows = found.flat();
  return people.map(({ person, version, emails, salesforceIds }) => {
    const mine = rows.filter((row) => emails.includes(row.email) || salesforceIds.some((id) => row.id.startsWith(id)));
    const records = new Map(mine.map(({ id, object }) => [id, { id, object }]));
    return { person, version, records: [...records.values()] };
  });

  async function find(object: string, field: string, values: string[], and: Record<string, boolean>) {
    const queries = selectIn({ object, fields: ['Id', 'Email'] }, { in: { field, values }, and });
    return (await queryAll(salesforce, queries)).map((row) => ({
      id: String(row['Id']),
      object,
      email: typeof row['Email'] === 'string' ? row['Email'].toLowerCase() : '',
    }));
  }
}
