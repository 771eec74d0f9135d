import type { Grade } from 'c/scoringCore';

/** Every grade that there can be: a row for each step of the first category, a column for each of the second. */
export function matrixOf(grades: readonly Grade[]): { key: string; grades: string[] }[] {
  const [rows, columns] = grades;
  if (!rows) return [];
  return rows.steps.map(({ label }, index) => ({
    key: `${index}`,
    grades: columns ? columns.steps.map((column) => label + column.label) : [label],
  }));
}

/** One more step, before the last, which takes what is left; a first step halfway to it. */
export function withStepAdded(steps: Grade['steps']): Grade['steps'] {
  const last = steps.at(-1) ?? { label: '' };
  const before = steps.at(-2)?.min ?? 100;
  return [...steps.slice(0, -1), { label: `${last.label}+`, min: Math.round(before / 2) }, last];
}
