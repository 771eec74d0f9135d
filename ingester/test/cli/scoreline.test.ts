import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { leadModel } from '../support/model.ts';
import { startOrg, type TestOrg } from '../support/org.ts';
import { startPipeline } from '../support/pipeline.ts';
import { delivery } from '../support/engagement.ts';
import { NOW } from '../support/request.ts';
import { environmentFor, fileWith, run } from '../support/scoreline.ts';
import { until } from '../support/until.ts';

let org: TestOrg;
let environment: Record<string, string>;

beforeEach(async () => {
  org = await startOrg();
  environment = environmentFor(org);
});
afterEach(() => org.stop());

describe('usage', () => {
  const commands = ['serve', 'status', 'doctor', 'replay', 'models', 'migrate'];

  test('help lists all commands, and each has its own', async () => {
    const { code, out } = await run({}, ['--help']);
    expect(code).toBe(0);
    for (const command of commands) {
      expect(out).toContain(`  ${command} `);
      expect(await run({}, [command, '--help'])).toMatchObject({
        code: 0,
        out: expect.stringContaining(`scoreline ${command}`),
      });
    }
  });

  test.each([
    [[], 'COMMAND [OPTIONS]'],
    [['reply'], 'there is no command "reply"; expected serve, status'],
    [['status', '--jsno'], "scoreline status: Unknown option '--jsno'"],
    [['status', '--url', 'nowhere'], 'expected a URL'],
    [['replay', 'x'], '"x" is no number of a dead letter'],
    [['replay', '--all', '3'], 'exclude each other'],
    [['serve', 'now'], 'Unexpected argument'],
    [['models'], 'expected "export KEY" or "import FILE"'],
    [['models', 'publish', 'x'], 'neither export nor import'],
    [['models', 'import', 'x', '--note', 'y'], '--note belongs to --publish'],
    [['migrate'], 'SCORELINE_DATA is not set'],
    [['replay'], 'SCORELINE_CONFIG is not set'],
  ])('%j: exit code 2', async (args, message) => {
    const { code, said, out } = await run({}, args);
    expect(said).toContain(message);
    expect([code, out]).toEqual([2, '']);
  });
});

describe('status', () => {
  test('a table, or the answer as it is; a model that is not scored makes it 1', async () => {
    const pipeline = await startPipeline(org);
    await pipeline.send({ id: '1', type: 'page.view', email: 'a@example.com', occurredAt: '2026-02-03T09:15:00Z' });
    await pipeline.idle();
    const inWords = await run(environment, ['status', '--url', pipeline.url]);
    expect(inWords.out).toMatch(/^accepted since the start +1$/m);
    expect(inWords.code).toBe(0);
    const asJson = await run(environment, ['status', '--url', pipeline.url, '--json']);
    expect(asJson.json()).toMatchObject([{ accepted: 1, counts: { ledger: 1 } }]);
    await pipeline.stop();

    org.model(leadModel, { Definition__c: '{' });
    const again = await startPipeline(org);
    await until(async () => 'leads' in (await again.status()).skippedModels, 'the model is skipped');
    const { code, out } = await run(environment, ['status', '--url', again.url]);
    expect(out).toContain('model leads is not scored: Definition__c is not JSON');
    expect(code).toBe(1);
    await again.stop();
  });

  test('nobody answers: 1, with the remedy', async () => {
    const { code, said } = await run({ PORT: '9' }, ['status']);
    expect(said).toMatch(/^scoreline status: http:\/\/127\.0\.0\.1:9\/status cannot be asked .*start the ingester/);
    expect(code).toBe(1);
  });
});

describe('replay', () => {
  const open = () =>
    openSqliteStore({ folder: environment['SCORELINE_DATA']!, highWaterMark: 100, retryUnmatched: 1000 });

  /** Two dead letters: 1 and 2. */
  beforeEach(async () => {
    const store = open();
    await store.append(delivery('jane@example.com'));
    await store.append(delivery('two'));
    await store.settle(2, NOW, () => ({ engagements: [], introductions: [], deadLetters: ['it has no type'] }));
    await store.close();
  });
  const counts = async () => {
    const store = open();
    const { inbox, deadLetters } = await store.counts();
    await store.close();
    return { inbox, deadLetters };
  };

  test('shows them with their reasons, without what arrived, and changes nothing', async () => {
    const { code, out } = await run(environment, ['replay']);
    expect(out.split('\n')).toEqual([
      `1  ${new Date(NOW).toISOString()}  main (generic, 16 bytes): it has no type`,
      `2  ${new Date(NOW).toISOString()}  main (generic, 3 bytes): it has no type`,
    ]);
    expect(code).toBe(0);
    expect(await counts()).toEqual({ inbox: 0, deadLetters: 2 });
  });

  test('by number', async () => {
    const { code, json, said } = await run(environment, ['replay', '2', '--json']);
    expect(json()).toMatchObject([{ letter: 2, connection: 'main', reason: 'it has no type' }]);
    expect(said).toBe('1 put back into the inbox');
    expect(code).toBe(0);
    expect(await counts()).toEqual({ inbox: 1, deadLetters: 1 });
  });

  test('all, and then there are none', async () => {
    expect(await run(environment, ['replay', '--all'])).toMatchObject({ code: 0, said: '2 put back into the inbox' });
    expect(await counts()).toEqual({ inbox: 2, deadLetters: 0 });
    expect(await run(environment, ['replay'])).toMatchObject({ code: 0, out: '', said: 'there are no dead letters' });
  });

  test('a number that is not there: none is put back', async () => {
    const { code, said } = await run(environment, ['replay', '1', '7']);
    expect(said).toContain('there is no dead letter 7; nothing was put back');
    expect(code).toBe(1);
    expect(await counts()).toEqual({ inbox: 0, deadLetters: 2 });
  });
});

describe('models', () => {
  const admin = () => ({
    ...environment,
    SALESFORCE_CLIENT_ID: 'local-org',
    SALESFORCE_CLIENT_SECRET: 'local-org-secret',
  });
  const rows = () =>
    org.query('SELECT External_Id__c, Object__c, Status__c, Version__c, Definition__c, Draft__c FROM Scoring_Model__c');
  const versions = () =>
    org.query('SELECT Version__c, Definition__c, Note__c FROM Scoring_Model_Version__c ORDER BY Version__c');
  const file = (model: object) => fileWith(JSON.stringify(model));

  test('a file becomes the draft of a new model, which scores nothing; and comes out as it went in', async () => {
    const { code, said } = await run(admin(), ['models', 'import', file(leadModel)]);
    expect(said).toBe('leads is the draft now; nothing was published');
    expect(code).toBe(0);
    expect(rows()).toMatchObject([
      { External_Id__c: 'leads', Object__c: 'Lead', Status__c: 'Draft', Definition__c: null },
    ]);
    const { out } = await run(admin(), ['models', 'export', 'leads']);
    expect(JSON.parse(out)).toMatchObject(leadModel);
    expect(await run(admin(), ['models', 'import', fileWith(out)])).toMatchObject({ code: 0 });
    expect(rows()).toHaveLength(1);
    expect(await run(admin(), ['models', 'export', 'leads', '--published'])).toMatchObject({ code: 1 });
  });

  test('published: version and model together, with the note; the next one is 2', async () => {
    const first = await run(admin(), [
      'models',
      'import',
      file(leadModel),
      '--publish',
      '--note',
      'the first',
      '--json',
    ]);
    expect(first.json()).toMatchObject([{ key: 'leads', published: 1 }]);
    const next = { ...leadModel, name: 'Leads, next' };
    const { said } = await run(admin(), ['models', 'import', file(next), '--publish']);
    expect(said).toBe('leads is published as version 2');
    expect(rows()).toMatchObject([{ Status__c: 'Active', Version__c: 2, Draft__c: null }]);
    expect(versions()).toMatchObject([
      { Version__c: 1, Note__c: 'the first' },
      { Version__c: 2, Note__c: null },
    ]);
    expect(rows()[0]!['Definition__c']).toBe(versions()[1]!['Definition__c']);
    expect(JSON.parse(String(versions()[1]!['Definition__c']))).toMatchObject({ name: 'Leads, next' });
  });

  test('a publication that fails leaves neither a version nor a published model', async () => {
    await run(admin(), ['models', 'import', file(leadModel)]);
    await org.fault({ path: '/composite', method: 'POST', times: 1, errorCode: 'UNABLE_TO_LOCK_ROW' });
    const { code, said } = await run(admin(), ['models', 'import', file(leadModel), '--publish']);
    expect(said).toContain('UNABLE_TO_LOCK_ROW');
    expect(code).toBe(1);
    expect(versions()).toEqual([]);
    expect(rows()).toMatchObject([{ Status__c: 'Draft', Definition__c: null }]);
  });

  test('what is wrong in a file is said with JSON pointers, and nothing is written', async () => {
    const path = file({ ...leadModel, rules: [{ ...leadModel.rules[0], points: 'many' }], extra: 1 });
    const { code, said } = await run(admin(), ['models', 'import', path]);
    expect(said).toContain(`${path}#/rules/0/points: `);
    expect(code).toBe(1);
    const asJson = await run(admin(), ['models', 'import', path, '--json']);
    expect(asJson.json()).toMatchObject([
      { file: path, problems: expect.arrayContaining([expect.objectContaining({ path: '/rules/0/points' })]) },
    ]);
    expect(rows()).toEqual([]);
  });

  test.each([
    [
      'a user who may not',
      () => environment,
      () => file(leadModel),
      /INSUFFICIENT_ACCESS|CANNOT_INSERT|not supported|permission/i,
    ],
    ['no file', admin, () => '/nowhere.json', /cannot be read .*name a JSON file/],
    ['no JSON', admin, () => fileWith('{'), /cannot be read .*name a JSON file/],
  ])('%s: exit code 1', async (_what, who, path, message) => {
    const { code, said } = await run(who(), ['models', 'import', path()]);
    expect(said).toMatch(message);
    expect(code).toBe(1);
    expect(rows()).toEqual([]);
  });

  test('a model of another object is not overwritten', async () => {
    await run(admin(), ['models', 'import', file(leadModel)]);
    const { code, said } = await run(admin(), ['models', 'import', file({ ...leadModel, object: 'Contact' })]);
    expect(said).toContain('scores Lead, the file Contact');
    expect(code).toBe(1);
  });

  test('the sample model can be imported', async () => {
    const sample = join(import.meta.dirname, '../../../examples/scoring-model.json');
    expect(await run(admin(), ['models', 'import', sample])).toMatchObject({ code: 0 });
    expect(JSON.parse(String(rows()[0]!['Draft__c']))).toMatchObject(
      JSON.parse(readFileSync(sample, 'utf8')) as object,
    );
  });
});

test('serve, as a program: listens, logs JSON lines without addresses or secrets, and stops in good order on SIGTERM', async () => {
  const program = join(import.meta.dirname, '../../src/cli/scoreline.ts');
  const env = { ...environment, PORT: '0', PATH: process.env['PATH'] };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines: string[] = [];
  const url = await new Promise<string>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      const { listening } = JSON.parse(line) as { listening?: string };
      if (listening !== undefined) resolve(listening);
    });
  });
  const hostile = [
    'jane.doe@example.com',
    '{"type":"jane.doe@example.com","email":"jane.doe@example.com","password":"s3cret"',
    '{"id":{"s3cret":"jane.doe@example.com"},"type":["jane.doe@example.com"],"email":{}}',
    '[[["jane.doe@example.com"]],"s3cret"]',
    `{"id":"1","type":"x.y","occurredAt":"s3cret","email":"jane.doe@example.com"}`,
    '{"__proto__":{"email":"jane.doe@example.com"},"type":null}',
  ];
  for (const body of hostile)
    for (const [path, headers] of [
      ['/in/generic?secret=s3cret', {}],
      ['/in/generic', { authorization: `Basic ${btoa('jane.doe@example.com:s3cret')}` }],
      ['/in/generic?secret=wrong-jane.doe@example.com', {}],
      ['/in/jane.doe@example.com?secret=s3cret', {}],
    ] as const)
      await (await fetch(`${url}${path}`, { method: 'POST', headers, body })).text();
  await until(async () => {
    const { json } = await run(environment, ['status', '--url', url, '--json']);
    const { counts } = json()[0] as { counts: { inbox: number; deadLetters: number } };
    return counts.inbox === 0 && counts.deadLetters > 0;
  }, 'the deliveries are read');
  child.kill('SIGTERM');
  expect(await gone).toBe(0);
  const log = lines.join('\n');
  expect(log).toContain('"deadLetter"');
  expect(log).toContain('"rejected"');
  expect(log).toContain('"stopped":"SIGTERM"');
  for (const private_ of ['jane', 's3cret', 'example.com', environment['SALESFORCE_CLIENT_SECRET']!])
    expect(log).not.toContain(private_);
});
