import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { openOrg } from '../src/open.ts';
import type { Row } from '../src/schema/types.ts';
import { createServer } from '../src/server.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const org = openOrg({ source: fileURLToPath(new URL('../../force-app', import.meta.url)), clock: () => NOW });
const admin = org.user('admin@local-org.example')!;
const server = createServer(org);
const token = server.sessions.start(admin);
let address = '';

interface Answer {
  data: { uiapi: { query: Record<string, { edges: { node: Row }[] } & Row> } } | null;
  errors: { message: string; extensions: { ErrorType: string } }[];
}

async function graphql(query: string, variables?: Record<string, unknown>): Promise<Answer> {
  const response = await fetch(`${address}/services/data/v66.0/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

/** Names of the leads that a query of this kind finds, in its order. */
async function names(given: string, variables?: Record<string, unknown>, declared = ''): Promise<unknown[]> {
  const { data, errors } = await graphql(
    `query q${declared} { uiapi { query { Lead(${given}) { edges { node { LastName { value } } } } } } }`,
    variables,
  );
  expect(errors).toEqual([]);
  return data!.uiapi.query['Lead']!.edges.map(({ node }) => (node['LastName'] as Row)['value']);
}

const queue = org.query(admin, "SELECT Id FROM Group WHERE Type = 'Queue'").records[0]!['Id'] as string;
const insert = (object: string, row: Row): string => {
  const [result] = org.insert(admin, object, [row]);
  if (!result?.success) throw new Error(JSON.stringify(result?.errors));
  return result.id!;
};
const lead = (LastName: string, row: Row = {}) => insert('Lead', { LastName, Company: 'Fern', ...row });

beforeAll(async () => {
  address = await server.listen({ port: 0, host: '127.0.0.1' });
  const ash = lead('Ash', { Lead_Score__c: 90, Last_Engagement_At__c: '2026-11-20T08:00:00Z', City: "Val d'Or" });
  lead('Birch', { Lead_Score__c: 90, Last_Engagement_At__c: '2026-11-21T08:00:00Z', AnnualRevenue: 1250000 });
  lead('Cedar', { Lead_Score__c: 12, OwnerId: queue });
  lead('Dogwood');
  for (const [number, Type__c] of ['email.click', 'page.view'].entries())
    insert('Engagement__c', {
      External_Id__c: `e${number}`,
      Type__c,
      Source__c: 'test',
      Lead__c: ash,
      Occurred_At__c: '2026-11-20T08:00:00Z',
    });
});

afterAll(async () => {
  await server.close();
  org.close();
});

describe('order', () => {
  test('by the fields as written, not as the schema lists them', async () => {
    const byScore = 'Lead_Score__c: { order: DESC, nulls: LAST }';
    const byTime = 'Last_Engagement_At__c: { order: DESC, nulls: LAST }';
    expect(await names(`orderBy: { ${byScore} ${byTime} }`)).toEqual(['Birch', 'Ash', 'Cedar', 'Dogwood']);
    expect((await names(`orderBy: { LastName: { order: DESC } ${byScore} }`))[0]).toBe('Dogwood');
  });

  test('also when a variable brings it', async () => {
    const order = { Lead_Score__c: { order: 'ASC', nulls: 'FIRST' }, LastName: { order: 'DESC' } };
    const found = await names('orderBy: $order', { order }, '($order: Lead_OrderBy)');
    expect(found).toEqual(['Dogwood', 'Cedar', 'Birch', 'Ash']);
  });
});

describe('filter', () => {
  test.each([
    ['eq', 'LastName: { eq: "ash" }', ['Ash']],
    ['eq null', 'Lead_Score__c: { eq: null }', ['Dogwood']],
    ['ne', 'LastName: { ne: "Ash" }', ['Birch', 'Cedar', 'Dogwood']],
    ['gt and lte', 'Lead_Score__c: { gt: 12, lte: 90 }', ['Ash', 'Birch']],
    ['in', 'LastName: { in: ["Ash", "Cedar"] }', ['Ash', 'Cedar']],
    ['nin', 'LastName: { nin: ["Ash", "Cedar"] }', ['Birch', 'Dogwood']],
    ['like', 'LastName: { like: "%r%" }', ['Birch', 'Cedar']],
    ['a quote', `City: { eq: "Val d'Or" }`, ['Ash']],
    ['a date', 'Last_Engagement_At__c: { gte: { value: "2026-11-21T00:00:00Z" } }', ['Birch']],
    ['a date literal', 'Last_Engagement_At__c: { eq: { literal: TODAY } }', ['Birch']],
    ['a date range', 'Last_Engagement_At__c: { eq: { range: { last_n_days: 7 } } }', ['Ash', 'Birch']],
    ['or', 'or: [{ LastName: { eq: "Ash" } }, { Lead_Score__c: { lt: 20 } }]', ['Ash', 'Cedar']],
    [
      'and of or',
      'and: [{ Lead_Score__c: { ne: null } }, { or: [{ LastName: { eq: "Ash" } }, { LastName: { eq: "Dogwood" } }] }]',
      ['Ash'],
    ],
    ['not', 'not: { LastName: { eq: "Ash" } }', ['Birch', 'Cedar', 'Dogwood']],
    ['a parent', 'CreatedBy: { LastName: { eq: "Admin" } }', ['Ash', 'Birch', 'Cedar', 'Dogwood']],
    ['nothing', '', ['Ash', 'Birch', 'Cedar', 'Dogwood']],
  ])('%s', async (_, where, expected) => {
    expect(await names(`where: { ${where} }, orderBy: { LastName: { order: ASC } }`)).toEqual(expected);
  });

  test('text that would end the literal stays text', async () => {
    const where = { LastName: { eq: "\\' OR LastName != '" } };
    expect(await names('where: $where', { where }, '($where: Lead_Filter)')).toEqual([]);
  });

  test('a date that is none is an error, not SOQL', async () => {
    const { errors } = await graphql(
      'query { uiapi { query { Lead(where: { CreatedDate: { gt: { value: "TODAY OR Id != null" } } }) { totalCount } } } }',
    );
    expect(errors[0]!.message).toContain("is not a valid 'DateTime'");
  });
});

test('pages with first and after, and counts them all', async () => {
  const page = (after: string | null) =>
    graphql(
      'query q($after: String) { uiapi { query { Lead(first: 3, after: $after, orderBy: { LastName: { order: ASC } }) { totalCount pageResultCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { node { LastName { value } } } } } } }',
      { after },
    );
  const first = (await page(null)).data!.uiapi.query['Lead']!;
  expect(first).toMatchObject({
    totalCount: 4,
    pageResultCount: 3,
    pageInfo: { hasNextPage: true, hasPreviousPage: false },
  });
  const second = (await page((first['pageInfo'] as Row)['endCursor'] as string)).data!.uiapi.query['Lead']!;
  expect(second).toMatchObject({
    totalCount: 4,
    pageInfo: { hasNextPage: false, hasPreviousPage: true },
    edges: [{ node: { LastName: { value: 'Dogwood' } } }],
  });
});

test('answers values for programs and for people, parents and children', async () => {
  const { data, errors } = await graphql(`
    query {
      uiapi {
        query {
          Lead(orderBy: { LastName: { order: ASC } }, first: 3) {
            edges {
              node {
                Id
                ApiName
                score: Lead_Score__c {
                  value
                  displayValue
                }
                AnnualRevenue {
                  displayValue
                }
                Last_Engagement_At__c {
                  value
                  displayValue
                }
                CreatedBy {
                  LastName @optional {
                    value
                  }
                }
                Owner {
                  ...person
                  ... on Group {
                    Name {
                      value
                    }
                  }
                }
                Engagements__r(where: { Type__c: { like: "email.%" } }) {
                  edges {
                    node {
                      Type__c {
                        value
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    fragment person on User {
      Email {
        value
      }
    }
  `);
  expect(errors).toEqual([]);
  expect(data!.uiapi.query['Lead']!.edges.map(({ node }) => node)).toMatchObject([
    {
      ApiName: 'Lead',
      score: { value: 90, displayValue: '90' },
      AnnualRevenue: { displayValue: null },
      Last_Engagement_At__c: { value: '2026-11-20T08:00:00.000Z', displayValue: '11/20/26, 8:00 AM' },
      CreatedBy: { LastName: { value: 'Admin' } },
      Owner: { Email: { value: 'admin@local-org.example' } },
      Engagements__r: { edges: [{ node: { Type__c: { value: 'email.click' } } }] },
    },
    { AnnualRevenue: { displayValue: '$1,250,000' }, Engagements__r: { edges: [] } },
    { Owner: { Name: { value: 'Sales Queue' } } },
  ]);
});

describe('errors come as 200 with their kind', () => {
  test.each([
    ['InvalidSyntax', 'query {', 'Syntax Error'],
    ['InvalidSyntax', '', 'Syntax Error'],
    ['ValidationError', 'query { uiapi { query { Lead { edges { node { Nope__c { value } } } } } } }', 'Nope__c'],
    ['ValidationError', 'query { uiapi { query { Leed { totalCount } } } }', 'Leed'],
    ['DataFetchingException', 'query { uiapi { query { Lead(first: 2001) { totalCount } } } }', 'between 1 and 2000'],
    ['DataFetchingException', 'query { uiapi { query { Lead(after: "x") { totalCount } } } }', 'not a cursor'],
  ])('%s: %s', async (kind, query, message) => {
    const { data, errors } = await graphql(query);
    expect(data?.uiapi.query['Lead'] ?? null).toBeNull();
    expect(errors[0]!.extensions.ErrorType).toBe(kind);
    expect(errors[0]!.message).toContain(message);
  });

  test('without a session it is a 401', async () => {
    const response = await fetch(`${address}/services/data/v66.0/graphql`, { method: 'POST' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject([{ errorCode: 'INVALID_SESSION_ID' }]);
  });
});
