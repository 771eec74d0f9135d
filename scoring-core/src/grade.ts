/** Section 3.4: from category sums to a grade such as B2. */
import { limitOf } from './points.ts';
import type { Model } from './schema/model.ts';

export interface Graded {
  readonly grade: string | null;
  /** Which step each entry took; labels may repeat, steps do not. */
  readonly steps: readonly number[];
}

/** Takes the limited sums in the order of the model's categories, in hundredths. */
export function compileGrades({
  grades = [],
  categories = [],
}: Pick<Model, 'grades' | 'categories'>): (sums: readonly number[]) => Graded {
  const entries = grades.map(({ category, steps }) => ({
    slot: categories.findIndex(({ key }) => key === category),
    mins: steps.map(({ min }) => limitOf(min, -Infinity)),
    labels: steps.map(({ label }) => label),
  }));
  return (sums) => {
    const steps = entries.map(({ slot, mins }) => mins.findIndex((min) => sums[slot]! >= min));
    const labels = entries.map((entry, index) => entry.labels[steps[index]!]!);
    return { grade: labels.length === 0 ? null : labels.join(''), steps };
  };
}
