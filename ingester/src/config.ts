import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { adapters } from './adapters/index.ts';
import type { Settings } from './adapters/adapter.ts';
import type { Credentials } from './salesforce/authorize.ts';

/** Wrong configuration: the message says where and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const milliseconds = (fallback: number, least = 1) => z._default(z.int().check(z.gte(least)), fallback);

const Connection = z.strictObject({
  /** One of the adapters. */
  adapter: z.enum([...adapters.keys()], { error: `expected one of ${[...adapters.keys()].join(', ')}` }),
  /** Name of the environment variable that holds the secret. */
  secretFrom: z.exactOptional(z.string()),
  publicKey: z.exactOptional(z.string()),
  certificates: z.exactOptional(z.record(z.string(), z.string())),
  topics: z.exactOptional(z.array(z.string())),
  url: z.exactOptional(z.url()),
  allowUnsigned: z.exactOptional(z.boolean()),
  mapping: z.exactOptional(z.record(z.string(), z.string())),
});

const File = z.strictObject({
  connections: z.record(z.string().check(z.regex(/^[\w.-]{1,100}$/)), Connection),
  /** How long a write that is not urgent waits for company. */
  flushInterval: milliseconds(100, 0),
  /** How often the published models are read anew. */
  modelRefreshInterval: milliseconds(30_000),
  /** How long until somebody who was not found in Salesforce is looked for again; doubled each time. */
  retryUnmatched: milliseconds(30_000),
  /** How long a call to Salesforce may take. */
  callTimeout: milliseconds(30_000),
  /** How long nothing is asked of an org that has no calls left. */
  throttlePause: milliseconds(15_000),
  /** How many calls to Salesforce may be in progress at once. */
  concurrency: z._default(z.int().check(z.gte(1), z.lte(25)), 5),
  /** The largest body, in bytes. */
  bodyLimit: z._default(z.int().check(z.gte(1)), 1_048_576),
  /** How many deliveries may wait in the inbox. */
  highWaterMark: z._default(z.int().check(z.gte(1)), 100_000),
  /** One log line for each step of each engagement. */
  trace: z._default(z.boolean(), false),
});

export interface Config extends Omit<z.infer<typeof File>, 'connections'> {
  connections: Record<string, Settings & { adapter: string }>;
  host: string;
  port: number;
  /** Where the store is: PostgreSQL, or if null the folder of SQLite. */
  databaseUrl: string | null;
  dataFolder: string;
  salesforce: { loginUrl: string; credentials: Credentials };
}

const isPostgres = (url: string) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url);

/** Where the store is and where it is to go: SCORELINE_DATA and DATABASE_URL. Throws ConfigError. */
export function readStorePlaces(environment: NodeJS.ProcessEnv = process.env): { folder: string; url: string } {
  const { SCORELINE_DATA: folder, DATABASE_URL: url } = environment;
  if (!folder) throw new ConfigError('SCORELINE_DATA is not set; set it to the folder of the SQLite store');
  if (!url || !isPostgres(url))
    throw new ConfigError(
      'DATABASE_URL is no URL that begins with postgres://; set it to an empty PostgreSQL database',
    );
  return { folder, url };
}

/** Where to listen: HOST and PORT. Throws ConfigError. */
export function readAddress(environment: NodeJS.ProcessEnv = process.env): Pick<Config, 'host' | 'port'> {
  const port = environment['PORT'] ?? '8080';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new ConfigError(`PORT is "${port}"; set it to a port number`);
  return { host: environment['HOST'] ?? '127.0.0.1', port: Number(port) };
}

/** How to log in: the variables that begin with SALESFORCE_. Throws ConfigError. */
export function readSalesforce(environment: NodeJS.ProcessEnv = process.env): Config['salesforce'] {
  return {
    loginUrl: loginUrl(environment['SALESFORCE_LOGIN_URL'] ?? 'https://login.salesforce.com'),
    credentials: credentials(environment),
  };
}

/** All that no log line may hold. */
export function secretsOf({ connections, databaseUrl, salesforce: { credentials } }: Config): string[] {
  const own = Object.values(connections).map(({ secret }) => secret);
  const salesforce = credentials.kind === 'JWT bearer' ? credentials.privateKey : credentials.clientSecret;
  const password = databaseUrl === null ? '' : new URL(databaseUrl).password;
  return [...own, salesforce, password, decodeURIComponent(password)].filter((secret) => secret !== undefined);
}

/** Reads the configuration from the environment and the file that it names. Throws ConfigError. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const required = (name: string, purpose: string) => requiredIn(environment, name, purpose);
  const path = required('SCORELINE_CONFIG', "the path of the ingester's JSON file (ingester/README.md has an example)");
  const { connections, ...file } = parseFile(path, readFile(path, 'SCORELINE_CONFIG'));

  const connection = (name: string, { secretFrom, ...settings }: z.infer<typeof Connection>) => {
    const secret = secretFrom && required(secretFrom, `the secret of the connection "${name}" (${path})`);
    const complete = { ...settings, ...(secret && { secret }) };
    const problem = adapters.get(settings.adapter)?.problem?.(complete);
    if (problem) throw new ConfigError(`the connection "${name}" (${path}) cannot work: ${problem}`);
    return complete;
  };

  return {
    ...file,
    connections: Object.fromEntries(
      Object.entries(connections).map(([name, settings]) => [name, connection(name, settings)]),
    ),
    ...readAddress(environment),
    ...storePlace(),
    salesforce: readSalesforce(environment),
  };

  function storePlace(): Pick<Config, 'databaseUrl' | 'dataFolder'> {
    const url = environment['DATABASE_URL'];
    if (url) {
      if (!isPostgres(url))
        throw new ConfigError('DATABASE_URL is no URL that begins with postgres://; set it to one, or not at all');
      return { databaseUrl: url, dataFolder: environment['SCORELINE_DATA'] ?? '' };
    }
    if (environment['DYNO'])
      throw new ConfigError(
        "DATABASE_URL is not set, and a dyno's disk is lost with it; set it to a PostgreSQL database",
      );
    return { databaseUrl: null, dataFolder: required('SCORELINE_DATA', 'a folder of its own for the store') };
  }
}

function requiredIn(environment: NodeJS.ProcessEnv, name: string, purpose: string): string {
  const value = environment[name];
  if (!value) throw new ConfigError(`${name} is not set; set it to ${purpose}`);
  return value;
}

function credentials(environment: NodeJS.ProcessEnv): Credentials {
  const clientId = requiredIn(environment, 'SALESFORCE_CLIENT_ID', "the connected app's consumer key");
  const clientSecret = environment['SALESFORCE_CLIENT_SECRET'];
  if (clientSecret) return { kind: 'client credentials', clientId, clientSecret };
  const username = environment['SALESFORCE_USERNAME'];
  if (!username) {
    throw new ConfigError(
      'neither SALESFORCE_CLIENT_SECRET nor SALESFORCE_USERNAME is set; set the first for client credentials, ' +
        'or the second and SALESFORCE_PRIVATE_KEY_FILE for JWT bearer',
    );
  }
  const keyFile = requiredIn(environment, 'SALESFORCE_PRIVATE_KEY_FILE', 'the path of the PEM file of the private key');
  return { kind: 'JWT bearer', clientId, username, privateKey: readFile(keyFile, 'SALESFORCE_PRIVATE_KEY_FILE') };
}

function readFile(path: string, variable: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `${variable} names ${path}, which cannot be read (${(error as Error).message}); correct the path`,
    );
  }
}

function parseFile(path: string, text: string): z.infer<typeof File> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${path} is not JSON (${(error as Error).message}); correct it`);
  }
  const parsed = z.safeParse(File, json, { error: z.locales.en().localeError });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: place, message }) => `/${place.map(String).join('/')}: ${message}`);
  throw new ConfigError(
    `${path} is wrong at ${problems.join('; at ')}; correct it (ingester/README.md lists what is known)`,
  );
}

function loginUrl(url: string): string {
  if (!URL.canParse(url))
    throw new ConfigError(`SALESFORCE_LOGIN_URL is "${url}"; set it to a URL such as https://login.salesforce.com`);
  const { protocol, hostname, origin } = new URL(url);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !isLoopback) {
    throw new ConfigError(`SALESFORCE_LOGIN_URL is "${url}"; credentials leave this machine over https only`);
  }
  return origin;
}
