import { gql } from 'lightning/graphql';

export const VERSIONS_QUERY = gql`
  query versionsOfModel($model: ID, $first: Int) {
    uiapi {
      query {
        Scoring_Model_Version__c(
          where: { Model__c: { eq: $model } }
          orderBy: { Version__c: { order: DESC } }
          first: $first
        ) {
          edges {
            node {
              Id
              Version__c {
                value
              }
              Note__c {
                value
              }
              CreatedDate {
                value
              }
              CreatedBy {
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
`;

/** Definitions are long, so that they are asked for only when somebody wants to see them. */
export const DEFINITIONS_QUERY = gql`
  query definitionsOfVersions($ids: [ID]) {
    uiapi {
      query {
        Scoring_Model_Version__c(where: { Id: { in: $ids } }) {
          edges {
            node {
              Id
              Definition__c {
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

interface Answer<Node> {
  uiapi: { query: { Scoring_Model_Version__c: { edges: { node: Node }[] } } };
}

export type VersionsData = Answer<{
  Id: string;
  Version__c: Field<number>;
  Note__c: Field<string>;
  CreatedDate: Field<string>;
  CreatedBy: { Name: Field<string> } | null;
}>;

export type DefinitionsData = Answer<{ Id: string; Definition__c: Field<string> }>;

export interface Version {
  id: string;
  number: number;
  note: string | null;
  createdAt: string | null;
  createdBy: string | null;
}

/** The versions, newest first. */
export const versionsFrom = (data: VersionsData): Version[] =>
  data.uiapi.query.Scoring_Model_Version__c.edges.map(({ node }) => ({
    id: node.Id,
    number: node.Version__c.value ?? 0,
    note: node.Note__c.value,
    createdAt: node.CreatedDate.value,
    createdBy: node.CreatedBy?.Name.value ?? null,
  }));

/** The definitions by the IDs of their versions. */
export const definitionsFrom = (data: DefinitionsData): Map<string, string> =>
  new Map(data.uiapi.query.Scoring_Model_Version__c.edges.map(({ node }) => [node.Id, node.Definition__c.value ?? '']));
