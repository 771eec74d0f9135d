/** Section 3.1: which engagements a rule looks at. */
import { compileCondition } from './condition.ts';
import { turnsWithin, type Scene } from './course.ts';
import type { Engagement } from './engagements.ts';
import type { EngagementRule } from './schema/rule.ts';

export interface Matches {
  /** The engagements that match at an instant, in order, those still to come included. */
  readonly at: (instant: number) => readonly Engagement[];
  /** Whether they are the same at every instant, no date in `where` moving them. */
  readonly fixed: boolean;
  readonly turns: readonly number[];
}

/** Compiles `types` and `where`; only engagements with a weight above 0 match. */
export function compileMatching({ types, where }: Pick<EngagementRule, 'types' | 'where'>): (scene: Scene) => Matches {
  const hasType = compileTypes(types);
  const condition = where && compileCondition(where);
  return (scene) => {
    const candidates = scene.engagements.filter(({ type, weight }) => weight > 0 && hasType(type));
    const matchingAt = (instant: number) =>
      condition ? candidates.filter(({ source }) => condition.holds(source, instant)) : candidates;

    if (condition?.turns) {
      const instants = candidates.map((candidate) => candidate.instant);
      for (const { source } of candidates) condition.turns(source, instants);
      return { at: matchingAt, fixed: false, turns: turnsWithin(scene, instants) };
    }
    const matching = matchingAt(scene.from);
    const instants = matching.map(({ instant }) => instant);
    return { at: () => matching, fixed: true, turns: turnsWithin(scene, instants) };
  };
}

function compileTypes(patterns: readonly string[]): (type: string) => boolean {
  if (patterns.includes('*')) return () => true;
  const exact = new Set(patterns);
  const prefixes = patterns.filter((pattern) => pattern.endsWith('.*')).map((pattern) => pattern.slice(0, -1));
  return (type) => exact.has(type) || prefixes.some((prefix) => type.startsWith(prefix));
}
