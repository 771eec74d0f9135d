import { compilePlaces } from './category.ts';
import type { Moment } from './course.ts';
import { formatInstant } from './instant.ts';
import { compileLooking, type EvaluateInput } from './look.ts';
import { createClock } from './next-change.ts';
import { compileOutcomes } from './outcome.ts';
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
  const { categories = [] } = model;
  const { rules, moving, courses, bar, facts, look } = compileLooking(model);
  const maxima = rules.map(({ max }) => limitOf(max, Infinity));
  /** What each rule contributes that holds as a fact, in hundredths. */
  const worth = rules.map(({ points }, place) => clamp(hundredths(points), -maxima[place]!, maxima[place]!));
  const keys = rules.map(({ key }) => key);
  const worthShown = worth.map(toPoints);
  const places = rules.map(compilePlaces(categories));
  const at = <Item>(items: readonly Item[]) => moving.map((place) => items[place]!);
  const { conclude, sums, gradeOf } = compileOutcomes(model, at(places), at(maxima));

  // Of one evaluation at a time.
  const held: number[] = [];
  const factSums = new Float64Array(sums.length);
  let previous: string | null | undefined;
  const clock = createClock({
    courses,
    bar,
    conclude: (awarded, barred) => conclude(factSums, awarded, barred, previous),
    gradeOf,
  });

  const evaluate = (input: EvaluateInput): Result => {
    const { scene, previousRating } = look(input);
    const now = clock.at(scene.from);
    const contributions = contribute(now);
    const barred = bar(scene.from);
    const { score, rating, steps } = conclude(factSums, clock.sumsOf(now), barred, previousRating);

    const result: Result = {
      score: toPoints(score),
      rating,
      grade: gradeOf(steps),
      categories: {},
      contributions,
      failedGates: [...barred.gates],
      earned: {},
      nextChangeAt: null,
    };
    for (let place = 0; place < categories.length; place++) {
      result.categories[categories[place]!.key] = toPoints(sums[place]!);
    }
    let earns = Infinity;
    for (let row = 0; row < courses.length; row++) {
      const once = courses[row]!.once?.();
      if (once?.earned !== undefined) result.earned[rules[moving[row]!]!.key] = formatInstant(once.earned);
      earns = Math.min(earns, once?.earns ?? Infinity);
    }
    // A once-rule that comes to be earned is a change in itself, so nothing after it matters.
    previous = rating;
    const next = clock.nextChange(scene.from, Math.min(scene.to, earns - 1), scene.turns) ?? earns;
    if (next !== Infinity) result.nextChangeAt = formatInstant(next);
    return result;
  };

  /** In the model's order, as facts and courses each are. Adds up the facts. */
  const contribute = ({ gains, losses, awards }: Moment): Contribution[] => {
    const found: Contribution[] = [];
    for (let place = 0; place < factSums.length; place++) factSums[place] = 0;
    const holding = facts.list(held);
    let index = 0;
    for (let row = 0; row <= moving.length; row++) {
      const end = row < moving.length ? moving[row]! : rules.length;
      for (; index < holding && held[index]! < end; index++) {
        const place = held[index]!;
        factSums[places[place]!]! += worth[place]!;
        found.push({ rule: keys[place]!, points: worthShown[place]!, awards: 1 });
      }
      if (row === moving.length || awards[row] === 0) continue;
      const points = clamp(gains[row]! + losses[row]!, -maxima[end]!, maxima[end]!);
      found.push({ rule: keys[end]!, points: toPoints(points), awards: awards[row]! });
    }
    return found;
  };
  return { model, evaluate };
}
