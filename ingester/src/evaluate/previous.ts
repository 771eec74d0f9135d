import { queryAll, type Salesforce } from '../salesforce/salesforce.ts';
import { selectIn } from '../salesforce/soql.ts';
import { parsed } from './parsed.ts';

export interface Last {
  value: number | null;
  rating: string | null;
  grade: string | null;
  earned: Record<string, string>;
}

/** The last results that stand in Salesforce, by External_Id__c: what the store knows nothing of, as after its loss. */
export async function fetchPrevious(salesforce: Salesforce, ids: readonly string[]): Promise<Map<string, Last>> {
  const fields = ['External_Id__c', 'Value__c', 'Rating__c', 'Grade__c', 'Explanation__c'];
  const queries = selectIn({ object: 'Score__c', fields }, { in: { field: 'External_Id__c', values: ids } });
  return new Map(
    (await queryAll(salesforce, queries)).map((row) => [
      String(row['External_Id__c']),
      {
        value: row['Value__c'] as number | null,
        rating: row['Rating__c'] as string | null,
        grade: row['Grade__c'] as string | null,
        earned: parsed(row['Explanation__c']).earned ?? {},
      },
    ]),
  );
}
