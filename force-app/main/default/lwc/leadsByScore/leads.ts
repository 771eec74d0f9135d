import { gql } from 'lightning/graphql';
import { inWords } from 'c/engagementTypes';

export const LEADS_QUERY = gql`
  query leadsByScore($first: Int) {
    uiapi {
      query {
        Lead(
          where: { IsConverted: { eq: false } }
          orderBy: { Lead_Score__c: { order: DESC, nulls: LAST }, Last_Engagement_At__c: { order: DESC, nulls: LAST } }
          first: $first
        ) {
          totalCount
          edges {
            node {
              Id
              Name {
                value
              }
              Company {
                value
              }
              Lead_Score__c {
                value
              }
              Score_Rating__c {
                value
              }
              Last_Engagement_At__c {
                value
              }
              Last_Engagement_Type__c {
                value
              }
              Owner {
                ... on User {
                  Name {
                    value
                  }
                }
                ... on Group {
                  Name {
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
`;

interface Field<T> {
  value: T | null;
}

interface Lead {
  Id: string;
  Name: Field<string>;
  Company: Field<string>;
  Lead_Score__c: Field<number>;
  Score_Rating__c: Field<string>;
  Last_Engagement_At__c: Field<string>;
  Last_Engagement_Type__c: Field<string>;
  Owner: { Name?: Field<string> } | null;
}

export interface LeadsData {
  uiapi: { query: { Lead: { totalCount: number; edges: { node: Lead }[] } } };
}

export interface Leads {
  total: number;
  rows: object[];
}

export function leadsFrom(data: LeadsData): Leads {
  const { totalCount, edges } = data.uiapi.query.Lead;
  return { total: totalCount, rows: edges.map(({ node }) => rowFrom(node)) };
}

function rowFrom(lead: Lead): object {
  return {
    id: lead.Id,
    url: `/lightning/r/Lead/${lead.Id}/view`,
    name: lead.Name.value,
    company: lead.Company.value,
    score: lead.Lead_Score__c.value,
    rating: lead.Score_Rating__c.value,
    lastEngagement: inWords(lead.Last_Engagement_Type__c.value ?? ''),
    lastEngagementAt: lead.Last_Engagement_At__c.value,
    owner: lead.Owner?.Name?.value,
  };
}
