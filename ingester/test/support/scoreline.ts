import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scoreline } from '../../src/cli/scoreline.ts';
import type { TestOrg } from './org.ts';

const folder = mkdtempSync(join(tmpdir(), 'scoreline-cli-'));
let files = 0;

/** A new file with this content. */
export function fileWith(content: string): string {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, content);
  return path;
}

/** The environment of an ingester with one connection that has a secret, and a store of its own. */
export const environmentFor = (org: Pick<TestOrg, 'url' | 'credentials'>): Record<string, string> => ({
  SCORELINE_CONFIG: fileWith('{ "connections": { "generic": { "adapter": "generic", "secretFrom": "SECRET" } } }'),
  SCORELINE_DATA: mkdtempSync(join(tmpdir(), 'scoreline-cli-data-')),
  SECRET: 's3cret',
  SALESFORCE_LOGIN_URL: org.url,
  SALESFORCE_CLIENT_ID: org.credentials.clientId,
  SALESFORCE_CLIENT_SECRET: org.credentials.clientSecret,
});

/** Runs the command line in this process. */
export async function run(environment: Record<string, string>, args: string[], clock: () => number = Date.now) {
  const out: string[] = [];
  const said: string[] = [];
  const code = await scoreline(args, {
    ...{ environment, clock, random: Math.random, fetch },
    out: (line) => {
      out.push(line);
    },
    say: (line) => {
      said.push(line);
    },
  });
  return {
    code,
    out: out.join('\n'),
    said: said.join('\n'),
    json: (): unknown[] => out.map((line) => JSON.parse(line) as unknown),
  };
}
