import { explain, type EvaluateInput, type Result } from '../../../scoring-core/src/index.ts';
import { goalOf } from './goal.ts';
import { jsonText } from './json-text.ts';
import type { ActiveModel } from './models.ts';

/** How many reasons and changes ahead a person reads. */
const [REASONS, AHEAD] = [10, 5];

/** Longest Explanation__c. */
const LONGEST = 131_072;

/**
 * Explanation__c: the result, and what the record page tells about it beyond the result. It says the same as long as
 * nothing about the score changes, and holds no value of the record's fields, which not everybody who sees a score may
 * read. What does not fit is the bare result.
 */
export function explanation({ model, scorer }: ActiveModel, result: Result, input: EvaluateInput): string {
  // Looking for ways to the next rating takes hundreds of evaluations; without thresholds there is nothing to look for.
  const { reasons, adjustments, ahead, blocks } = explain({ ...model, thresholds: [] }, result, input);
  const text = jsonText({
    ...result,
    reasons: reasons.slice(0, REASONS),
    adjustments,
    ahead: ahead.slice(0, AHEAD),
    next: nextOf(result, (at) => scorer.evaluate({ ...input, previous: result, at })),
    blocks: blocks.map((block) => ({ ...block, missing: block.missing.map(({ condition }) => ({ condition })) })),
    goal: goalOf(model, result),
  });
  return text.length <= LONGEST ? text : jsonText(result);
}

function nextOf({ nextChangeAt: at }: Result, evaluateAt: (at: string) => Result) {
  if (at === null) return null;
  const { score, rating, grade } = evaluateAt(at);
  return { at, score, rating, grade };
}
