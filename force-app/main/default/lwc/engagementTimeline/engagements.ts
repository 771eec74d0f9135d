import { gql } from 'lightning/graphql';
import { inWords } from 'c/engagementTypes';

export const ENGAGEMENTS_QUERY = gql`
  query engagementsOfRecord($recordId: ID, $type: String, $first: Int) {
    uiapi {
      query {
        Engagement__c(
          where: {
            and: [
              { or: [{ Lead__c: { eq: $recordId } }, { Contact__c: { eq: $recordId } }] }
              { Type__c: { like: $type } }
            ]
          }
          orderBy: { Occurred_At__c: { order: DESC } }
          first: $first
        ) {
          totalCount
          edges {
            node {
              Id
              Type__c {
                value
              }
              Occurred_At__c {
                value
              }
              Verdict__c {
                value
              }
              Properties__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

interface Field<T> {
  value: T | null;
}

interface Node {
  Id: string;
  Type__c: Field<string>;
  Occurred_At__c: Field<string>;
  Verdict__c: Field<string>;
  Properties__c: Field<string>;
}

export interface EngagementsData {
  uiapi: { query: { Engagement__c: { totalCount: number; edges: { node: Node }[] } } };
}

/** An engagement, ready to show; `occurredAt` in milliseconds, `about` what it was about, where that is known. */
export interface Engagement {
  id: string;
  what: string;
  about: string | null;
  occurredAt: number;
  verdict: string | null;
  iconName: string;
}

export interface Engagements {
  total: number;
  rows: Engagement[];
}

export function engagementsFrom(data: EngagementsData): Engagements {
  const { totalCount, edges } = data.uiapi.query.Engagement__c;
  return { total: totalCount, rows: edges.map(({ node }) => engagementFrom(node)) };
}

function engagementFrom({ Id, Type__c, Occurred_At__c, Verdict__c, Properties__c }: Node): Engagement {
  const type = Type__c.value ?? '';
  return {
    id: Id,
    what: inWords(type),
    about: aboutFrom(Properties__c.value),
    occurredAt: Date.parse(Occurred_At__c.value ?? ''),
    verdict: Verdict__c.value,
    iconName: ICONS[type.split('.')[0] ?? ''] ?? 'standard:event',
  };
}

const ICONS: Record<string, string> = {
  email: 'standard:email',
  sms: 'standard:sms',
  form: 'standard:form',
  page: 'standard:product_item',
  meeting: 'standard:event',
  deal: 'standard:opportunity',
};

/** Where the name of what an engagement was about may stand in its properties, best first. */
const PLACES = [
  ['link', 'url'],
  ['page', 'title'],
  ['page', 'url'],
  ['form', 'name'],
  ['form', 'id'],
  ['tag', 'name'],
  ['campaign', 'subject'],
  ['campaign', 'name'],
  ['title'],
] as const;

function aboutFrom(properties: string | null): string | null {
  const json = parse(properties);
  for (const place of PLACES) {
    const value = place.reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], json);
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
