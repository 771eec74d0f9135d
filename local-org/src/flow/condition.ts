import type { Xml } from '../metadata/xml.ts';
import type { Value } from '../schema/types.ts';
import { refuse, type Place } from './problem.ts';
import type { Condition, Expression, Interview } from './program.ts';
import { compileReference, type Names } from './reference.ts';
import { compileValue } from './value.ts';

type Test = (left: Value, right: Value) => boolean;

const text = (test: (left: string, right: string) => boolean): Test => {
  return (left, right) => typeof left === 'string' && typeof right === 'string' && test(left, right);
};

/** Null is neither greater nor less than anything. */
const order = (test: (comparison: number) => boolean): Test => {
  return (left, right) =>
    left !== null && right !== null && typeof left === typeof right && test(left > right ? 1 : left < right ? -1 : 0);
};

const equal: Test = (left, right) => (left ?? '') === (right ?? '');

/** Text is compared with regard to case, as in Decision elements. */
const tests: Partial<Record<string, Test>> = {
  EqualTo: equal,
  NotEqualTo: (left, right) => !equal(left, right),
  GreaterThan: order((comparison) => comparison > 0),
  GreaterThanOrEqualTo: order((comparison) => comparison >= 0),
  LessThan: order((comparison) => comparison < 0),
  LessThanOrEqualTo: order((comparison) => comparison <= 0),
  StartsWith: text((left, right) => left.startsWith(right)),
  EndsWith: text((left, right) => left.endsWith(right)),
  Contains: text((left, right) => left.includes(right)),
  IsNull: (left, right) => (left === null || left === '') === right,
};

/** Compiles a list of conditions of a Decision outcome (`leftValueReference`) or of the start element (`field`). */
export function compileConditions(
  place: Place,
  names: Names,
  logic: string | undefined,
  list: readonly Xml[],
): Condition {
  const conditions = list.map((xml) => compileCondition(place, names, xml));
  switch (logic) {
    case undefined:
    case 'and':
      return (interview) => conditions.every((holds) => holds(interview));
    case 'or':
      return (interview) => conditions.some((holds) => holds(interview));
    default:
      return refuse(place, `the condition logic "${logic}" is not supported by the local org`);
  }
}

function compileCondition(place: Place, names: Names, xml: Xml): Condition {
  const field = xml.text('field');
  const reference = field === undefined ? xml.required('leftValueReference') : `$Record.${field}`;
  const left = compileReference(place, names, reference);
  const operator = xml.required('operator');
  const right = compileValue(place, names, xml.one('rightValue') ?? xml.one('value'));
  if (operator === 'IsChanged') return changed(place, names, reference, left, right);
  const test = tests[operator];
  if (!test) return refuse(place, `the operator ${operator} is not supported by the local org`);
  return (interview) => test(left.evaluate(interview), right.evaluate(interview));
}

function changed(place: Place, names: Names, reference: string, now: Expression, wanted: Expression): Condition {
  if (!reference.startsWith('$Record.')) refuse(place, 'IsChanged asks for a field of $Record');
  const before = compileReference(place, names, reference.replace('$Record.', '$Record__Prior.'));
  const differs = (interview: Interview) =>
    interview.prior !== null && !equal(before.evaluate(interview), now.evaluate(interview));
  return (interview) => differs(interview) === wanted.evaluate(interview);
}
