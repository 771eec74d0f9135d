import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Settings } from '../../src/adapters/adapter.ts';
import type { Config } from '../../src/config.ts';
import type { Engagement } from '../../src/engagement/engagement.ts';
import { startOrg, type TestOrg } from '../support/org.ts';
import { startPipeline, type Pipeline } from '../support/pipeline.ts';
import { NOW } from '../support/request.ts';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, '../shared/samples');

interface Sample {
  name: string;
  source: string;
  request: { url: string; headers: Record<string, string> };
  body: Buffer;
  settings: Settings;
  now: string;
  /** Two sources of no contract have samples of which nothing is expected but that they can be taken. */
  expected?: { count: number; types?: string[] };
}

interface Meta {
  body_file: string;
  request: Sample['request'];
  auth: { key?: string; public_key_spki_b64?: string; cert_pem?: string };
  /** In seconds. */
  clock_now?: number;
  expect?: { count: number; types?: string[] };
}

function samples(): Sample[] {
  if (!existsSync(folder)) return [];
  const sources = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return sources.flatMap(({ name: source }) =>
    readdirSync(join(folder, source))
      .filter((file) => file.endsWith('.meta.json'))
      .map((file) => {
        const meta = JSON.parse(readFileSync(join(folder, source, file), 'utf8')) as Meta;
        const body = readFileSync(join(folder, source, meta.body_file));
        return {
          name: `${source}/${meta.body_file}`,
          source,
          request: meta.request,
          body,
          settings: settingsFor(meta, body),
          now: new Date(meta.clock_now === undefined ? NOW : meta.clock_now * 1000).toISOString(),
          ...(meta.expect && { expected: meta.expect }),
        };
      }),
  );
}

/** With the key that the sample was signed with; without one it must do unsigned. */
function settingsFor({ auth }: Meta, body: Buffer): Settings {
  if (auth.key !== undefined) return { secret: auth.key };
  if (auth.public_key_spki_b64 !== undefined) return { publicKey: auth.public_key_spki_b64 };
  if (auth.cert_pem === undefined) return { allowUnsigned: true };
  const { SigningCertURL } = JSON.parse(body.toString()) as { SigningCertURL: string };
  return { certificates: { [SigningCertURL]: auth.cert_pem } };
}

const all = samples();

interface Answer {
  status: number;
  engagements: Engagement[];
  deadLetter?: string;
  rejected?: string;
}

/** What the normalize command answers to all samples at once. */
function normalized(): Answer[] {
  const lines = all.map(({ name, source, request, body, settings, now }) =>
    JSON.stringify({ name, adapter: source, request, body: body.toString('base64'), settings, now }),
  );
  const script = join(root, 'scripts/normalize.ts');
  const { stdout } = spawnSync(process.execPath, [script], { input: lines.join('\n'), encoding: 'utf8' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

if (all.length === 0) {
  test.skip('the shared samples: ../shared/samples is not there', () => undefined);
} else {
  describe('the shared samples', () => {
    let org: TestOrg;
    let pipeline: Pipeline;
    let answers: Answer[];

    beforeAll(async () => {
      answers = normalized();
      org = await startOrg();
      org.model();
      // Signatures that are years old are not asked for; IDs of the same example may come twice, so not in one connection.
      const connections = all.map(({ source }, index) => [`sample-${index}`, { adapter: source, allowUnsigned: true }]);
      pipeline = await startPipeline(org, { connections: Object.fromEntries(connections) as Config['connections'] });
    });
    afterAll(async () => {
      await pipeline.stop();
      await org.stop();
    });

    test.each(all.map((sample, index) => [sample.name, sample, index] as const))(
      '%s comes out of the normalize command, and on the record of its person',
      async (_name, { source, request, body, settings, expected }, index) => {
        const { engagements, deadLetter, rejected, status } = answers[index]!;
        expect(rejected).toBeUndefined();
        expect(status).toBe(source === 'cloudevents' ? 202 : 200);
        if (expected) {
          expect(deadLetter).toBeUndefined();
          expect(engagements).toHaveLength(expected.count);
          if (expected.types) expect(engagements.map(({ type }) => type)).toEqual(expected.types);
        }
        const isSigned = settings.allowUnsigned !== true;
        for (const { authenticated } of engagements) expect(authenticated !== 'none').toBe(isSigned);

        const emails = [...new Set(engagements.flatMap(({ person }) => person.email ?? []))];
        for (const email of emails) {
          if (org.query(`SELECT Id FROM Lead WHERE Email = '${email}'`).length === 0) org.lead(email);
        }
        expect(await pipeline.post(`sample-${index}`, body, request.headers)).toBe(status);
        await pipeline.idle();
        for (const { type, occurredAt, timePrecision, person } of engagements) {
          if (person.email === undefined) continue;
          const rows = org.query(
            `SELECT Type__c, Lead__r.Email, Lead__r.Lead_Score__c FROM Engagement__c WHERE Type__c = '${type}'` +
              (timePrecision === 'assumed' ? '' : ` AND Occurred_At__c = ${occurredAt}`),
          );
          expect(rows).toContainEqual(
            expect.objectContaining({
              Lead__r: expect.objectContaining({ Email: person.email, Lead_Score__c: expect.any(Number) }),
            }),
          );
        }
      },
    );
  });
}
