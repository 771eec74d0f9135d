import { gql } from 'lightning/graphql';

/** The scores of one record under active models, and what tells why there may be none. */
export const SCORES_QUERY = gql`
  query scoresOfRecord($recordId: String, $id: ID, $object: String) {
    uiapi {
      query {
        Score__c(
          where: { Record_Id__c: { eq: $recordId }, Model__r: { Status__c: { eq: "Active" } } }
          orderBy: { External_Id__c: { order: ASC } }
          first: 10
        ) {
          edges {
            node {
              Id
              Value__c {
                value
              }
              Rating__c {
                value
              }
              Grade__c {
                value
              }
              Reasons__c {
                value
              }
              Explanation__c {
                value
              }
              Evaluated_At__c {
                value
              }
              Model__r {
                Name {
                  value
                }
              }
              Lead__r {
                Last_Engagement_At__c {
                  value
                }
                Last_Engagement_Type__c {
                  value
                }
              }
              Contact__r {
                Last_Engagement_At__c {
                  value
                }
                Last_Engagement_Type__c {
                  value
                }
              }
              Changes__r(orderBy: { Changed_At__c: { order: DESC } }, first: 30) {
                edges {
                  node {
                    Id
                    Changed_At__c {
                      value
                    }
                    Value__c {
                      value
                    }
                    Delta__c {
                      value
                    }
                    Rating__c {
                      value
                    }
                    Cause__c {
                      value
                    }
                  }
                }
              }
            }
          }
        }
        Scoring_Model__c(where: { Object__c: { eq: $object }, Status__c: { eq: "Active" } }, first: 1) {
          edges {
            node {
              Id
            }
          }
        }
        Engagement__c(where: { or: [{ Lead__c: { eq: $id } }, { Contact__c: { eq: $id } }] }, first: 1) {
          edges {
            node {
              Id
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

interface Connection<Node> {
  edges: { node: Node }[];
}

export interface Engaged {
  Last_Engagement_At__c: Field<string>;
  Last_Engagement_Type__c: Field<string>;
}

export interface ChangeNode {
  Id: string;
  Changed_At__c: Field<string>;
  Value__c: Field<number>;
  Delta__c: Field<number>;
  Rating__c: Field<string>;
  Cause__c: Field<string>;
}

export interface ScoreNode {
  Id: string;
  Value__c: Field<number>;
  Rating__c: Field<string>;
  Grade__c: Field<string>;
  Reasons__c: Field<string>;
  Explanation__c: Field<string>;
  Evaluated_At__c: Field<string>;
  Model__r: { Name: Field<string> } | null;
  Lead__r: Engaged | null;
  Contact__r: Engaged | null;
  Changes__r: Connection<ChangeNode>;
}

export interface ScoresData {
  uiapi: {
    query: {
      Score__c: Connection<ScoreNode>;
      Scoring_Model__c: Connection<{ Id: string }>;
      Engagement__c: Connection<{ Id: string }>;
    };
  };
}
