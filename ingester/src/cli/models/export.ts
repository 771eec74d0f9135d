import { Refused } from '../command.ts';
import { query } from '../../salesforce/query.ts';
import type { Session } from '../../salesforce/session.ts';
import { selectWhere } from '../../salesforce/soql.ts';

/** The definition of a model as JSON, indented. Throws Refused where there is none, and SalesforceErrors. */
export async function exportModel(session: Session, key: string, which: 'draft' | 'published'): Promise<string> {
  const fields = ['Draft__c', 'Definition__c'];
  const [row] = await query(session, selectWhere({ object: 'Scoring_Model__c', fields }, { External_Id__c: key }));
  if (!row)
    throw new Refused(`there is no Scoring_Model__c whose External_Id__c is "${key}"; name another, or import it`);
  const text = (which === 'draft' ? row['Draft__c'] : null) ?? row['Definition__c'];
  if (typeof text !== 'string')
    throw new Refused(
      `the model "${key}" has no ${which === 'draft' ? 'draft' : 'published definition'}; publish it, or export its draft`,
    );
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    throw new Refused(`what the model "${key}" holds is not JSON; open it in the model builder`);
  }
}
