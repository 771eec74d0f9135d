/** Section 3.1: which engagements a rule looks at: those of its types, then those for which `where` holds. */
import { compileCondition } from './condition.ts';
import { turnsWithin, type Scene } from './course.ts';
import type { Engagement } from './engagements.ts';
import type { EngagementRule, Rule } from './schema/rule.ts';

export interface Matches {
  /** The engagements that match at an instant, in order, those still to come included. */
  readonly at: (instant: number) => readonly Engagement[];
  /** Whether they are the same at every instant, no date in `where` moving them. */
  readonly fixed: boolean;
  readonly turns: readonly number[];
}

/** Compiles `where`, for what `compileSorting` has put in the rule's place. */
export function compileMatching({ where }: Pick<EngagementRule, 'where'>, slot: number): (scene: Scene) => Matches {
  const condition = where && compileCondition(where);
  return (scene) => {
    const candidates = scene.engagements[slot]!;
    const matchingAt = (instant: number) =>
      condition ? candidates.filter(({ source }) => condition.holds(source, instant)) : candidates;

    if (condition?.turns) {
      const instants = candidates.map((candidate) => candidate.instant);
      for (const { source } of candidates) condition.turns(source, instants);
      return { at: matchingAt, fixed: false, turns: turnsWithin(scene, instants) };
    }
    const matching = matchingAt(scene.from);
    const isAhead = (matching.at(-1)?.instant ?? -Infinity) > scene.from;
    const turns = isAhead
      ? turnsWithin(
          scene,
          matching.map(({ instant }) => instant),
        )
      : [];
    return { at: () => matching, fixed: true, turns };
  };
}

/** Types whose rules are remembered; there are few, but they come from outside. */
const TYPES = 1024;

/** Compiles the `types` of all rules: who gets which of the engagements that have a weight. */
export function compileSorting(rules: readonly Rule[]): (engagements: readonly Engagement[]) => Engagement[][] {
  const tests = rules.map((rule) => (rule.kind === 'attribute' ? () => false : compileTypes(rule.types)));
  const takers = new Map<string, readonly number[]>();
  const takersOf = (type: string) => {
    const known = takers.get(type);
    if (known) return known;
    const found = tests.flatMap((hasType, slot) => (hasType(type) ? [slot] : []));
    if (takers.size < TYPES) takers.set(type, found);
    return found;
  };
  return (engagements) => {
    const sorted = rules.map((): Engagement[] => []);
    for (const engagement of engagements) {
      if (engagement.weight > 0) for (const slot of takersOf(engagement.type)) sorted[slot]!.push(engagement);
    }
    return sorted;
  };
}

function compileTypes(patterns: readonly string[]): (type: string) => boolean {
  if (patterns.includes('*')) return () => true;
  const exact = new Set(patterns);
  const prefixes = patterns.filter((pattern) => pattern.endsWith('.*')).map((pattern) => pattern.slice(0, -1));
  return (type) => exact.has(type) || prefixes.some((prefix) => type.startsWith(prefix));
}
