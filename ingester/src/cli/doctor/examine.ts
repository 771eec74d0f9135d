import type { Config } from '../../config.ts';
import { query } from '../../salesforce/query.ts';
import type { Salesforce } from '../../salesforce/salesforce.ts';
import { createSession } from '../../salesforce/session.ts';
import { write } from '../../salesforce/write.ts';
import { checkActiveModels } from './active-models.ts';
import { attempt } from './attempt.ts';
import { checkChannel } from './channel.ts';
import type { Finding } from './finding.ts';
import { checkConnections, checkStore } from './here.ts';
import { checkHost } from './host.ts';
import { checkLogin } from './login.ts';
import { checkModelReads, checkReads } from './reads.ts';
import { checkWrites } from './writes.ts';

export interface ExamineParts {
  config: Config;
  fetch: typeof globalThis.fetch;
  clock: () => number;
  /** 0..1 */
  random: () => number;
}

/** All findings, as far as one can get: without a login nothing of the org is looked at. Writes nothing to the org. */
export async function examine({ config, fetch, clock, random }: ExamineParts): Promise<Finding[]> {
  const { salesforce: org, callTimeout: timeout, concurrency } = config;
  const here = [...checkConnections(config), await checkStore({ config, clock, random })];
  const host = await checkHost(org, { fetch, clock, timeout });
  if (host.some(({ check }) => check === 'host')) return [...here, ...host];

  const session = createSession({ ...org, timeout, concurrency, clock });
  const login = await checkLogin(session, org.loginUrl);
  if (login.some(({ level }) => level === 'problem')) return [...here, ...host, ...login];

  const salesforce: Salesforce = {
    query: (soql) => query(session, soql),
    write: (collections) => write(session, collections),
    calls: session.calls,
  };
  const { active, findings } = await checkActiveModels(salesforce, clock);
  return [
    ...here,
    ...host,
    ...login,
    ...findings,
    ...(await attempt('read', () => checkReads(salesforce))),
    ...(await attempt('read', async () =>
      (await Promise.all(active.map((each) => checkModelReads(salesforce, each)))).flat(),
    )),
    ...(await attempt('write', () => checkWrites(session, active))),
    ...(await attempt('event channel', async () => [await checkChannel(session, fetch)])),
  ];
}
