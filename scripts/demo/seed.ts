import { readFile } from 'node:fs/promises';
import type { Connection } from 'jsforce';
import type { Person } from './history.ts';

const ROWS_PER_CALL = 200;

/** The sales rep of the local org, who owns the sample leads. */
const REP = 'Robin Reed';

type Lead = Person & Record<string, unknown>;

const read = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../examples/${file}`, import.meta.url), 'utf8')) as unknown;

/** The sample leads, in the format of `sf data import tree`. */
export const sampleLeads = async (): Promise<Lead[]> => ((await read('leads.json')) as { records: Lead[] }).records;

/** Writes the sample model, active and mapped to the fields of the package, and the sample leads into an org. */
export async function seed(org: Connection): Promise<{ leads: number }> {
  const definition = (await read('scoring-model.json')) as { key: string; name: string; object: string };
  await save(org, 'Scoring_Model__c', [
    {
      Name: definition.name,
      External_Id__c: definition.key,
      Object__c: definition.object,
      Status__c: 'Active',
      Version__c: 1,
      Definition__c: JSON.stringify(definition),
      Score_Field__c: 'Lead_Score__c',
      Rating_Field__c: 'Score_Rating__c',
      Grade_Field__c: 'Score_Grade__c',
      Score_Changed_At_Field__c: 'Score_Changed_At__c',
      Last_Engagement_At_Field__c: 'Last_Engagement_At__c',
      Last_Engagement_Type_Field__c: 'Last_Engagement_Type__c',
    },
  ]);
  const rep = await org.sobject('User').findOne({ Name: REP }, ['Id']);
  const leads = (await sampleLeads()).map((lead) => ({ ...lead, OwnerId: rep?.Id }));
  await save(org, 'Lead', leads);
  return { leads: leads.length };
}

async function save(org: Connection, object: string, rows: Record<string, unknown>[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_CALL) {
    const results = await org.sobject(object).create(rows.slice(start, start + ROWS_PER_CALL), { allOrNone: true });
    const failed = results.find((result) => !result.success);
    if (failed) throw new Error(`${object}: ${failed.errors[0]?.message ?? 'not saved'}`);
  }
}
