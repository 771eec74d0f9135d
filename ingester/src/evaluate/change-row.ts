import type { Model, Result } from '../../../scoring-core/src/index.ts';
import type { NewOutboxRow } from '../store/store.ts';
import { parsed } from './parsed.ts';
import type { Last } from './previous.ts';
import { scoreId } from './score-row.ts';

/** A change of less is not worth a row, unless the rating changes: points that decay would fill the org. */
const LEAST = 1;

/** Longest Cause__c. */
const LONGEST = 255;

/**
 * The Score_Change__c row for a score that was `previous` and is now `result`; undefined if the change is not worth
 * keeping. Its external ID is the score and the instant, so that writing it again does not double it.
 *
 * @param explained Explanation__c as it was before, if that is known
 */
export function changeRow(
  model: Model,
  record: { id: string },
  result: Result,
  { previous, explained, at }: { previous: Last | undefined; explained: string | undefined; at: number },
): NewOutboxRow | undefined {
  const delta = Math.round((result.score - (previous?.value ?? 0)) * 100) / 100;
  const rated = previous !== undefined && previous.rating !== result.rating;
  if (!rated && Math.abs(delta) < LEAST) return undefined;
  const changedAt = new Date(at).toISOString();
  const score = scoreId(model.key, record.id);
  const id = `${score}:${changedAt}`;
  return {
    target: `Score_Change__c/${id}`,
    object: 'Score_Change__c',
    record: record.id,
    payload: {
      External_Id__c: id,
      Score__r: { External_Id__c: score },
      Changed_At__c: changedAt,
      Value__c: result.score,
      Rating__c: result.rating,
      Delta__c: delta,
      Cause__c: previous && explained === undefined ? null : causeOf(model, parsed(explained), result),
    },
  };
}

/** The name of the rule that adds or takes the most more than before, or else of a gate that has opened or shut. */
function causeOf({ rules, gates = [] }: Model, before: Partial<Result>, after: Result): string | null {
  const pointsIn = ({ contributions = [] }: Partial<Result>, key: string) =>
    contributions.find(({ rule }) => rule === key)?.points ?? 0;
  const [moved] = rules
    .map(({ key, name }) => ({ name, by: Math.abs(pointsIn(after, key) - pointsIn(before, key)) }))
    .filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by);
  const turned = gates.find(({ key }) => (before.failedGates ?? []).includes(key) !== after.failedGates.includes(key));
  const cause = (moved ?? turned)?.name.slice(0, LONGEST).replaceAll('@{', '@ {');
  return cause ?? null;
}
