import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import jsforce, { type Connection } from 'jsforce';
import type { Step } from '../../ingester/src/trace.ts';
import { integrationApp } from '../../local-org/src/oauth/connected-app.ts';
import { root, UserError } from '../program.ts';
import { startService, type Service } from './service.ts';

const API_VERSION = '66.0';

/** What a running ingester says of each engagement, and of each delivery when it is accepted. */
export type Traced = Step | { readonly step: 'accepted'; readonly delivery: number; readonly ms: number };

/** The whole product on this machine: the local org with its page, and the ingester. */
export interface Stack {
  readonly org: Connection;
  readonly orgUrl: string;
  /** Opens the Lightning page, signed in as a sales rep. */
  readonly pageUrl: string;
  readonly ingesterUrl: string;
  /** Secrets of the connections, made anew at each start. */
  readonly secrets: { readonly SEGMENT_SECRET: string; readonly WEBINARS_SECRET: string };
  readonly trace: EventEmitter<{ step: [Traced] }>;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** 0: any free port. */
  readonly orgPort: number;
  readonly ingesterPort: number;
  /** Where both keep their data. */
  readonly folder: string;
  /** Brings the org into shape before the ingester reads its models. */
  readonly prepare?: (org: Connection) => Promise<void>;
}

/** Starts everything and waits until it is ready. Throws a UserError when a port is busy or the folder cannot be written. */
export async function startStack({ orgPort, ingesterPort, folder, prepare }: StackOptions): Promise<Stack> {
  await makeFolder(folder);
  const services: Service<unknown>[] = [];
  const stop = async () => {
    for (const service of services.toReversed()) await service.stop();
  };
  try {
    const localOrg = await startService({
      program: 'local-org/src/main.ts',
      args: [
        ...['--strict', '--source', join(root, 'dist/package'), '--data', join(folder, 'org.db')],
        ...['--port', String(orgPort), '--lightning', join(root, 'dist/lightning')],
      ],
      readyWhen: readOrgAddress,
    });
    services.push(localOrg);
    const { url: orgUrl, clientId, clientSecret, pageUrl } = localOrg.ready;
    const org = await connect(orgUrl, clientId, clientSecret);
    await prepare?.(org);

    const trace = new EventEmitter<{ step: [Traced] }>();
    const secrets = { SEGMENT_SECRET: randomUUID(), WEBINARS_SECRET: randomUUID() };
    const ingester = await startService({
      program: 'ingester/src/main.ts',
      env: {
        ...secrets,
        PORT: String(ingesterPort),
        SCORELINE_CONFIG: await writeConfig(folder),
        SCORELINE_DATA: folder,
        SALESFORCE_LOGIN_URL: orgUrl,
        SALESFORCE_CLIENT_ID: integrationApp.id,
        SALESFORCE_CLIENT_SECRET: integrationApp.secret!,
      },
      readyWhen: (line) => parse(line)['listening'] as string | undefined,
      onLine: (line) => {
        const fields = parse(line);
        if ('step' in fields) trace.emit('step', fields as unknown as Traced);
      },
    });
    services.push(ingester);
    return { org, orgUrl, pageUrl, ingesterUrl: ingester.ready, secrets, trace, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UserError(`cannot write the folder ${folder} (${(error as Error).message}); choose another with --data`);
  }
}

/** The sample configuration, with a log line for each step. */
async function writeConfig(folder: string): Promise<string> {
  const sample = JSON.parse(await readFile(join(root, 'examples/ingester.json'), 'utf8')) as object;
  const file = join(folder, 'ingester.json');
  await writeFile(file, JSON.stringify({ ...sample, trace: true }));
  return file;
}

function readOrgAddress(line: string) {
  const [, url, clientId, clientSecret, pageUrl] =
    /ready at (\S+); client credentials (\S+) \/ (\S+); page (\S+)$/.exec(line) ?? [];
  return url && clientId && clientSecret && pageUrl ? { url, clientId, clientSecret, pageUrl } : undefined;
}

async function connect(loginUrl: string, clientId: string, clientSecret: string): Promise<Connection> {
  const org = new jsforce.Connection({ version: API_VERSION, loginUrl, oauth2: { loginUrl, clientId, clientSecret } });
  await org.authorize({ grant_type: 'client_credentials' });
  return org;
}

function parse(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return {};
  }
}
