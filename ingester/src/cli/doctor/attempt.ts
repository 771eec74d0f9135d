import { Permanent, SalesforceError } from '../../salesforce/errors.ts';
import { DEPLOY, type Finding } from './finding.ts';

/** A check that Salesforce does not let us finish is a finding too. */
export async function attempt(check: string, work: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    const remedy = error instanceof Permanent ? DEPLOY : 'try again; if it stays so, look at status.salesforce.com';
    return [{ level: 'problem', check, where: 'Salesforce', what: `${error.code}: ${error.message.trim()}`, remedy }];
  }
}
