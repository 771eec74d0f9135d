import { compile } from './compile.ts';
import type { ScoredEngagement } from './engagements.ts';
import type { ScoredRecord } from './look.ts';
import type { Previous, Result } from './result.ts';
import type { Model } from './schema/model.ts';

/**
 * Section 1's pure function, for a single record; compile the model once where there are many.
 *
 * @throws RangeError if `at` is no ISO date
 * @example
 * evaluate(model, { Industry: 'Software' }, [], undefined, '2026-03-15T12:00:00Z').score
 */
export function evaluate(
  model: Model,
  record: ScoredRecord,
  engagements: readonly ScoredEngagement[],
  previous: Previous | undefined,
  at: string,
): Result {
  return compile(model).evaluate({ record, engagements, previous, at });
}
