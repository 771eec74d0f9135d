import type { Result } from '../../../scoring-core/src/index.ts';
import type { SalesforceRow } from '../salesforce/query.ts';
import type { Dossier, DueRecord, Evaluation, LedgerEntry, NewOutboxRow, Score } from '../store/store.ts';
import { changeRow } from './change-row.ts';
import { engagementRow, lookupsOf } from './engagement-row.ts';
import { hindsight } from './hindsight.ts';
import { lastEngagement } from './last-engagement.ts';
import type { ActiveModel, Mapping } from './models.ts';
import type { Last } from './previous.ts';
import { scoreId, scoreRow } from './score-row.ts';

/** One model with the record as it asked for it. */
export interface Scoring {
  active: ActiveModel;
  row: SalesforceRow;
}

/** How long what is not urgent may wait for company, and the instant of evaluation. */
export interface Moment {
  at: number;
  flushInterval: number;
}

/**
 * Evaluates a record under its models and says what Salesforce must hold because of it: nothing that it was handed
 * already. Pure.
 *
 * @param inSalesforce results by External_Id__c, for models that the dossier has no score of
 */
export function evaluateRecord(
  record: DueRecord,
  dossier: Dossier,
  scorings: readonly Scoring[],
  inSalesforce: ReadonlyMap<string, Last>,
  { at, flushInterval }: Moment,
): Evaluation {
  const verdicts = hindsight(dossier.engagements.map(({ engagement }) => engagement));
  const entries = dossier.engagements.map((entry) => {
    const automated = verdicts.get(entry.engagement);
    return automated ? { ...entry, engagement: { ...entry.engagement, automated } } : entry;
  });
  const engagements = entries.map(({ engagement }) => ({
    ...engagement,
    // IDs are unique within their source; the engine knows no sources.
    id: `${engagement.source}\n${engagement.id}`,
  }));
  const last = lastEngagement(entries.map(({ engagement }) => engagement));
  const outbox: NewOutboxRow[] = [];
  const scores: Evaluation['scores'] = [];
  const sent: Evaluation['sent'] = [];
  let fields: Record<string, unknown> = {};
  let nextChangeAt: number | null = null;
  let ratingChanged = false;

  for (const [index, entry] of entries.entries()) {
    const lookups = lookupsOf(entry);
    const inHindsight = verdicts.get(dossier.engagements[index]!.engagement)?.verdict;
    const sentAs = JSON.stringify({ ...lookups, ...(inHindsight && { verdict: inHindsight }) });
    if (sentAs === entry.sentAs) continue;
    sent.push({ source: entry.engagement.source, id: entry.engagement.id, sentAs });
    outbox.push(engagementRow(entry, lookups, record.id));
  }

  for (const { active, row } of scorings) {
    const known = dossier.scores.get(active.model.key);
    const previous = known ? lastOf(known) : inSalesforce.get(scoreId(active.model.key, record.id));
    const input = { record: row, engagements, previous, at: new Date(at).toISOString() };
    const result = active.scorer.evaluate(input);
    const changed =
      previous?.value !== result.score || previous.rating !== result.rating || previous.grade !== result.grade;
    const changedAt = changed ? at : (known?.changedAt ?? at);
    const payload = scoreRow(active, record, result, input);
    const score = {
      model: active.model.key,
      fingerprint: active.fingerprint,
      rating: result.rating,
      earned: result.earned,
      changedAt,
      row: JSON.stringify(payload),
    };
    scores.push(score);
    if (known?.row !== score.row) outbox.push(scoreOutboxRow(payload, record, at));
    if (changed) {
      const explained = known && rowOf(known).Explanation__c;
      const change = changeRow(active.model, record, result, { previous, explained, at });
      if (change) outbox.push(change);
    }
    if ((previous?.rating ?? null) !== result.rating) ratingChanged = true;
    if (result.nextChangeAt !== null)
      nextChangeAt = Math.min(nextChangeAt ?? Infinity, Date.parse(result.nextChangeAt));
    fields = { ...fields, ...mapped(active.mapping, result, changedAt, last) };
  }

  const fieldsText = scorings.length === 0 ? dossier.fields : JSON.stringify(fields);
  if (Object.keys(fields).length > 0 && fieldsText !== dossier.fields) {
    outbox.push({
      target: `${record.object}/${record.id}`,
      object: record.object,
      record: record.id,
      payload: { Id: record.id, ...fields },
    });
  }
  return {
    record,
    scores,
    fields: fieldsText,
    sent,
    outbox,
    leaveAt: ratingChanged ? at : at + flushInterval,
    nextChangeAt,
  };
}

function scoreOutboxRow(payload: ReturnType<typeof scoreRow>, record: DueRecord, at: number): NewOutboxRow {
  return {
    target: `Score__c/${payload.External_Id__c}`,
    object: 'Score__c',
    record: record.id,
    payload: { ...payload, Evaluated_At__c: new Date(at).toISOString() },
  };
}

/** The last result, from what was last written. */
function lastOf(score: Score): Last {
  const { Value__c: value, Grade__c: grade } = rowOf(score);
  return { value, rating: score.rating, grade, earned: score.earned };
}

const rowOf = ({ row }: Score) => JSON.parse(row) as ReturnType<typeof scoreRow>;

/** The values of the record's own fields, as far as the model names fields for them. */
function mapped(mapping: Mapping, result: Result, changedAt: number, last: LedgerEntry['engagement'] | undefined) {
  const values: Record<keyof Mapping, unknown> = {
    score: result.score,
    rating: result.rating,
    grade: result.grade,
    changedAt: new Date(changedAt).toISOString(),
    lastEngagementAt: last?.occurredAt ?? null,
    lastEngagementType: last?.type ?? null,
  };
  return Object.fromEntries(Object.entries(mapping).map(([what, field]) => [field, values[what as keyof Mapping]]));
}
