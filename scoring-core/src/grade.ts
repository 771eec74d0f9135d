/** Section 3.4: from category sums to a grade such as B2. */
import { limitOf } from './points.ts';
import type { Model } from './schema/model.ts';

export interface Graded {
  readonly grade: string | null;
  /** Another number for every other combination of steps; labels may repeat, steps do not. */
  readonly steps: number;
}

const ungraded: Graded = { grade: null, steps: 0 };

/** Takes the limited sums in the order of the model's categories, in hundredths. */
export function compileGrades({
  grades = [],
  categories = [],
}: Pick<Model, 'grades' | 'categories'>): (sums: readonly number[]) => Graded {
  if (grades.length === 0) return () => ungraded;
  const entries = grades.map(({ category, steps }) => ({
    slot: categories.findIndex(({ key }) => key === category),
    mins: steps.map(({ min }) => limitOf(min, -Infinity)),
    labels: steps.map(({ label }) => label),
  }));
  return (sums) => {
    let [grade, steps] = ['', 0];
    for (const { slot, mins, labels } of entries) {
      const step = mins.findIndex((min) => sums[slot]! >= min);
      grade += labels[step]!;
      steps = steps * mins.length + step;
    }
    return { grade, steps };
  };
}
