import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Engagement } from '../../src/engagement/engagement.ts';
import { startOrg, type TestOrg } from '../support/org.ts';
import { startPipeline, type Pipeline } from '../support/pipeline.ts';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, '../shared/samples');
const sources = ['activecampaign', 'segment', 'cloudevents'];

interface Sample {
  name: string;
  source: string;
  headers: Record<string, string>;
  body: Buffer;
  secret?: string;
  count: number;
  types?: string[];
}

function samples(): Sample[] {
  if (!existsSync(folder)) return [];
  return sources.flatMap((source) =>
    readdirSync(join(folder, source))
      .filter((file) => file.endsWith('.meta.json'))
      .map((file) => {
        const { body_file, request, auth, expect } = JSON.parse(readFileSync(join(folder, source, file), 'utf8')) as {
          body_file: string;
          request: { headers: Record<string, string> };
          auth: { key?: string };
          expect: { count: number; types?: string[] };
        };
        return {
          name: `${source}/${body_file}`,
          source,
          headers: request.headers,
          body: readFileSync(join(folder, source, body_file)),
          ...(auth.key !== undefined && { secret: auth.key }),
          ...expect,
        };
      }),
  );
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
  const lines = all.map(({ name, source, headers, body, secret }) =>
    JSON.stringify({
      name,
      adapter: source,
      request: { method: 'POST', url: `https://hooks.example.com/in/${source}`, headers },
      body: body.toString('base64'),
      settings: secret === undefined ? { allowUnsigned: true } : { secret },
      now: '2026-03-02T12:00:00.000Z',
    }),
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
      pipeline = await startPipeline(org);
    });
    afterAll(async () => {
      await pipeline.stop();
      await org.stop();
    });

    test.each(all.map((sample, index) => [sample.name, sample, index] as const))(
      '%s comes out of the normalize command, and on the record of its person',
      async (_name, { source, headers, body, count, types }, index) => {
        const { engagements, deadLetter, rejected, status } = answers[index]!;
        expect({ deadLetter, rejected }).toEqual({});
        expect(status).toBe(source === 'cloudevents' ? 202 : 200);
        expect(engagements).toHaveLength(count);
        if (types) expect(engagements.map(({ type }) => type)).toEqual(types);

        const emails = [...new Set(engagements.flatMap(({ person }) => person.email ?? []))];
        for (const email of emails) {
          if (org.query(`SELECT Id FROM Lead WHERE Email = '${email}'`).length === 0) org.lead(email);
        }
        expect(await pipeline.post(source, body, headers)).toBe(status);
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
