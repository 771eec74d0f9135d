/**
 * Section 6: when the outcome will next be another by itself.
 *
 * Between two turns (course.ts) every gain and loss runs one way, so their values at both ends of a stretch bound all
 * those between. Where the lowest and the highest of them come to the same outcome, nothing happens in the stretch;
 * else it is halved, down to the single step of a decay, an expiry or a window.
 */
import type { Contributing, Course, Failing, Lasting } from './course.ts';
import type { Outcome } from './outcome.ts';

/** All courses at one instant. */
export interface Moment {
  readonly instant: number;
  readonly rules: readonly Contributing[];
  readonly gates: readonly Failing[];
  /** The first instant at which a rule may be another. */
  readonly until: number;
}

export interface Timeline {
  readonly rules: readonly Course<Contributing>[];
  readonly gates: readonly Course<Failing>[];
  /** What the sums of awards come to, one for each rule, with the present result as the previous one. */
  readonly conclude: (awarded: readonly number[], gates: readonly Failing[]) => Visible;
}

/** The part of an outcome by which a change is told. */
export type Visible = Pick<Outcome, 'score' | 'rating' | 'grade' | 'steps'>;

const DAY = 86_400_000;

export function momentAt({ rules, gates }: Pick<Timeline, 'rules' | 'gates'>, instant: number): Moment {
  return moment(
    instant,
    rules.map((rule) => rule.at(instant)),
    gates.map((gate) => gate.at(instant)),
  );
}

function moment(instant: number, rules: readonly Contributing[], gates: readonly Failing[]): Moment {
  let until = Infinity;
  for (const rule of rules) until = Math.min(until, rule.until);
  return { instant, rules, gates, until };
}

export const sumOf = ({ gain, loss }: Contributing): number => gain + loss;

/** The earliest instant after `start` and up to `last` at which score, rating or grade differ from the start's. */
export function nextChange(timeline: Timeline, start: Moment, last: number): number | undefined {
  const { rules, gates, conclude } = timeline;
  const turns = new Set<number>();
  for (const { turns: own } of rules) for (const turn of own) if (turn <= last) turns.add(turn);
  for (const { turns: own } of gates) for (const turn of own) if (turn <= last) turns.add(turn);
  if (turns.size === 0 && start.until > last) return undefined;

  const before = conclude(start.rules.map(sumOf), start.gates);

  const isChange = (moment: Moment) => {
    const { score, rating, grade } = conclude(moment.rules.map(sumOf), moment.gates);
    return score !== before.score || rating !== before.rating || grade !== before.grade;
  };

  const advance = (from: Moment, instant: number): Moment => {
    const move = <State extends Lasting>(courses: readonly Course<State>[], states: readonly State[]) =>
      states.map((state, index) => (instant < state.until ? state : courses[index]!.at(instant)));
    return moment(instant, instant < from.until ? from.rules : move(rules, from.rules), move(gates, from.gates));
  };

  /** Whether nothing can happen between two moments with no turn between them. */
  const isSteady = (left: Moment, right: Moment) => {
    const lows: number[] = [];
    const highs: number[] = [];
    for (const [index, a] of left.rules.entries()) {
      const b = right.rules[index]!;
      lows.push(Math.min(a.gain, b.gain) + Math.min(a.loss, b.loss));
      highs.push(Math.max(a.gain, b.gain) + Math.max(a.loss, b.loss));
    }
    const [lowest, highest] = [conclude(lows, left.gates), conclude(highs, left.gates)];
    // Gates do not move between turns, so the rating follows the score.
    return lowest.score === highest.score && lowest.steps === highest.steps;
  };

  /** The first change after `left`, where there is none yet, and up to `right`. */
  const search = (left: Moment, right: Moment): number | undefined => {
    if (left.until > right.instant || isSteady(left, right)) return undefined;
    if (left.until === right.instant) return isChange(right) ? right.instant : undefined;
    const middle = advance(left, Math.max(left.until, Math.floor((left.instant + right.instant) / 2)));
    return search(left, middle) ?? search(middle, right);
  };

  let now = start;
  for (const turn of [...turns.add(last)].sort((a, b) => a - b)) {
    // Changes tend to be near, so each stretch looked at is twice as long as the one before.
    for (let length = DAY; now.instant < turn - 1 && now.until < turn; length *= 2) {
      const next = advance(now, Math.min(Math.max(now.instant + length, now.until), turn - 1));
      const found = search(now, next);
      if (found !== undefined) return found;
      now = next;
    }
    now = advance(now, turn);
    if (isChange(now)) return turn;
  }
  return undefined;
}
