/** What an evaluation looks at: facts that hold or do not, and how all the rest runs over time. */
import type { Course, Scene } from './course.ts';
import { compileEngagements, type Engagements, type ScoredEngagement } from './engagements.ts';
import { createFacts, type Facts } from './facts.ts';
import { compileBar, compileGate, type Barred } from './gate.ts';
import { parseInstant } from './instant.ts';
import type { List } from './list.ts';
import { compileSorting } from './matching.ts';
import { isObject, type Json } from './path.ts';
import type { Previous } from './result.ts';
import { compileCourse } from './rules/rule.ts';
import type { Model } from './schema/model.ts';
import type { Rule } from './schema/rule.ts';

/** A record as the REST API returns it: parents nested, children as an array or as `{ records: [...] }`. */
export type ScoredRecord = Json;

export type EvaluateInput = {
  record: ScoredRecord;
  engagements: readonly ScoredEngagement[];
  previous?: Previous | undefined;
  /** ISO 8601, such as `2026-03-15T12:00:00.000Z`. */
  at: string;
};

export interface Looking {
  /** Those that are enabled; places among them tell which rule is meant. */
  readonly rules: readonly Rule[];
  /** The places of the rules that run a course, and the course of each. */
  readonly moving: readonly number[];
  readonly courses: readonly Course[];
  readonly bar: (instant: number) => Barred;
  /** What has been seen last; it lists the places of the rules that hold and that time does not move. */
  readonly facts: Facts;
  /** Facts, courses and gates are about this input from now on. */
  readonly look: (input: EvaluateInput) => Look;
}

export interface Look {
  readonly scene: Scene;
  readonly previousRating: string | undefined;
}

/** How far ahead a next change is looked for: 1,096 days, the last instant included. */
const HORIZON = 1096 * 86_400_000;

export function compileLooking(model: Model): Looking {
  const { gates = [] } = model;
  const rules = model.rules.filter((rule) => rule.enabled !== false);
  const facts = createFacts();
  const isFact = (rule: Rule, place: number) =>
    rule.kind === 'attribute' && rule.hold !== 'once' && facts.add(rule.when, place) !== undefined;
  const moving = rules.flatMap((rule, place) => (isFact(rule, place) ? [] : [place]));
  const courses = moving.map((place) => compileCourse(rules[place]!, place, facts));
  const compiledGates = gates.map((gate) => compileGate(gate, facts));
  const prepare = compileEngagements(model);
  const sort = compileSorting(rules);

  const readAt = compileAt();

  const look = ({ record, engagements: sources, previous, at }: EvaluateInput): Look => {
    const from = readAt(at);
    const { rating, earned } = readPrevious(previous);
    facts.see(record);
    const engagements = courses.length === 0 ? none : prepare(sources);
    const candidates = courses.length === 0 ? noLists : sort(engagements);
    const scene = { record, engagements, candidates, from, to: from + HORIZON, earned, turns: [] };
    for (const course of courses) course.begin(scene);
    for (const gate of compiledGates) gate.begin(scene);
    return { scene, previousRating: rating };
  };
  return { rules, moving, courses, bar: compileBar(gates, compiledGates), facts, look };
}

const none: Engagements = { sources: [], instants: [], weights: [] };
const noLists: readonly List[] = [];
const nothing: Json = {};

/** Many records are looked at for the same instant. */
function compileAt(): (at: string) => number {
  let [text, instant]: [string | undefined, number] = [undefined, Number.NaN];
  return (at) => {
    if (at === text) return instant;
    const found = parseInstant(at);
    if (found === undefined) throw new RangeError(`at must be an ISO date such as 2026-03-15T12:00:00.000Z, not ${at}`);
    [text, instant] = [at, found];
    return instant;
  };
}

/** What callers stored may have come back in any shape. */
function readPrevious(previous: unknown): { rating: string | undefined; earned: Json } {
  const { rating, earned }: Json = isObject(previous) ? previous : nothing;
  return { rating: typeof rating === 'string' ? rating : undefined, earned: isObject(earned) ? earned : nothing };
}
