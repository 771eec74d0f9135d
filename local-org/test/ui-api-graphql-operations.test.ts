import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { usernames } from '../src/seed.ts';
import { start } from './support/server.ts';
import type { Running } from './support/server.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

interface Answer {
  data: { uiapi: Record<string, unknown> } | null;
  errors: { message: string; paths: unknown[]; extensions: { ErrorType: string } }[];
}

let running: Running;
let query: (text: string, variables?: object) => Promise<Answer>;
let queryAsRep: typeof query;
const create = async (object: string, row: object) => (await running.client.sobject(object).create(row)).id!;
const count = async (soql: string) => (await running.client.query(soql)).totalSize;
let account: string;

beforeAll(async () => {
  running = await start({}, () => NOW);
  const caller = (token: string) => async (text: string, variables?: object) => {
    const response = await fetch(`${running.url}/services/data/v66.0/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, variables }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  };
  query = caller(running.client.accessToken!);
  queryAsRep = caller(running.sessions.start(running.org.user(usernames.rep)!));
  account = await create('Account', { Name: 'Fern', Industry: 'Technology', AnnualRevenue: 300 });
  await create('Account', { Name: 'Moss', Industry: 'Technology', AnnualRevenue: 100 });
  await create('Account', { Name: 'Oak', Industry: 'Energy', AnnualRevenue: 50 });
  const lead = { Company: 'Fern', LastName: 'Ash', OwnerId: running.org.user(usernames.rep)!.id, Lead_Score__c: 7 };
  await create('Lead', lead);
  await create('Contact', { LastName: 'Birch', AccountId: account });
});
afterAll(() => running.stop());

test('a client reads the schema by introspection, and validates its queries against it', async () => {
  const { data } = await query(getIntrospectionQuery());
  const schema = buildClientSchema(data as unknown as IntrospectionQuery);
  const text = `mutation q($input: LeadCreateInput!) { uiapi { LeadCreate(input: $input) { Record { Id WeakEtag } } } }`;
  expect(validate(schema, parse(text))).toEqual([]);
  expect(Object.keys(schema.getTypeMap())).toEqual(
    expect.arrayContaining(['RecordQuery', 'Lead_Filter', 'PicklistValue', 'DateTimeOperators', 'IdOrRef']),
  );
  expect(schema.getType('PermissionSet')).toBeUndefined();
});

describe('query', () => {
  const names = async (object: string, given: string, ask = query) => {
    const { data, errors } = await ask(
      `{ uiapi { query { ${object}(${given}) { edges { node { Name { value } } } } } } }`,
    );
    expect(errors).toEqual([]);
    const { edges } = (data!.uiapi['query'] as Record<string, { edges: { node: { Name: { value: string } } }[] }>)[
      object
    ]!;
    return edges.map(({ node }) => node.Name.value);
  };

  test('semi-joins and anti-joins', async () => {
    const join = (operator: string) =>
      names(
        'Account',
        `where: { Id: { ${operator}: { Contact: { LastName: { like: "B%" } }, ApiName: "AccountId" } } }`,
      );
    expect(await join('inq')).toEqual(['Fern']);
    expect((await join('ninq')).toSorted()).toEqual(['Moss', 'Oak']);
  });

  test('the scope of the user’s own records', async () => {
    expect(await names('Lead', 'scope: MINE')).toEqual([]);
    expect(await names('Lead', 'scope: EVERYTHING')).toEqual(['Ash']);
    expect(await names('Lead', 'scope: MINE', queryAsRep)).toEqual(['Ash']);
  });

  test('what identifies a record and its state', async () => {
    const read = () =>
      query(
        '{ uiapi { query { Account(where: { Name: { eq: "Oak" } }) { edges { node { ApiName DisplayValue WeakEtag Industry { label } } } } } } }',
      );
    expect((await read()).data).toMatchObject({
      uiapi: {
        query: {
          Account: {
            edges: [
              { node: { ApiName: 'Account', DisplayValue: 'Oak', WeakEtag: NOW, Industry: { label: 'Energy' } } },
            ],
          },
        },
      },
    });
  });

  test.each([
    ['an operator that the type has not', 'where: { Id: { like: "001%" } }'],
    ['a number that is none', 'where: { AnnualRevenue: { gt: "1 OR Id != null" } }'],
  ])('%s is a ValidationError', async (_, given) => {
    const { data, errors } = await query(`{ uiapi { query { Account(${given}) { totalCount } } } }`);
    expect(data).toBeNull();
    expect(errors[0]!.extensions.ErrorType).toBe('ValidationError');
  });
});

describe('field-level security', () => {
  test('what the user may not read is not in the schema; optional fields are left out', async () => {
    const field = (directive: string) =>
      queryAsRep(
        `{ uiapi { query { Lead { edges { node { LastName { value } Lead_Score__c { value } } } } Scoring_Job__c ${directive} { totalCount } } } }`,
      );
    expect((await field('')).errors[0]!.extensions.ErrorType).toBe('ValidationError');
    expect(await field('@optional')).toEqual({
      data: {
        uiapi: { query: { Lead: { edges: [{ node: { LastName: { value: 'Ash' }, Lead_Score__c: { value: 7 } } }] } } },
      },
      errors: [],
    });
  });

  test('what the user may not write cannot be asked for', async () => {
    const { errors } = await queryAsRep(
      `mutation { uiapi { LeadCreate(input: { Lead: { LastName: "x", Company: "y", Lead_Score__c: 99 } }) { Record { Id } } } }`,
    );
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('Lead_Score__c'),
      extensions: { ErrorType: 'ValidationError' },
    });
    const { errors: none } = await queryAsRep(`mutation { uiapi { Score__cDelete(input: { Id: "a" }) { Id } } }`);
    expect(none[0]!.message).toContain('Score__cDelete');
  });
});

test('objects are described with their fields and picklists', async () => {
  const fields =
    'ApiName dataType updateable ... on PicklistField { picklistValuesByRecordTypeIDs { picklistValues { value } } }';
  const { data, errors } = await queryAsRep(
    `{ uiapi { objectInfos(apiNames: ["Lead"]) { ApiName label nameFields defaultRecordTypeId fields { ${fields} } childRelationships { relationshipName } } } }`,
  );
  expect(errors).toEqual([]);
  const [info] = data!.uiapi['objectInfos'] as { fields: object[] }[];
  expect(info).toMatchObject({ ApiName: 'Lead', label: 'Lead', defaultRecordTypeId: '012000000000000AAA' });
  expect(info!.fields).toEqual(
    expect.arrayContaining([
      { ApiName: 'Lead_Score__c', dataType: 'Double', updateable: false },
      expect.objectContaining({
        ApiName: 'Rating',
        picklistValuesByRecordTypeIDs: [{ picklistValues: [{ value: 'Hot' }, { value: 'Warm' }, { value: 'Cold' }] }],
      }),
    ]),
  );
  const refused = await queryAsRep('{ uiapi { objectInfos(apiNames: ["Scoring_Job__c"]) { ApiName } } }');
  expect(refused.errors[0]!.message).toContain('Scoring_Job__c is not supported or accessible');
});

describe('aggregate', () => {
  const aggregate = (given: string, fields: string) =>
    query(`{ uiapi { aggregate { Account${given} { totalCount edges { node { aggregate { ${fields} } } } } } } }`);

  test('functions over all records', async () => {
    const { data, errors } = await aggregate(
      '',
      'AnnualRevenue { avg { value } sum { value displayValue } min { value } max { value } } Id { count { value } } Industry { countDistinct { value } }',
    );
    expect(errors).toEqual([]);
    const revenue = {
      avg: { value: 150 },
      sum: { value: 450, displayValue: '$450' },
      min: { value: 50 },
      max: { value: 300 },
    };
    expect(data!.uiapi['aggregate']).toEqual({
      Account: {
        totalCount: 1,
        edges: [
          {
            node: {
              aggregate: {
                AnnualRevenue: revenue,
                Id: { count: { value: 3 } },
                Industry: { countDistinct: { value: 2 } },
              },
            },
          },
        ],
      },
    });
  });

  test('groups by fields and by parts of dates', async () => {
    const { data } = await aggregate(
      '(groupBy: { Industry: { group: true } })',
      'Industry { value } Id { count { value } }',
    );
    expect(data!.uiapi['aggregate']).toEqual({
      Account: {
        totalCount: 2,
        edges: [
          { node: { aggregate: { Industry: { value: 'Energy' }, Id: { count: { value: 1 } } } } },
          { node: { aggregate: { Industry: { value: 'Technology' }, Id: { count: { value: 2 } } } } },
        ],
      },
    });
    const byYear = await aggregate(
      '(groupBy: { CreatedDate: { function: CALENDAR_YEAR } }, where: { Industry: { eq: "Technology" } })',
      'CreatedDate { calendarYear { value } } Id { count { value } }',
    );
    expect(byYear.data!.uiapi['aggregate']).toMatchObject({
      Account: {
        edges: [
          { node: { aggregate: { CreatedDate: { calendarYear: { value: 2026 } }, Id: { count: { value: 2 } } } } },
        ],
      },
    });
  });

  test('a value that is not grouped is refused', async () => {
    const { errors } = await aggregate('', 'Industry { value }');
    expect(errors[0]).toMatchObject({
      message: 'Industry is not in groupBy',
      extensions: { ErrorType: 'DataFetchingException' },
    });
  });
});

describe('mutations', () => {
  test('create, change and delete', async () => {
    const created = await query(
      'mutation create($input: LeadCreateInput!) { uiapi { LeadCreate(input: $input) { Record { Id Status { value } Owner { ... on User { Name { value } } } } } } }',
      { input: { Lead: { LastName: 'Cedar', Company: 'Fern' } } },
    );
    expect(created.errors).toEqual([]);
    const { Record } = created.data!.uiapi['LeadCreate'] as { Record: { Id: string } };
    expect(Record).toMatchObject({
      Status: { value: 'Open - Not Contacted' },
      Owner: { Name: { value: 'Alex Admin' } },
    });
    const changed = await query(
      `mutation { uiapi { LeadUpdate(input: { Id: "${Record.Id}", Lead: { Title: "CTO", Email: null } }) { Record { Title { value } } } } }`,
    );
    expect(changed).toEqual({ data: { uiapi: { LeadUpdate: { Record: { Title: { value: 'CTO' } } } } }, errors: [] });
    const removed = await query(`mutation { uiapi { LeadDelete(input: { Id: "${Record.Id}" }) { Id } } }`);
    expect(removed.data).toEqual({ uiapi: { LeadDelete: { Id: Record.Id } } });
    expect(await count(`SELECT COUNT() FROM Lead WHERE LastName = 'Cedar'`)).toBe(0);
  });

  test('an operation refers to what another created', async () => {
    const { data, errors } = await query(
      'mutation { uiapi { parent: AccountCreate(input: { Account: { Name: "Elm" } }) { Record { Id } } ContactCreate(input: { Contact: { LastName: "Reed", AccountId: "@{parent}" } }) { Record { Account { Name { value } } } } } }',
    );
    expect(errors).toEqual([]);
    expect(data!.uiapi['ContactCreate']).toEqual({ Record: { Account: { Name: { value: 'Elm' } } } });
  });

  const two = (allOrNone: string) =>
    query(
      `mutation { uiapi${allOrNone} { good: AccountCreate(input: { Account: { Name: "Good" } }) { Record { Id } } bad: LeadCreate(input: { Lead: { LastName: "x", Company: "y", Email: "nobody" } }) { Record { Id } } } }`,
    );
  const message = 'Email: invalid email address: nobody';

  test('one that fails undoes all', async () => {
    const { data, errors } = await two('');
    expect(data).toEqual({ uiapi: { good: null, bad: null } });
    expect(errors).toMatchObject([
      { message, paths: ['uiapi', 'bad'], extensions: { ErrorType: 'DataFetchingException' } },
    ]);
    expect(await count(`SELECT COUNT() FROM Account WHERE Name = 'Good'`)).toBe(0);
  });

  test('or each stands for itself', async () => {
    const { data, errors } = await two('(input: { allOrNone: false })');
    expect(data).toMatchObject({ uiapi: { good: { Record: {} }, bad: null } });
    expect(errors).toMatchObject([{ message }]);
    expect(await count(`SELECT COUNT() FROM Account WHERE Name = 'Good'`)).toBe(1);
  });

  test('required fields must be given', async () => {
    const { errors } = await query(
      'mutation { uiapi { LeadCreate(input: { Lead: { LastName: "x" } }) { Record { Id } } } }',
    );
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('Company'),
      extensions: { ErrorType: 'ValidationError' },
    });
  });
});
