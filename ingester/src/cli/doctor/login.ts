import { classify } from '../../salesforce/errors.ts';
import { API_VERSION, type Session } from '../../salesforce/session.ts';
import type { Finding } from './finding.ts';

/** What to do, by the code with which a login fails (RFC 6749, and what Salesforce adds). */
const remedies: Record<string, string> = {
  invalid_client_id: 'set SALESFORCE_CLIENT_ID to the consumer key of the app',
  invalid_client: 'set SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET to those of the same app',
  invalid_grant:
    'client credentials: enable the flow in the app and choose the integration user to run as; JWT bearer: upload the ' +
    'certificate, and pre-authorize the user by a permission set',
  unsupported_grant_type: 'set SALESFORCE_LOGIN_URL to the My Domain of the org',
  inactive_user: 'activate the integration user',
  REQUEST_LIMIT_EXCEEDED: 'wait until calls of the last 24 hours have passed, or buy more',
  NETWORK: "set SALESFORCE_LOGIN_URL to the org's My Domain, and let this machine reach it",
  TIMEOUT: 'raise callTimeout, or look at status.salesforce.com',
};

/** The share of the day's calls below which they may run out before the day does. */
const FEW = 0.1;

/** Whether we get a session, and how many calls are left in it. */
export async function checkLogin(session: Session, where: string): Promise<Finding[]> {
  try {
    const usage = await session.call(async (connection, options) => {
      await connection.requestGet(`/services/data/v${API_VERSION}/`, options);
      return connection.limitInfo.apiUsage;
    });
    return [{ level: 'ok', check: 'login', where, what: 'the credentials give a session' }, callsFinding(where, usage)];
  } catch (error) {
    const { code, message } = classify(error);
    const remedy = remedies[code] ?? 'compare the SALESFORCE_ variables with the app in Setup';
    return [{ level: 'problem', check: 'login', where, what: `${code}: ${message}`, remedy }];
  }
}

/** From the header Sforce-Limit-Info, which needs no permission. */
function callsFinding(where: string, usage: { used: number; limit: number } | undefined): Finding {
  const check = 'API calls';
  if (!usage) {
    const remedy = 'look at Setup, Company Information, API Requests';
    return { level: 'warning', check, where, what: 'Salesforce does not say how many calls are left', remedy };
  }
  const left = Math.max(0, usage.limit - usage.used);
  const what = `${left} of ${usage.limit} calls are left for these 24 hours`;
  return left >= FEW * usage.limit
    ? { level: 'ok', check, where, what }
    : { level: 'warning', check, where, what, remedy: 'raise flushInterval, find who else uses them, or buy more' };
}
