/** Section 3.1: which engagements a rule looks at: those of its types, then those for which `where` holds. */
import { compileCondition } from './condition.ts';
import type { Scene } from './course.ts';
import type { Engagements } from './engagements.ts';
import { createList, push, type List } from './list.ts';
import type { EngagementRule, Rule } from './schema/rule.ts';

export interface Matching {
  /** Takes what is looked at from now on, and adds the turns. */
  readonly begin: (scene: Scene) => void;
  /** The numbers of the engagements that match at an instant, in order, those still to come included. */
  readonly at: (instant: number) => List;
  /** Whether they are the same at every instant, no date in `where` moving them. */
  readonly fixed: boolean;
  /** Of those that match at an instant and lie no later: when the one that is last but `others` happened. */
  readonly latest: (instant: number, others: number) => number | undefined;
  /** When all of those happened, in rising order. */
  readonly instantsUntil: (instant: number) => readonly number[];
}

/** Compiles `where`, for what `compileSorting` has put in the rule's place. */
export function compileMatching({ where }: Pick<EngagementRule, 'where'>, place: number): Matching {
  const condition = where && compileCondition(where);
  const matching = createList();
  let candidates: List = matching;
  let engagements: Engagements;

  const matchingAt = (instant: number): List => {
    if (!condition) return candidates;
    matching.count = 0;
    for (let index = 0; index < candidates.count; index++) {
      const number = candidates.items[index]!;
      if (condition.holds(engagements.sources[number], instant)) push(matching, number);
    }
    return matching;
  };
  const at = condition?.turns ? matchingAt : () => candidates;
  const countUntil = ({ count, items }: List, instant: number) => {
    while (count > 0 && engagements.instants[items[count - 1]!]! > instant) count--;
    return count;
  };
  return {
    begin(scene) {
      const { from, turns } = scene;
      engagements = scene.engagements;
      candidates = scene.candidates[place]!;
      if (condition?.turns) {
        for (let index = 0; index < candidates.count; index++) {
          condition.turns(engagements.sources[candidates.items[index]!], turns);
        }
      } else {
        candidates = matchingAt(from);
      }
      for (let index = countUntil(candidates, from); index < candidates.count; index++) {
        turns.push(engagements.instants[candidates.items[index]!]!);
      }
    },
    at,
    fixed: !condition?.turns,
    latest(instant, others) {
      const matches = at(instant);
      const index = countUntil(matches, instant) - 1 - others;
      return index < 0 ? undefined : engagements.instants[matches.items[index]!];
    },
    instantsUntil(instant) {
      const matches = at(instant);
      const numbers = matches.items.slice(0, countUntil(matches, instant));
      return numbers.map((number) => engagements.instants[number]!);
    },
  };
}

/** Types whose rules are remembered; there are few, but they come from outside. */
const TYPES = 1024;

/** Compiles the `types` of all rules: who gets which of the engagements that have a weight, by their numbers. */
export function compileSorting(rules: readonly Rule[]): (engagements: Engagements) => readonly List[] {
  const tests = rules.map((rule) => (rule.kind === 'attribute' ? () => false : compileTypes(rule.types)));
  const lists = rules.map(createList);
  const takers = new Map<string, readonly List[]>();
  const takersOf = (type: string) => {
    const known = takers.get(type);
    if (known) return known;
    const found = lists.filter((_, place) => tests[place]!(type));
    if (takers.size < TYPES) takers.set(type, found);
    return found;
  };
  return ({ sources, weights }) => {
    for (const list of lists) list.count = 0;
    for (let number = 0; number < sources.length; number++) {
      if (weights[number]! <= 0) continue;
      const takers = takersOf(sources[number]!.type);
      for (let index = 0; index < takers.length; index++) push(takers[index]!, number);
    }
    return lists;
  };
}

function compileTypes(patterns: readonly string[]): (type: string) => boolean {
  if (patterns.includes('*')) return () => true;
  const exact = new Set(patterns);
  const prefixes = patterns.filter((pattern) => pattern.endsWith('.*')).map((pattern) => pattern.slice(0, -1));
  return (type) => exact.has(type) || prefixes.some((prefix) => type.startsWith(prefix));
}
