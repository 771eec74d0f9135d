import { Connection } from 'jsforce';
import { demoApp } from '../../src/oauth/connected-app.ts';
import type { Sessions } from '../../src/oauth/sessions.ts';
import type { Allowances } from '../../src/limits/allowances.ts';
import { openOrg } from '../../src/open.ts';
import type { OrgOptions } from '../../src/open.ts';
import type { Org } from '../../src/org.ts';
import { createServer } from '../../src/server.ts';
import type { ServerOptions } from '../../src/server.ts';

export const forceApp = new URL('../../../force-app', import.meta.url).pathname;

export interface Running {
  readonly org: Org;
  readonly url: string;
  readonly sessions: Sessions;
  readonly allowances: Allowances;
  /** The real client, logged in with client credentials. */
  readonly client: Connection;
  readonly stop: () => Promise<void>;
}

/** An org with the package's metadata behind a real socket, and jsforce on the other end. */
export async function start(
  options: ServerOptions = {},
  clock: () => number = Date.now,
  orgOptions: Partial<OrgOptions> = {},
): Promise<Running> {
  const org = openOrg({ source: forceApp, clock, ...orgOptions });
  const server = createServer(org, options);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const client = connect(url);
  await client.authorize({ grant_type: 'client_credentials' });
  const stop = async () => {
    await server.close();
    org.close();
  };
  return { org, url, sessions: server.sessions, allowances: server.allowances, client, stop };
}

export const connect = (url: string, { id, secret } = { id: demoApp.id, secret: demoApp.secret! }) =>
  new Connection({
    version: '66.0',
    instanceUrl: url,
    oauth2: { loginUrl: url, clientId: id, clientSecret: secret },
  });

/** What a failed call answered: `[errorCode, message, fields]`. */
export async function refusal(call: PromiseLike<unknown>): Promise<[string, string, ...string[][]]> {
  try {
    await call;
  } catch (error) {
    const { errorCode, message, data } = error as { errorCode: string; message: string; data?: { fields?: string[] } };
    return data?.fields ? [errorCode, message, data.fields] : [errorCode, message];
  }
  throw new Error('the call was not refused');
}
