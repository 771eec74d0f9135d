import type { Config } from '../../config.ts';
import { createModels } from '../../evaluate/models.ts';
import { SalesforceError } from '../../salesforce/errors.ts';
import { query } from '../../salesforce/query.ts';
import type { Salesforce } from '../../salesforce/salesforce.ts';
import { createSession } from '../../salesforce/session.ts';
import { write } from '../../salesforce/write.ts';
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
  const { active, findings } = await readModels(salesforce, clock);
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

/** The active models as the ingester reads them, and what keeps others from being scored. */
async function readModels(salesforce: Salesforce, clock: () => number) {
  const check = 'models';
  const where = 'Scoring_Model__c';
  const log = { info: () => undefined, warn: () => undefined };
  const models = createModels({ salesforce, store: { noteModels: () => Promise.resolve() }, clock, log });
  const findings = await attempt(check, async () => {
    await models.refresh();
    const remedy = 'correct the draft in the model builder and publish it';
    const refused = [...models.problems()].map(([key, what]): Finding => ({
      level: 'problem',
      check,
      where: `${where} "${key}"`,
      what,
      remedy,
    }));
    if (models.all().length > 0)
      return [
        ...refused,
        {
          level: 'ok',
          check,
          where,
          what: models
            .all()
            .map(({ model }) => model.key)
            .join(', '),
        },
      ];
    const publish = 'build a model and publish it; docs/models.md';
    return [
      ...refused,
      { level: 'warning', check, where, what: 'no model is active: nothing is scored', remedy: publish },
    ];
  });
  return { active: models.all(), findings };
}

/** A check that Salesforce does not let us finish is a finding too. */
async function attempt(check: string, work: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    const remedy = 'deploy the package, and assign the permission set Scoreline Ingester to the integration user';
    return [{ level: 'problem', check, where: 'Salesforce', what: `${error.code}: ${error.message.trim()}`, remedy }];
  }
}
