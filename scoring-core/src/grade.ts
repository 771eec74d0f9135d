/** Section 3.4: from category sums to a grade such as B2. */
import { limitOf } from './points.ts';
import type { Model } from './schema/model.ts';

export interface Grades {
  /**
   * Another number for every other combination of steps; labels may repeat, steps do not. Takes the limited sums in the
   * order of the model's categories, in hundredths.
   */
  readonly stepsOf: (sums: ArrayLike<number>) => number;
  readonly gradeOf: (steps: number) => string | null;
}

export function compileGrades({ grades = [], categories = [] }: Pick<Model, 'grades' | 'categories'>): Grades {
  if (grades.length === 0) return { stepsOf: () => 0, gradeOf: () => null };
  const entries = grades.map(({ category, steps }) => ({
    place: categories.findIndex(({ key }) => key === category),
    mins: steps.map(({ min }) => limitOf(min, -Infinity)),
    labels: steps.map(({ label }) => label),
  }));
  return {
    stepsOf(sums) {
      let steps = 0;
      for (const { place, mins } of entries) {
        steps = steps * mins.length + mins.findIndex((min) => sums[place]! >= min);
      }
      return steps;
    },
    gradeOf(steps) {
      let [grade, rest] = ['', steps];
      for (const { labels } of entries.toReversed()) {
        grade = labels[rest % labels.length]! + grade;
        rest = Math.floor(rest / labels.length);
      }
      return grade;
    },
  };
}
