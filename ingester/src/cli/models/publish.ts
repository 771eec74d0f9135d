import type { Model } from '../../../../scoring-core/src/index.ts';
import { classify, errorFor, type SalesforceError } from '../../salesforce/errors.ts';
import { API_VERSION, type Session } from '../../salesforce/session.ts';
import type { Draft } from './import.ts';

interface Part {
  httpStatusCode: number;
  body: { errorCode?: string; message?: string }[] | null;
}

/**
 * Makes the model what records are scored by, and keeps it as a version: both or none, as the model builder does.
 * Resolves with the number of the version. Throws SalesforceError.
 */
export async function publishModel(
  session: Session,
  { id, version: last }: Draft,
  model: Model,
  note: string,
): Promise<number> {
  const version = last + 1;
  const Definition__c = JSON.stringify(model);
  const base = `/services/data/v${API_VERSION}/sobjects`;
  const compositeRequest = [
    {
      method: 'POST',
      url: `${base}/Scoring_Model_Version__c`,
      referenceId: 'version',
      body: { Model__c: id, Version__c: version, Definition__c, Note__c: note || null },
    },
    {
      method: 'PATCH',
      url: `${base}/Scoring_Model__c/${id}`,
      referenceId: 'model',
      body: { Definition__c, Draft__c: null, Version__c: version, Status__c: 'Active' },
    },
  ];
  const { compositeResponse } = await session.call((connection, options) =>
    connection.requestPost<{ compositeResponse: Part[] }>('/composite', { allOrNone: true, compositeRequest }, options),
  );
  const refusal = refusalOf(compositeResponse);
  if (refusal) throw refusal;
  return version;
}

/** The error of the part that failed; the others were only undone with it. */
function refusalOf(parts: readonly Part[]): SalesforceError | undefined {
  const failed = parts.filter(({ httpStatusCode }) => httpStatusCode >= 300);
  const errors = failed.map(({ body, httpStatusCode }) => {
    const { errorCode, message = '' } = body?.[0] ?? {};
    return errorCode === undefined
      ? classify(new Error('the answer is incomplete'))
      : errorFor(errorCode, message, httpStatusCode);
  });
  return errors.find(({ code }) => code !== 'PROCESSING_HALTED') ?? errors[0];
}
