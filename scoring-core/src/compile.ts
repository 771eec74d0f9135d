import type { Course, Failing, RuleCourse, Scene } from './course.ts';
import { prepareEngagements, verdictWeights, type ScoredEngagement } from './engagements.ts';
import { compileGate } from './gate.ts';
import { formatInstant, parseInstant } from './instant.ts';
import { momentAt, nextChange, sumOf, type Timeline } from './next-change.ts';
import { compileOutcome } from './outcome.ts';
import { isObject, type Json } from './path.ts';
import { toPoints } from './points.ts';
import type { Previous, Result } from './result.ts';
import { compileRule } from './rules/rule.ts';
import type { Model } from './schema/model.ts';
import type { Rule } from './schema/rule.ts';

/** A record as the REST API returns it: parents nested, children as an array or as `{ records: [...] }`. */
export type ScoredRecord = Json;

export type EvaluateInput = {
  record: ScoredRecord;
  engagements: readonly ScoredEngagement[];
  previous?: Previous | undefined;
  /** ISO 8601, such as `2026-03-15T12:00:00.000Z`. */
  at: string;
};

export interface Scorer {
  readonly model: Model;
  /**
   * The score at `at` and all that explains it (section 6). Pure: neither the order nor the repetition of `engagements`
   * matters, and odd data never throws: what cannot be read counts as blank, an engagement without a date as absent.
   *
   * @throws RangeError if `at` is no ISO date of section 3.3
   */
  readonly evaluate: (input: EvaluateInput) => Result;
}

/** How far ahead a next change is looked for: 1,096 days, the last instant included. */
const HORIZON = 1096 * 86_400_000;

/**
 * Compiles a model that parseModel has accepted into closures, to be used for any number of records.
 *
 * @example
 * const scorer = compile(model);
 * scorer.evaluate({ record: { Industry: 'Software' }, engagements: [], at: '2026-03-15T12:00:00Z' }).score;
 */
export function compile(model: Model): Scorer {
  const { categories = [], gates = [] } = model;
  const look = compileLook(model);
  const enabled = model.rules.filter((rule) => rule.enabled !== false);
  const conclude = compileOutcome(model, enabled);

  const evaluate = (input: EvaluateInput): Result => {
    const { scene, courses, previousRating } = look(input);
    const now = momentAt(courses, scene.from);
    const outcome = conclude(now.rules.map(sumOf), now.gates, previousRating);

    // A once-rule that comes to be earned is a change in itself, so nothing after it matters.
    const earns = Math.min(...courses.rules.map((rule) => rule.earns ?? Infinity));
    const timeline: Timeline = { ...courses, conclude: (awarded, states) => conclude(awarded, states, outcome.rating) };
    const next = nextChange(timeline, now, Math.min(scene.to, earns - 1)) ?? earns;

    return {
      score: toPoints(outcome.score),
      rating: outcome.rating,
      grade: outcome.grade,
      categories: Object.fromEntries(categories.map(({ key }, index) => [key, toPoints(outcome.categories[index]!)])),
      contributions: enabled.flatMap(({ key }, index) => {
        const { awards } = now.rules[index]!;
        return awards > 0 ? [{ rule: key, points: toPoints(outcome.contributions[index]!), awards }] : [];
      }),
      failedGates: gates.filter((_, index) => now.gates[index]!.failed).map(({ key }) => key),
      earned: Object.fromEntries(
        enabled.flatMap(({ key }, index) => {
          const { earned } = courses.rules[index]!;
          return earned === undefined ? [] : [[key, formatInstant(earned)]];
        }),
      ),
      nextChangeAt: next === Infinity ? null : formatInstant(next),
    };
  };
  return { model, evaluate };
}

/** What an evaluation looks at: the scene, and how every rule and gate runs in it. */
export interface Look {
  readonly rules: readonly Rule[];
  readonly scene: Scene;
  readonly courses: { readonly rules: readonly RuleCourse[]; readonly gates: readonly Course<Failing>[] };
  readonly previousRating: string | undefined;
}

export function compileLook(model: Model): (input: EvaluateInput) => Look {
  const rules = model.rules.filter((rule) => rule.enabled !== false);
  const ruleCourses = rules.map(compileRule);
  const gateCourses = (model.gates ?? []).map(compileGate);
  const weights = verdictWeights(model);

  return ({ record, engagements, previous, at }) => {
    const from = parseInstant(at);
    if (from === undefined) throw new RangeError(`at must be an ISO date such as 2026-03-15T12:00:00.000Z, not ${at}`);
    const { rating, earned } = readPrevious(previous);
    const scene: Scene = {
      record,
      engagements: prepareEngagements(engagements, weights),
      from,
      to: from + HORIZON,
      earned: (rule) => (Object.hasOwn(earned, rule) ? parseInstant(earned[rule]) : undefined),
    };
    const courses = {
      rules: ruleCourses.map((course) => course(scene)),
      gates: gateCourses.map((course) => course(scene)),
    };
    return { rules, scene, courses, previousRating: rating };
  };
}

/** What callers stored may have come back in any shape. */
function readPrevious(previous: unknown): { rating: string | undefined; earned: Json } {
  const { rating, earned }: Json = isObject(previous) ? previous : {};
  return { rating: typeof rating === 'string' ? rating : undefined, earned: isObject(earned) ? earned : {} };
}
