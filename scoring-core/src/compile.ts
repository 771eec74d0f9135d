import { compileGates } from './gate.ts';
import { formatInstant } from './instant.ts';
import { compileLooking, type EvaluateInput } from './look.ts';
import { momentAt, nextChange, sumOf, type Timeline } from './next-change.ts';
import { compileOutcome } from './outcome.ts';
import { clamp, hundredths, limitOf, toPoints } from './points.ts';
import type { Contribution, Result } from './result.ts';
import type { Model } from './schema/model.ts';

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

/**
 * Compiles a model that parseModel has accepted into closures, to be used for any number of records.
 *
 * @example
 * const scorer = compile(model);
 * scorer.evaluate({ record: { Industry: 'Software' }, engagements: [], at: '2026-03-15T12:00:00Z' }).score;
 */
export function compile(model: Model): Scorer {
  const { categories = [], gates = [] } = model;
  const { rules, placeFacts, moving, look } = compileLooking(model);
  const maxima = rules.map(({ max }) => limitOf(max, Infinity));
  const worth = rules.map(({ points }, place) => clamp(hundredths(points), -maxima[place]!, maxima[place]!));
  const worthShown = worth.map(toPoints);
  const conclude = compileOutcome(model, rules);
  const bar = compileGates(gates);
  /** What each rule contributes at the instant that is looked at, in hundredths; of one evaluation at a time. */
  const contributions = new Array<number>(rules.length).fill(0);

  const evaluate = (input: EvaluateInput): Result => {
    const { scene, courses, previousRating } = look(input);
    const now = momentAt(courses, scene.from);
    placeFacts(worth, contributions);

    const outcomeOf = (awarded: readonly number[], states: typeof now.gates, rating: string | null | undefined) => {
      for (let index = 0; index < moving.length; index++) {
        const place = moving[index]!;
        contributions[place] = clamp(awarded[index]!, -maxima[place]!, maxima[place]!);
      }
      return conclude(contributions, bar(states), rating);
    };
    const outcome = outcomeOf(now.rules.map(sumOf), now.gates, previousRating);

    const result: Result = {
      score: toPoints(outcome.score),
      rating: outcome.rating,
      grade: outcome.grade,
      categories: {},
      contributions: contributionsOf(now.rules),
      failedGates: [],
      earned: {},
      nextChangeAt: null,
    };
    for (let slot = 0; slot < categories.length; slot++) {
      result.categories[categories[slot]!.key] = toPoints(outcome.categories[slot]!);
    }
    for (let gate = 0; gate < gates.length; gate++)
      if (now.gates[gate]!.failed) result.failedGates.push(gates[gate]!.key);
    let earns = Infinity;
    for (let index = 0; index < moving.length; index++) {
      const course = courses.rules[index]!;
      if (course.earned !== undefined) result.earned[rules[moving[index]!]!.key] = formatInstant(course.earned);
      earns = Math.min(earns, course.earns ?? Infinity);
    }
    // A once-rule that comes to be earned is a change in itself, so nothing after it matters.
    const timeline: Timeline = {
      ...courses,
      conclude: (awarded, states) => outcomeOf(awarded, states, outcome.rating),
    };
    const next = nextChange(timeline, now, Math.min(scene.to, earns - 1)) ?? earns;
    if (next !== Infinity) result.nextChangeAt = formatInstant(next);
    return result;
  };

  /** In the model's order; a fact contributes unless it is worth nothing, which it never is. */
  const contributionsOf = (states: readonly { readonly awards: number }[]): Contribution[] => {
    const found: Contribution[] = [];
    let mover = 0;
    for (let place = 0; place < rules.length; place++) {
      const { key: rule } = rules[place]!;
      if (moving[mover] === place) {
        const { awards } = states[mover++]!;
        if (awards > 0) found.push({ rule, points: toPoints(contributions[place]!), awards });
      } else if (contributions[place] !== 0) {
        found.push({ rule, points: worthShown[place]!, awards: 1 });
      }
    }
    return found;
  };
  return { model, evaluate };
}
