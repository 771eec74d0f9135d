import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openOrg } from '../local-org/src/open.ts';
import type { Org } from '../local-org/src/org.ts';
import { usernames } from '../local-org/src/seed.ts';
import { createServer } from '../local-org/src/server.ts';
import { isInstalled, salesforceCli } from './support/salesforce-cli.ts';
import type { SalesforceCli } from './support/salesforce-cli.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

// A command takes a second or two, and bulk jobs are asked for every five.
jest.setTimeout(180_000);

interface Deployment {
  readonly id: string;
  readonly status: string;
  readonly details: { readonly componentFailures: readonly object[] };
}

(isInstalled ? describe : describe.skip)('the sf command line against an org without any metadata', () => {
  let sf: SalesforceCli;
  let org: Org;
  let close: () => Promise<void>;

  beforeAll(async () => {
    sf = await salesforceCli();
    for (const path of ['dist/package', 'sfdx-project.json', '.forceignore'])
      await cp(join(root, path), join(sf.folder, path), { recursive: true });
    await mkdir(join(sf.folder, 'empty'));
    org = openOrg({ source: join(sf.folder, 'empty'), clock: Date.now });
    const server = createServer(org);
    close = async () => {
      await server.close();
      org.close();
    };
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    const login = [
      'org',
      'login',
      'access-token',
      '--instance-url',
      url,
      '--no-prompt',
      '--alias',
      'org',
      '--set-default',
    ];
    await sf.result(login, { SF_ACCESS_TOKEN: server.sessions.start(org.user(usernames.admin)!) });
  });

  afterAll(async () => {
    await close();
    await sf.remove();
  });

  const create = async (object: string, values: string) =>
    (await sf.result<{ id: string }>(['data', 'create', 'record', '--sobject', object, '--values', values])).id;
  const table = async (soql: string) => {
    const { code, stdout } = await sf.run(['data', 'query', '--query', soql]);
    expect(code).toBe(0);
    return stdout.split('\n').map((line) => line.trim().split(/\s{2,}/));
  };

  test('org display', async () => {
    expect(await sf.result(['org', 'display'])).toMatchObject({
      id: org.id,
      username: usernames.admin,
      connectedStatus: 'Connected',
      apiVersion: '68.0',
    });
  });

  const deploy = ['project', 'deploy', 'start', '--source-dir', 'dist/package'];

  test('project deploy start --dry-run checks this package and leaves the org as it is', async () => {
    expect(await sf.result([...deploy, '--dry-run'])).toMatchObject({ status: 'Succeeded', checkOnly: true });
    expect(org.schema.object('Score__c')).toBeUndefined();
  });

  test('project deploy start, over SOAP', async () => {
    const { id } = await sf.result<Deployment>(deploy);
    expect(await sf.result(['project', 'deploy', 'report', '--job-id', id])).toMatchObject({ id, status: 'Succeeded' });
    expect(org.schema.object('Score__c')!.field('Lead__c')!.referenceTo).toEqual(['Lead']);
  });

  test('project deploy start, over REST: nothing has changed since', async () => {
    const { status, ...result } = await sf.result<Deployment & { details: { componentSuccesses: Success[] } }>(deploy, {
      SF_ORG_METADATA_REST_DEPLOY: 'true',
    });
    interface Success {
      readonly componentType: string;
      readonly fullName: string;
      readonly changed: boolean;
    }
    expect(status).toBe('Succeeded');
    const changed = result.details.componentSuccesses.filter(({ changed, componentType }) => changed && componentType);
    expect(changed).toEqual([]);
  });

  test('a broken field is refused with its name and place, and nothing changes', async () => {
    const path = 'broken/main/default/objects/Lead/fields/Broken__c.field-meta.xml';
    const before = org.schema.objects;
    await mkdir(join(sf.folder, path, '..'), { recursive: true });
    await writeFile(
      join(sf.folder, path),
      '<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Broken__c</fullName><label>Broken</label><type>Text</type></CustomField>',
    );
    const project = JSON.parse(await readFile(join(sf.folder, 'sfdx-project.json'), 'utf8')) as {
      packageDirectories: object[];
    };
    project.packageDirectories.push({ path: 'broken' });
    await writeFile(join(sf.folder, 'sfdx-project.json'), JSON.stringify(project));
    const { code, stdout } = await sf.run(['project', 'deploy', 'start', '--source-dir', 'broken']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Lead\.Broken__c\s+Must specify 'length' for a CustomField of type Text \((\d+:\d+)\)\s+\1/);
    expect(org.schema.objects).toBe(before);
  });

  test('org assign permset', async () => {
    const { successes } = await sf.result<{ successes: object[] }>([
      'org',
      'assign',
      'permset',
      '--name',
      'Scoreline_Admin',
    ]);
    expect(successes).toEqual([{ name: usernames.admin, value: 'Scoreline_Admin' }]);
  });

  test('data create, get, update and delete record; the deployed flow acts', async () => {
    const lead = await create('Lead', 'LastName=Lovelace Company=Acme Lead_Score__c=3');
    const one = ['--sobject', 'Lead', '--record-id', lead];
    await sf.result(['data', 'update', 'record', ...one, '--values', 'Score_Rating__c=Hot Lead_Score__c=90']);
    expect(await sf.result(['data', 'get', 'record', ...one])).toMatchObject({
      LastName: 'Lovelace',
      Lead_Score__c: 90,
    });

    const model = await create('Scoring_Model__c', 'Name=Model Object__c=Lead Status__c=Active External_Id__c=m');
    await create(
      'Score__c',
      `Lead__c=${lead} Model__c=${model} Rating__c=Hot Value__c=90 Record_Id__c=${lead} External_Id__c=m:${lead}`,
    );
    const tasks = await sf.result<{ records: object[] }>([
      'data',
      'query',
      '--query',
      `SELECT Subject FROM Task WHERE WhoId = '${lead}'`,
    ]);
    expect(tasks.records).toHaveLength(1);

    await sf.result(['data', 'delete', 'record', ...one]);
    expect(org.query(org.user(usernames.admin)!, `SELECT Id FROM Lead WHERE Id = '${lead}'`).totalSize).toBe(0);
  });

  test('data import tree and bulk, data upsert bulk, data export bulk', async () => {
    const file = async (name: string, content: string) => {
      await writeFile(join(sf.folder, name), content);
      return name;
    };
    const tree = {
      records: [
        {
          attributes: { type: 'Account', referenceId: 'a' },
          Name: 'Globex',
          Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: 'Scorpio' }] },
        },
      ],
    };
    await sf.result(['data', 'import', 'tree', '--files', await file('tree.json', JSON.stringify(tree))]);
    const leads = await file('leads.csv', 'LastName,Company\nBo,Acme\nCy,Acme\n');
    await sf.result(['data', 'import', 'bulk', '--sobject', 'Lead', '--file', leads, '--wait', '1']);
    const engagements = await file(
      'engagements.csv',
      'External_Id__c,Type__c,Occurred_At__c\nx,email.open,2026-11-20T10:00:00Z\ny,email.click,2026-11-20T10:00:00Z\n',
    );
    const upsert = [
      'data',
      'upsert',
      'bulk',
      '--sobject',
      'Engagement__c',
      '--external-id',
      'External_Id__c',
      '--file',
      engagements,
      '--wait',
      '1',
    ];
    for (const numberRecordsFailed of [0, 0])
      expect(await sf.result(upsert)).toMatchObject({
        jobInfo: { state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed },
      });
    await sf.result([
      'data',
      'export',
      'bulk',
      '--query',
      'SELECT LastName, Owner.Name FROM Lead ORDER BY LastName',
      '--output-file',
      'out.csv',
      '--wait',
      '1',
    ]);
    expect(await readFile(join(sf.folder, 'out.csv'), 'utf8')).toBe(
      '"LastName","Owner.Name"\n"Bo","Alex Admin"\n"Cy","Alex Admin"\n',
    );
    const { totalSize } = org.query(org.user(usernames.admin)!, 'SELECT Id FROM Engagement__c');
    expect(totalSize).toBe(2);
  });

  test('data query shows parents, children, aggregates and aliases under their names', async () => {
    expect(
      await table("SELECT Name, Owner.Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Globex'"),
    ).toContainEqual(['Globex', 'Alex Admin', 'Scorpio']);
    const rows = await table('SELECT Type__c, COUNT(Id) n FROM Engagement__c GROUP BY Type__c ORDER BY Type__c');
    expect(rows).toEqual(
      expect.arrayContaining([
        ['TYPE__C', 'N'],
        ['email.click', '1'],
        ['email.open', '1'],
      ]),
    );
    expect(await table('SELECT MAX(Occurred_At__c) FROM Engagement__c')).toContainEqual(['MAX(OCCURRED_AT__C)']);
    const { code, stderr } = await sf.run(['data', 'query', '--query', 'SELECT Nope FROM Lead']);
    expect([code, stderr]).toEqual([1, expect.stringContaining("No such column 'Nope' on entity 'Lead'")]);
  });

  test('sobject describe, sobject list, org list limits', async () => {
    expect(await sf.result(['sobject', 'describe', '--sobject', 'Score__c'])).toMatchObject({
      name: 'Score__c',
      custom: true,
    });
    expect(await sf.result(['sobject', 'list', '--sobject', 'custom'])).toContain('Rating_Changed__e');
    expect(await sf.result(['org', 'list', 'limits'])).toContainEqual(
      expect.objectContaining({ name: 'DailyApiRequests' }),
    );
  });
});
