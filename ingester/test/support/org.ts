import { join } from 'node:path';
import { integrationApp } from '../../../local-org/src/oauth/connected-app.ts';
import { openOrg } from '../../../local-org/src/open.ts';
import { usernames } from '../../../local-org/src/seed.ts';
import { createServer } from '../../../local-org/src/server.ts';
import type { Credentials } from '../../src/salesforce/authorize.ts';
import { leadModel, mapping } from './model.ts';

const forceApp = join(import.meta.dirname, '../../../force-app');

export type Fields = Record<string, unknown>;
export type TestOrg = Awaited<ReturnType<typeof startOrg>>;

/** A local org on a free port, with the package, and ways to look into it and to make it fail. */
export async function startOrg({
  source = forceApp,
  dailyApiRequests,
}: { source?: string; dailyApiRequests?: number } = {}) {
  const org = openOrg({ source, clock: Date.now });
  const admin = org.user(usernames.admin)!;
  const server = createServer(org, { faults: true, dailyApiRequests });
  const watchers: ((seam: 'asked' | 'done', path: string) => void)[] = [];
  const tell = (seam: 'asked' | 'done', path: string) => {
    for (const watch of watchers) watch(seam, path);
  };
  server.addHook('onRequest', (request, _reply, done) => {
    tell('asked', request.url);
    done();
  });
  server.addHook('onSend', (request, _reply, payload, done) => {
    tell('done', request.url);
    done(null, payload);
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const credentials: Credentials = {
    kind: 'client credentials',
    clientId: integrationApp.id,
    clientSecret: integrationApp.secret!,
  };

  const insert = (object: string, row: Fields): string => {
    const [result] = org.insert(admin, object, [row as never]);
    if (!result?.success) throw new Error(JSON.stringify(result));
    return result.id!;
  };

  return {
    url,
    credentials,
    /** Called with the path of every call when it is asked, and when it has been done and is about to be answered. */
    watch: (watcher: (typeof watchers)[number]) => {
      watchers.push(watcher);
    },
    insert,
    lead: (Email: string, more: Fields = {}) => insert('Lead', { LastName: 'Doe', Company: 'Acme', Email, ...more }),
    model: (definition: object = leadModel, more: Fields = {}) =>
      insert('Scoring_Model__c', {
        Name: 'Leads',
        External_Id__c: (definition as { key: string }).key,
        Object__c: 'Lead',
        Status__c: 'Active',
        Version__c: 1,
        Definition__c: JSON.stringify(definition),
        ...mapping,
        ...more,
      }),
    update: (object: string, row: Fields) => {
      const [result] = org.update(admin, object, [row as never]);
      if (!result?.success) throw new Error(JSON.stringify(result));
    },
    remove: (id: string) => org.remove(admin, [id]),
    query: (soql: string) => org.query(admin, soql).records as unknown as Fields[],
    /** Fails the next calls that match; see local-org/src/faults. */
    fault: async (fault: object) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) };
      const response = await fetch(`${url}/local-org/faults`, init);
      if (!response.ok) throw new Error(await response.text());
    },
    faultsLeft: async () => ((await (await fetch(`${url}/local-org/faults`)).json()) as unknown[]).length,
    stop: async () => {
      await server.close();
      org.close();
    },
  };
}
