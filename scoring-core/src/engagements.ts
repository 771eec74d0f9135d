/** Section 4: engagements as the rules meet them, each once and in order. */
import { canonicalText } from './canonical.ts';
import { createFingerprints } from './fingerprints.ts';
import { instantOf } from './instant.ts';
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

/** In columns: what is known of the one with the number n is at n. */
export interface Engagements {
  readonly sources: readonly ScoredEngagement[];
  readonly instants: readonly number[];
  readonly weights: readonly number[];
}

interface Engagement {
  readonly source: ScoredEngagement;
  readonly instant: number;
  readonly weight: number;
}

type Weights = Readonly<Record<string, number>>;

/**
 * Of engagements with the same id the first in sort order: by instant, lowest weight, canonical JSON text. The result is
 * sorted by instant, then id. What has no text as id and type, or no date as `occurredAt`, is passed over. The columns
 * are those of one call at a time.
 */
export function compileEngagements(model: Pick<Model, 'verdictWeights'>) {
  const weightOf = compileWeights(model);
  const instants: number[] = [];
  const ids = createFingerprints();
  const weights: number[] = [];

  /** They mostly come whole, once and in order, which is found out sooner than restored. */
  const takeInOrder = (sources: readonly ScoredEngagement[]): boolean => {
    ids.begin(sources.length);
    let [last, lastId] = [-Infinity, ''];
    for (let index = 0; index < sources.length; index++) {
      const source = sources[index]!;
      const instant = instantOfEngagement(source);
      if (!(instant > last || (instant === last && source.id > lastId))) return false;
      instants[index] = last = instant;
      weights[index] = weightOf(source.automated);
      lastId = source.id;
      if (ids.mayRepeat(lastId)) return false;
    }
    return true;
  };

  return (sources: readonly ScoredEngagement[]): Engagements => {
    if (takeInOrder(sources)) return { sources, instants, weights };
    const sorted = firsts(sources, weightOf).sort(compare);
    for (const [index, { instant, weight }] of sorted.entries()) {
      instants[index] = instant;
      weights[index] = weight;
    }
    return { sources: sorted.map(({ source }) => source), instants, weights };
  };
}

/** NaN for what is no engagement. */
function instantOfEngagement(source: ScoredEngagement | null | undefined): number {
  if (typeof source?.id !== 'string' || typeof source.type !== 'string') return Number.NaN;
  return instantOf(source.occurredAt);
}

export function verdictWeights({ verdictWeights = {} }: Pick<Model, 'verdictWeights'>): Weights {
  return { human: 1, unknown: 1, suspect: 0.5, machine: 0, ...verdictWeights };
}

/** A verdict that is not one of the four counts as unknown, as none does. */
function compileWeights(model: Pick<Model, 'verdictWeights'>): (automated: unknown) => number {
  const weights = verdictWeights(model);
  const unknown = weights['unknown']!;
  return (automated) => {
    const verdict = isObject(automated) ? automated['verdict'] : undefined;
    return typeof verdict === 'string' && Object.hasOwn(weights, verdict) ? weights[verdict]! : unknown;
  };
}

/** Of those with the same id the first. */
function firsts(sources: readonly ScoredEngagement[], weightOf: (automated: unknown) => number): Engagement[] {
  const found = new Map<string, Engagement>();
  for (const source of sources) {
    const instant = instantOfEngagement(source);
    if (Number.isNaN(instant)) continue;
    const engagement = { source, instant, weight: weightOf(source.automated) };
    const other = found.get(source.id);
    if (!other || isBefore(engagement, other)) found.set(source.id, engagement);
  }
  return [...found.values()];
}

const compare = (a: Engagement, b: Engagement) => a.instant - b.instant || (a.source.id < b.source.id ? -1 : 1);

function isBefore(a: Engagement, b: Engagement): boolean {
  if (a.instant !== b.instant) return a.instant < b.instant;
  if (a.weight !== b.weight) return a.weight < b.weight;
  return canonicalText(a.source) < canonicalText(b.source);
}
