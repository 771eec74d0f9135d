import type { Model } from '../../../../scoring-core/src/index.ts';
import { Refused } from '../command.ts';
import { query } from '../../salesforce/query.ts';
import type { Session } from '../../salesforce/session.ts';
import { selectWhere } from '../../salesforce/soql.ts';

/** A Scoring_Model__c record, and the number of its published version. */
export interface Draft {
  id: string;
  version: number;
}

/** Length of Draft__c and Definition__c. */
const LONGEST = 131_072;

/** Makes the model the draft of the record with its key; the record is made where there is none. Throws Refused, SalesforceError. */
export async function importModel(session: Session, model: Model): Promise<Draft> {
  const Draft__c = JSON.stringify(model);
  if (Draft__c.length > LONGEST)
    throw new Refused(`the model has ${Draft__c.length} characters; Draft__c holds ${LONGEST}; take rules out`);
  const fields = ['Id', 'Object__c', 'Version__c'];
  const soql = selectWhere({ object: 'Scoring_Model__c', fields }, { External_Id__c: model.key });
  const [row] = await query(session, soql);
  if (!row) {
    const record = { Name: model.name, External_Id__c: model.key, Object__c: model.object, Draft__c };
    const { id } = await session.call((connection, options) =>
      connection.requestPost<{ id: string }>('/sobjects/Scoring_Model__c', record, options),
    );
    return { id, version: 0 };
  }
  const id = String(row['Id']);
  if (row['Object__c'] !== model.object)
    throw new Refused(
      `the model "${model.key}" scores ${String(row['Object__c'])}, the file ${model.object}; give the file another key`,
    );
  await session.call((connection, options) =>
    connection.requestPatch(`/sobjects/Scoring_Model__c/${id}`, { Draft__c }, options),
  );
  return { id, version: Number(row['Version__c'] ?? 0) };
}
