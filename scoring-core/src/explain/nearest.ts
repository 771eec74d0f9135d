/** The nearest ways to the next rating, each one evaluated by the engine itself. */
import type { Scorer } from '../compile.ts';
import type { ScoredEngagement } from '../engagements.ts';
import { parseInstant } from '../instant.ts';
import type { EvaluateInput } from '../look.ts';
import { hundredths, toPoints } from '../points.ts';
import type { Result } from '../result.ts';
import type { AttributeRule, EngagementRule, FrequencyRule, Rule } from '../schema/rule.ts';
import { satisfy, withChanges, type FieldChange } from './satisfy.ts';

/**
 * One thing that could be otherwise: so many more engagements such as this one (each with an ID of its own) for the rule
 * `key`; the record changed so that the attribute rule `key` applies or no longer does; or so that the gate `key` is met.
 */
export type Step = { key: string; name: string } & (
  | { kind: 'engagement'; times: number; engagement: ScoredEngagement }
  | { kind: 'rule'; applies: boolean; changes: FieldChange[] }
  | { kind: 'gate'; changes: FieldChange[] }
);

export type Way = { steps: Step[]; score: number; rating: string | null };

export type Goal = {
  rating: string;
  /** Points from the score to where the rating begins; 0 if it is only held back by a gate's rating. */
  short: number;
  /** The ways with the fewest steps first; none were found if it is empty. */
  ways: Way[];
};

type Input = Pick<EvaluateInput, 'record' | 'engagements' | 'at'>;
interface Move {
  readonly step: Step;
  readonly apply: (input: Input) => Input;
}

/** The most engagements of one rule, the most moves that are tried in pairs, and the most ways that are told. */
const [TIMES, PAIRED, WAYS] = [5, 16, 3];

export function nearest(scorer: Scorer, result: Result, input: Input): Goal | undefined {
  const { thresholds = [], gates = [] } = scorer.model;
  const level = thresholds.findIndex(({ rating }) => rating === result.rating);
  const goal = thresholds[level + 1];
  if (!goal) return undefined;

  const failed = gates.filter(({ key }) => result.failedGates.includes(key));
  const blocking = failed.filter(({ cap, rating }) => rating !== undefined || cap < goal.min);
  const opened = blocking.flatMap(({ key, name, when }) =>
    recordMove(when, true, input, (changes) => ({ kind: 'gate', key, name, changes })),
  );

  const tryOut = (moves: readonly Move[]): Way | undefined => {
    const changed = [...opened, ...moves].reduce((state, { apply }) => apply(state), input);
    const { score, rating } = scorer.evaluate({ ...changed, previous: result });
    if (!thresholds.slice(level + 1).some((threshold) => threshold.rating === rating)) return undefined;
    return { steps: [...opened, ...moves].map(({ step }) => step), score, rating };
  };

  const ways: Way[] = [];
  const gather = (moves: readonly Move[]) => {
    const way = tryOut(moves);
    if (way) ways.push(way);
    return way !== undefined;
  };
  if (opened.length === blocking.length && !gather([])) {
    const offers = scorer.model.rules.map((rule) => movesFor(rule, input));
    for (const moves of offers) moves.some((move) => gather([move]));
    const alone = ways.length > 0 ? [] : offers.flatMap((moves) => moves.slice(0, 1)).slice(0, PAIRED);
    for (const [index, move] of alone.entries()) alone.slice(index + 1).forEach((other) => gather([move, other]));
  }
  const short = toPoints(Math.max(0, hundredths(goal.min) - hundredths(result.score)));
  return { rating: goal.rating, short, ways: ways.toSorted((a, b) => size(a) - size(b)).slice(0, WAYS) };
}

const size = ({ steps }: Way) => steps.reduce((sum, step) => sum + (step.kind === 'engagement' ? step.times : 1), 0);

/** The moves that a rule offers, the smallest first. */
function movesFor(rule: Rule, input: Input): Move[] {
  if (rule.enabled === false) return [];
  if (rule.kind === 'attribute') return attributeMove(rule, input);
  if (rule.points < 0 || rule.kind === 'inactivity') return [];
  return rule.kind === 'engagement' && rule.pointsFrom !== undefined ? [] : engagementMoves(rule, input);
}

function attributeMove({ key, name, when, points, hold }: AttributeRule, input: Input): Move[] {
  if (points < 0 && hold === 'once') return []; // what was earned for good is not undone by a change of the record
  const applies = points > 0;
  return recordMove(when, applies, input, (changes) => ({ kind: 'rule', key, name, applies, changes }));
}

function recordMove(
  when: AttributeRule['when'],
  wanted: boolean,
  { record, at }: Input,
  toStep: (changes: FieldChange[]) => Step,
): Move[] {
  const changes = satisfy(when, record, parseInstant(at)!, wanted);
  if (!changes || changes.length === 0) return [];
  return [{ step: toStep(changes), apply: (input) => ({ ...input, record: withChanges(input.record, changes) }) }];
}

function engagementMoves(rule: EngagementRule | FrequencyRule, { at }: Input): Move[] {
  const { key, name, types, where } = rule;
  const pattern = types[0];
  if (pattern === undefined) return [];
  const type = pattern === '*' ? 'custom.any' : pattern.replace(/\*$/, 'any');
  const fresh: ScoredEngagement = { id: key, type, occurredAt: at, automated: { verdict: 'human' } };
  const award = rule.kind === 'engagement' ? rule.award : undefined;
  const distinct =
    typeof award === 'object' ? withChanges(fresh, [{ field: award.distinct, value: 'another' }]) : fresh;
  const changes = where ? satisfy(where, distinct, parseInstant(at)!) : [];
  if (!changes) return [];
  const engagement = withChanges(distinct, changes) as ScoredEngagement;
  return Array.from({ length: typeof award === 'object' || award === 'first' ? 1 : TIMES }, (_, index) => ({
    step: { kind: 'engagement', key, name, times: index + 1, engagement },
    apply: (input) => ({
      ...input,
      engagements: [
        ...input.engagements,
        ...Array.from({ length: index + 1 }, (_, time) => ({ ...engagement, id: `${key} ${time}` })),
      ],
    }),
  }));
}
