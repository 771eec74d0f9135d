import type { Condition } from 'c/scoringCore';

/** How the parts of a group are joined; `none` is written as not any. */
export type Joint = 'all' | 'any' | 'none';

export const isGroup = (condition: Condition): boolean =>
  'all' in condition || 'any' in condition || 'not' in condition;

/** Any condition as a group, with the place of each part from the condition: a JSON pointer. */
export function groupOf(condition: Condition | undefined): { joint: Joint; parts: Condition[]; places: string[] } {
  if (condition === undefined) return { joint: 'all', parts: [], places: [] };
  if ('all' in condition) return { joint: 'all', ...partsOf(condition.all, '/all') };
  if ('any' in condition) return { joint: 'any', ...partsOf(condition.any, '/any') };
  if (!('not' in condition)) return { joint: 'all', parts: [condition], places: [''] };
  const { not } = condition;
  return 'any' in not
    ? { joint: 'none', ...partsOf(not.any, '/not/any') }
    : { joint: 'none', parts: [not], places: ['/not'] };
}

const partsOf = (parts: Condition[], place: string) => ({
  parts,
  places: parts.map((_, index) => `${place}/${index}`),
});

/** The condition that a group is, in its shortest form. */
export function valueOf(joint: Joint, parts: Condition[]): Condition {
  const [only] = parts;
  if (joint === 'none') return { not: only && parts.length === 1 && !isGroup(only) ? only : { any: parts } };
  if (only && parts.length === 1 && !isGroup(only)) return joint === 'all' ? only : { any: parts };
  return joint === 'all' ? { all: parts } : { any: parts };
}
