import { API_VERSION } from '../../salesforce/session.ts';
import type { Finding } from './finding.ts';

/** The clocks may differ by this, in milliseconds: a third of the lifetime of a JWT. */
const TOLERANCE = 60_000;

/** Whether the host answers, serves our API version, and has our time: what needs no login. */
export async function checkHost(
  { loginUrl }: { loginUrl: string },
  { fetch, clock, timeout }: { fetch: typeof globalThis.fetch; clock: () => number; timeout: number },
): Promise<Finding[]> {
  const where = new URL('/services/data', loginUrl).href;
  let versions: { version: string }[];
  let date: number;
  try {
    const response = await fetch(where, { signal: AbortSignal.timeout(timeout) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    date = Date.parse(response.headers.get('date') ?? '');
    versions = (await response.json()) as typeof versions;
  } catch (error) {
    const { cause, message } = error as Error;
    const what = `it cannot be asked (${cause instanceof Error ? cause.message : message})`;
    const remedy = "set SALESFORCE_LOGIN_URL to the org's My Domain, and let this machine reach it";
    return [{ level: 'problem', check: 'host', where, what, remedy }];
  }
  return [versionFinding(where, versions), clockFinding(loginUrl, date - clock())];
}

function versionFinding(where: string, versions: readonly { version: string }[]): Finding {
  const check = 'API version';
  return versions.some(({ version }) => version === API_VERSION)
    ? { level: 'ok', check, where, what: `${API_VERSION} is there` }
    : {
        level: 'problem',
        check,
        where,
        what: `there is no version ${API_VERSION}`,
        remedy: 'set SALESFORCE_LOGIN_URL to a Salesforce org of Spring ’26 or later',
      };
}

/** HTTP dates have whole seconds. */
function clockFinding(where: string, skew: number): Finding {
  const check = 'clock';
  const seconds = Math.round(skew / 1000);
  if (Number.isNaN(skew))
    return { level: 'warning', check, where, what: 'the answer has no Date', remedy: 'compare the clocks by hand' };
  if (Math.abs(skew) <= TOLERANCE) return { level: 'ok', check, where, what: 'the same as ours, within a minute' };
  return {
    level: 'problem',
    check,
    where,
    what: `our clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'behind' : 'ahead of'} Salesforce's`,
    remedy: 'synchronize the clock of this machine (NTP); logins and signatures depend on it',
  };
}
