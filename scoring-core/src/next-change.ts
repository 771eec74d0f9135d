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
  return { instant, rules: rules.map((rule) => rule.at(instant)), gates: gates.map((gate) => gate.at(instant)) };
}

export const sumOf = ({ gain, loss }: Contributing): number => gain + loss;

/** The earliest instant after `start` and up to `last` at which score, rating or grade differ from the start's. */
export function nextChange(timeline: Timeline, start: Moment, last: number): number | undefined {
  const { rules, gates, conclude } = timeline;
  const before = conclude(start.rules.map(sumOf), start.gates);

  const isChange = (moment: Moment) => {
    const { score, rating, grade } = conclude(moment.rules.map(sumOf), moment.gates);
    return score !== before.score || rating !== before.rating || grade !== before.grade;
  };

  const advance = (moment: Moment, instant: number): Moment => {
    const move = <State extends Lasting>(courses: readonly Course<State>[], states: readonly State[]) =>
      states.map((state, index) => (instant < state.until ? state : courses[index]!.at(instant)));
    return { instant, rules: move(rules, moment.rules), gates: move(gates, moment.gates) };
  };

  /** Whether nothing can happen between two moments with no turn between them. */
  const isSteady = (left: Moment, right: Moment) => {
    const bound = (pick: (a: number, b: number) => number) =>
      left.rules.map((a, index) => {
        const b = right.rules[index]!;
        return a === b ? sumOf(a) : pick(a.gain, b.gain) + pick(a.loss, b.loss);
      });
    const [lowest, highest] = [conclude(bound(Math.min), left.gates), conclude(bound(Math.max), left.gates)];
    // Gates do not move between turns, so the rating follows the score.
    return lowest.score === highest.score && lowest.steps.every((step, index) => step === highest.steps[index]);
  };

  /** The first change after `left`, where there is none yet, and up to `right`. */
  const search = (left: Moment, right: Moment): number | undefined => {
    const step = Math.min(...left.rules.map(({ until }) => until));
    if (step > right.instant || isSteady(left, right)) return undefined;
    if (step === right.instant) return isChange(right) ? right.instant : undefined;
    const middle = advance(left, Math.max(step, Math.floor((left.instant + right.instant) / 2)));
    return search(left, middle) ?? search(middle, right);
  };

  const turns = [...rules, ...gates].flatMap((course) => course.turns).filter((turn) => turn <= last);
  let moment = start;
  for (const turn of [...new Set(turns).add(last)].sort((a, b) => a - b)) {
    // Changes tend to be near, so each stretch looked at is twice as long as the one before.
    for (let length = DAY; moment.instant < turn - 1; length *= 2) {
      const next = advance(moment, Math.min(moment.instant + length, turn - 1));
      const found = search(moment, next);
      if (found !== undefined) return found;
      moment = next;
    }
    moment = advance(moment, turn);
    if (isChange(moment)) return turn;
  }
  return undefined;
}
