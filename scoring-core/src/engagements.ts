/** Section 4: engagements as the rules meet them, each once and in order. */
import { canonicalText } from './canonical.ts';
import { parseInstant } from './instant.ts';
import { isObject } from './path.ts';
import type { Model } from './schema/model.ts';

/** One engagement as callers hand it in (engagement contract, section 1); rules may test all its properties. */
export type ScoredEngagement = {
  id: string;
  type: string;
  occurredAt: string;
  automated?: { verdict?: string };
  [key: string]: unknown;
};

export interface Engagement {
  readonly id: string;
  readonly type: string;
  readonly instant: number;
  readonly weight: number;
  readonly source: ScoredEngagement;
}

type Weights = Readonly<Record<string, number>>;

export function verdictWeights({ verdictWeights = {} }: Pick<Model, 'verdictWeights'>): Weights {
  return { human: 1, unknown: 1, suspect: 0.5, machine: 0, ...verdictWeights };
}

/**
 * Of engagements with the same id the first in sort order: by instant, lowest weight, canonical JSON text. The result is
 * sorted by instant, then id. What has no text as id and type, or no date as `occurredAt`, is passed over.
 */
export function prepareEngagements(sources: readonly ScoredEngagement[], weights: Weights): readonly Engagement[] {
  if (sources.length === 0) return none;
  const all: Engagement[] = [];
  const ids = new Set<string>();
  for (const source of sources) {
    const engagement = read(source, weights);
    if (!engagement) continue;
    all.push(engagement);
    ids.add(engagement.id);
  }
  // They mostly come once and in order, which is found out sooner than restored.
  const engagements = ids.size === all.length ? all : firsts(all);
  return isSorted(engagements) ? engagements : engagements.sort(compare);
}

/** Of those with the same id the first. */
function firsts(engagements: readonly Engagement[]): Engagement[] {
  const found = new Map<string, Engagement>();
  for (const engagement of engagements) {
    const other = found.get(engagement.id);
    if (!other || isBefore(engagement, other)) found.set(engagement.id, engagement);
  }
  return [...found.values()];
}

function isSorted(engagements: readonly Engagement[]): boolean {
  for (let index = 1; index < engagements.length; index++) {
    if (compare(engagements[index - 1]!, engagements[index]!) > 0) return false;
  }
  return true;
}

const none: readonly Engagement[] = [];

const compare = (a: Engagement, b: Engagement) => a.instant - b.instant || (a.id < b.id ? -1 : 1);

function read(source: ScoredEngagement, weights: Weights): Engagement | undefined {
  if (!isObject(source)) return undefined;
  const { id, type, occurredAt, automated }: Record<string, unknown> = source;
  const instant = parseInstant(occurredAt);
  if (typeof id !== 'string' || typeof type !== 'string' || instant === undefined) return undefined;
  return { id, type, instant, weight: weightOf(automated, weights), source };
}

/** A verdict that is not one of the four counts as unknown, as none does. */
function weightOf(automated: unknown, weights: Weights): number {
  if (automated === undefined) return weights['unknown']!;
  const verdict = isObject(automated) ? automated['verdict'] : undefined;
  const known = typeof verdict === 'string' && Object.hasOwn(weights, verdict) ? verdict : 'unknown';
  return weights[known]!;
}

function isBefore(a: Engagement, b: Engagement): boolean {
  if (a.instant !== b.instant) return a.instant < b.instant;
  if (a.weight !== b.weight) return a.weight < b.weight;
  return canonicalText(a.source) < canonicalText(b.source);
}
