/** What an evaluation looks at: facts that hold or do not, and how all the rest runs over time. */
import type { Course, Failing, RuleCourse, Scene } from './course.ts';
import { prepareEngagements, verdictWeights, type ScoredEngagement } from './engagements.ts';
import { compileGate } from './gate.ts';
import { parseInstant } from './instant.ts';
import { compileSorting } from './matching.ts';
import { compileRow } from './masks.ts';
import { isObject, type Json } from './path.ts';
import type { Previous } from './result.ts';
import { compileRule } from './rules/rule.ts';
import type { Model } from './schema/model.ts';
import type { Rule } from './schema/rule.ts';
import { createSlots } from './slots.ts';

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
  /** Puts what a fact is worth where it holds, and 0 where not, for the record that was looked at last. */
  readonly placeFacts: (worth: readonly number[], into: number[]) => void;
  /** The places of the rules that run a course. */
  readonly moving: readonly number[];
  readonly look: (input: EvaluateInput) => Look;
}

export interface Look {
  readonly scene: Scene;
  /** One for each of `moving`, and one for each gate. */
  readonly courses: { readonly rules: readonly RuleCourse[]; readonly gates: readonly Course<Failing>[] };
  readonly previousRating: string | undefined;
}

/** How far ahead a next change is looked for: 1,096 days, the last instant included. */
const HORIZON = 1096 * 86_400_000;

export function compileLooking(model: Model): Looking {
  const rules = model.rules.filter((rule) => rule.enabled !== false);
  const slots = createSlots();
  const compiled = rules.map((rule, place) => ({ place, ...compileRule(rule, place, slots) }));
  const facts = compiled.flatMap((rule) => ('fact' in rule ? { place: rule.place, test: rule.fact } : []));
  const placeSimple = compileRow(
    facts.flatMap(({ place, test: { masks } }) => (masks ? { place, masks } : [])),
    slots,
  );
  const others = facts.filter(({ test }) => !test.masks);
  let seen: ScoredRecord = nothing;
  const movers = compiled.flatMap((rule) => ('course' in rule ? rule : []));
  const gates = (model.gates ?? []).map((gate) => compileGate(gate, slots));
  const weights = verdictWeights(model);
  const sort = compileSorting(rules);

  const look = ({ record, engagements, previous, at }: EvaluateInput): Look => {
    const from = parseInstant(at);
    if (from === undefined) throw new RangeError(`at must be an ISO date such as 2026-03-15T12:00:00.000Z, not ${at}`);
    const { rating, earned } = readPrevious(previous);
    slots.see(record);
    seen = record;
    const scene: Scene = {
      record,
      engagements: movers.length === 0 ? [] : sort(prepareEngagements(engagements, weights)),
      from,
      to: from + HORIZON,
      earned: (rule) => (Object.hasOwn(earned, rule) ? parseInstant(earned[rule]) : undefined),
    };
    const courses = { rules: movers.map(({ course }) => course(scene)), gates: gates.map((course) => course(scene)) };
    return { scene, courses, previousRating: rating };
  };
  const placeFacts: Looking['placeFacts'] = (worth, into) => {
    placeSimple(worth, into);
    for (const { place, test } of others) into[place] = test.holds(seen, 0) ? worth[place]! : 0;
  };
  return { rules, placeFacts, moving: movers.map(({ place }) => place), look };
}

const nothing: Json = {};

/** What callers stored may have come back in any shape. */
function readPrevious(previous: unknown): { rating: string | undefined; earned: Json } {
  const { rating, earned }: Json = isObject(previous) ? previous : nothing;
  return { rating: typeof rating === 'string' ? rating : undefined, earned: isObject(earned) ? earned : nothing };
}
