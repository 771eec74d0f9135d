import { inWords } from 'c/engagementTypes';
import type { Change } from 'c/scoreTrend';
import type { Score } from 'c/scoreSection';
import { explained } from './explained';
import type { ChangeNode, Engaged, ScoreNode, ScoresData } from './query';

/** What the card shows. */
export interface Scores {
  scores: Score[];
  /** Whether there is engagement with the record. */
  engaged: boolean;
  /** Whether any model is to score records of this object. */
  modeled: boolean;
}

export function scoresFrom(data: ScoresData): Scores {
  const { Score__c: scores, Scoring_Model__c: models, Engagement__c: engagements } = data.uiapi.query;
  return {
    scores: scores.edges.map(({ node }) => scoreFrom(node)),
    engaged: engagements.edges.length > 0,
    modeled: models.edges.length > 0,
  };
}

function scoreFrom(node: ScoreNode): Score {
  const engaged = node.Lead__r ?? node.Contact__r;
  return {
    id: node.Id,
    model: node.Model__r?.Name.value ?? '',
    value: node.Value__c.value,
    rating: node.Rating__c.value,
    grade: node.Grade__c.value,
    computedAt: node.Evaluated_At__c.value === null ? null : Date.parse(node.Evaluated_At__c.value),
    ...explained(node.Explanation__c.value, node.Reasons__c.value),
    changes: node.Changes__r.edges.map((edge) => changeFrom(edge.node)).reverse(),
    lastEngagement: engaged && lastEngagementOf(engaged),
  };
}

const changeFrom = ({ Id, Changed_At__c, Value__c, Delta__c, Rating__c, Cause__c }: ChangeNode): Change => ({
  id: Id,
  at: Date.parse(Changed_At__c.value ?? ''),
  value: Value__c.value ?? 0,
  delta: Delta__c.value ?? 0,
  rating: Rating__c.value,
  cause: Cause__c.value,
});

function lastEngagementOf({
  Last_Engagement_At__c: at,
  Last_Engagement_Type__c: type,
}: Engaged): Score['lastEngagement'] {
  return at.value === null ? null : { at: Date.parse(at.value), what: inWords(type.value ?? '') };
}
