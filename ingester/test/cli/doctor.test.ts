import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { usernames } from '../../../local-org/src/seed.ts';
import { leadModel } from '../support/model.ts';
import { startOrg, type Fields, type TestOrg } from '../support/org.ts';
import { environmentFor, fileWith, run } from '../support/scoreline.ts';

interface Finding {
  level: 'ok' | 'warning' | 'problem';
  check: string;
  where: string;
  what: string;
  remedy?: string;
}

let org: TestOrg;
let environment: Record<string, string>;

beforeEach(async () => {
  org = await startOrg();
  environment = environmentFor(org);
});
afterEach(() => org.stop());

/** The exit code, and all findings that are not fine. */
async function examine(more: Record<string, string> = {}, clock?: () => number) {
  const { code, json } = await run({ ...environment, ...more }, ['doctor', '--json'], clock);
  const findings = json() as Finding[];
  return { code, findings, wrong: findings.filter(({ level }) => level !== 'ok') };
}

const ids = (soql: string) => org.query(soql).map(({ Id }: Fields) => String(Id));
const remove = (soql: string) => {
  const found = ids(soql);
  expect(found).not.toEqual([]);
  for (const id of found) org.remove(id);
};

test('nothing is wrong with the package, its permission set and a model', async () => {
  org.model();
  const { code, findings, wrong } = await examine();
  expect(wrong).toEqual([]);
  expect(code).toBe(0);
  expect(new Set(findings.map(({ check }) => check))).toEqual(
    new Set([
      ...['connection', 'store', 'API version', 'clock', 'login', 'API calls'],
      ...['models', 'read', 'write', 'event channel'],
    ]),
  );
  expect(org.query('SELECT Id FROM Score__c')).toEqual([]);
});

test('in words, each finding has its remedy on the next line', async () => {
  const { code, out } = await run(environment, ['doctor']);
  expect(out).toContain(
    'warning  models: Scoring_Model__c: no model is active: nothing is scored\n         → build a model',
  );
  expect(code).toBe(0);
});

describe('what is wrong is found, with its place and its remedy', () => {
  test('the permission set is not assigned', async () => {
    org.model();
    remove(
      `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = '${usernames.integration}' AND PermissionSet.Name = 'Scoreline_Ingester'`,
    );
    const { code, wrong } = await examine();
    expect(code).toBe(1);
    const remedy = expect.stringContaining('assign the permission set Scoreline Ingester');
    for (const [check, where] of [
      ['models', 'Salesforce'],
      ['read', 'Lead'],
      ['read', 'Score__c'],
      ['write', 'Engagement__c'],
      ['write', 'Score__c'],
    ])
      expect(wrong).toContainEqual({ level: 'problem', check, where, what: expect.any(String), remedy });
  });

  test('a field that is written may only be read', async () => {
    org.model();
    const [id] = ids(
      "SELECT Id FROM FieldPermissions WHERE Field = 'Score__c.Reasons__c' AND Parent.Name = 'Scoreline_Ingester'",
    );
    org.update('FieldPermissions', { Id: id, PermissionsEdit: false });
    const { code, wrong } = await examine();
    expect(wrong).toMatchObject([
      { level: 'problem', check: 'write', where: 'Score__c.Reasons__c', what: 'the user may not edit the field' },
    ]);
    expect(code).toBe(1);
  });

  test('records may not be created', async () => {
    org.model();
    const [id] = ids(
      "SELECT Id FROM ObjectPermissions WHERE SobjectType = 'Engagement__c' AND Parent.Name = 'Scoreline_Ingester'",
    );
    org.update('ObjectPermissions', { Id: id, PermissionsCreate: false });
    const { wrong } = await examine();
    expect(wrong).toMatchObject([
      { check: 'write', where: 'Engagement__c', what: 'the user may not create and edit records' },
    ]);
  });

  test('a model is mapped to a field that is not there, and to one that may not be edited', async () => {
    org.model(leadModel, { Score_Field__c: 'Lead_Score_2__c', Rating_Field__c: 'Rating' });
    const { code, wrong } = await examine();
    expect(wrong).toMatchObject([
      { check: 'write', where: 'Lead.Lead_Score_2__c', what: expect.stringContaining('not there') },
      { check: 'write', where: 'Lead.Rating', what: 'the user may not edit the field' },
    ]);
    expect(wrong[0]!.remedy).toContain('name another field in the model "leads"');
    expect(code).toBe(1);
  });

  test('a model reads fields that the user may not see: each is named', async () => {
    const when = (field: string) => ({
      key: field.slice(0, 3).toLowerCase(),
      name: field,
      kind: 'attribute',
      points: 1,
      when: { field, op: 'notBlank' },
    });
    org.model({ ...leadModel, rules: [...leadModel.rules, when('Fax'), when('Salutation'), when('Pager__c')] });
    const { code, wrong } = await examine();
    expect(wrong.map(({ where }) => where)).toEqual(['model "leads", Lead.Fax', 'model "leads", Lead.Pager__c']);
    expect(wrong[0]).toMatchObject({ check: 'read', what: expect.stringContaining("No such column 'Fax'") });
    expect(code).toBe(1);
  });

  test('a published model that cannot be read', async () => {
    org.model(leadModel, { Definition__c: '{"schema":1}' });
    const { code, wrong } = await examine();
    expect(wrong).toContainEqual(
      expect.objectContaining({ level: 'problem', check: 'models', where: 'Scoring_Model__c "leads"' }),
    );
    expect(code).toBe(1);
  });

  test.each([
    ['a wrong secret', { SALESFORCE_CLIENT_SECRET: 'wrong' }, 'SALESFORCE_CLIENT_SECRET'],
    ['an unknown app', { SALESFORCE_CLIENT_ID: 'nobody' }, 'SALESFORCE_CLIENT_ID'],
  ])('%s', async (_what, more, remedy) => {
    const { code, wrong } = await examine(more);
    expect(wrong).toMatchObject([{ level: 'problem', check: 'login', remedy: expect.stringContaining(remedy) }]);
    expect(JSON.stringify(wrong)).not.toContain('local-org-integration-secret');
    expect(code).toBe(1);
  });

  test('nobody answers', async () => {
    const { code, wrong } = await examine({ SALESFORCE_LOGIN_URL: 'http://127.0.0.1:9' });
    expect(wrong).toMatchObject([{ check: 'host', remedy: expect.stringContaining('SALESFORCE_LOGIN_URL') }]);
    expect(code).toBe(1);
  });

  test('Salesforce fails in the middle', async () => {
    org.model();
    await org.fault({ path: '/cometd', errorCode: 'SERVER_UNAVAILABLE' });
    const { code, wrong } = await examine();
    expect(wrong).toMatchObject([
      { level: 'problem', check: 'event channel', remedy: expect.stringContaining('try again') },
    ]);
    expect(code).toBe(1);
  });

  test('the clock is wrong', async () => {
    const { code, wrong } = await examine({}, () => Date.now() - 600_000);
    expect(wrong).toMatchObject([
      { check: 'clock', what: expect.stringMatching(/^our clock is (599|60[01]) s behind/) },
      { check: 'models' },
    ]);
    expect(code).toBe(1);
  });

  test('the store is no folder', async () => {
    const { code, wrong } = await examine({ SCORELINE_DATA: environment['SCORELINE_CONFIG']! });
    expect(wrong).toContainEqual(expect.objectContaining({ level: 'problem', check: 'store' }));
    expect(code).toBe(1);
  });

  test('a secret is missing, and a connection has none', async () => {
    const missing = await examine({ SECRET: '' });
    expect(missing.wrong).toMatchObject([
      { check: 'configuration', what: expect.stringContaining('SECRET is not set') },
    ]);
    expect(missing.code).toBe(1);
    const open = fileWith('{ "connections": { "forms": { "adapter": "generic" } } }');
    const { wrong } = await examine({ SCORELINE_CONFIG: open });
    expect(wrong).toContainEqual(
      expect.objectContaining({ level: 'warning', check: 'connection', where: 'forms (generic)' }),
    );
  });
});

test('the package is there without its event channel', async () => {
  await org.stop();
  const source = mkdtempSync(join(tmpdir(), 'scoreline-no-channel-'));
  cpSync(join(import.meta.dirname, '../../../force-app'), source, {
    recursive: true,
    filter: (path) => !path.includes('platformEventChannel'),
  });
  org = await startOrg({ source });
  environment = environmentFor(org);
  org.model();
  const { code, wrong } = await examine();
  expect(wrong).toMatchObject([
    {
      check: 'event channel',
      where: '/data/Scoreline__chn',
      what: expect.stringContaining('does not exist'),
      remedy: expect.stringContaining('deploy the package'),
    },
  ]);
  expect(code).toBe(1);
});

test('few calls are left, and then none', async () => {
  await org.stop();
  org = await startOrg({ dailyApiRequests: 30 });
  environment = environmentFor(org);
  const warned: string[] = [];
  let last: Finding[] = [];
  for (
    let round = 0;
    round < 30 && !last.some(({ check, level }) => check === 'login' && level === 'problem');
    round += 1
  ) {
    last = (await examine()).wrong;
    warned.push(...last.filter(({ check }) => check === 'API calls').map(({ what }) => what));
  }
  expect(warned[0]).toMatch(/^[0-2] of 30 calls are left/);
  expect(last).toContainEqual(
    expect.objectContaining({ check: 'login', what: expect.stringMatching(/^REQUEST_LIMIT_EXCEEDED/) }),
  );
});
