import { gql } from 'lightning/graphql';
import { inWords } from 'c/engagementTypes';
import type { Reason } from 'c/scoreReasons';

/** The latest score of one record, and the last engagement as the record itself keeps it. */
export const SCORE_QUERY = gql`
  query scoreOfRecord($recordId: String) {
    uiapi {
      query {
        Score__c(where: { Record_Id__c: { eq: $recordId } }, orderBy: { Evaluated_At__c: { order: DESC } }, first: 1) {
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

interface Engaged {
  Last_Engagement_At__c: Field<string>;
  Last_Engagement_Type__c: Field<string>;
}

export interface ScoreData {
  uiapi: {
    query: {
      Score__c: {
        edges: {
          node: {
            Id: string;
            Value__c: Field<number>;
            Rating__c: Field<string>;
            Grade__c: Field<string>;
            Reasons__c: Field<string>;
            Lead__r: Engaged | null;
            Contact__r: Engaged | null;
          };
        }[];
      };
    };
  };
}

export interface Score {
  value: number | null;
  rating: string | null;
  grade: string | null;
  reasons: Reason[];
  /** `at` in milliseconds. */
  lastEngagement: { at: number; what: string } | null;
}

/** What the card shows; null where the record has no score yet. */
export function scoreFrom(data: ScoreData): Score | null {
  const node = data.uiapi.query.Score__c.edges[0]?.node;
  if (!node) return null;
  const engaged = node.Lead__r ?? node.Contact__r;
  return {
    value: node.Value__c.value,
    rating: node.Rating__c.value,
    grade: node.Grade__c.value,
    reasons: reasonsFrom(node.Reasons__c.value ?? ''),
    lastEngagement: engaged && lastEngagementOf(engaged),
  };
}

function lastEngagementOf({
  Last_Engagement_At__c: at,
  Last_Engagement_Type__c: type,
}: Engaged): Score['lastEngagement'] {
  return at.value === null ? null : { at: Date.parse(at.value), what: inWords(type.value ?? '') };
}

/** Reads lines such as "+20 Pricing page visit (2 times)". */
function reasonsFrom(text: string): Reason[] {
  const lines = text.matchAll(/^([+-]?[\d.]+) (.+?)(?: \((\d+) times\))?$/gm);
  return Array.from(lines, ([, points, name = '', awards]) => ({
    name,
    points: Number(points),
    awards: Number(awards ?? 1),
  }));
}
