import type { Xml } from '../metadata/xml.ts';
import { isCollection, isUnset, same } from './datum.ts';
import type { Datum } from './datum.ts';
import { comparable, kindName } from './kind.ts';
import { fold, readLogic } from './logic.ts';
import type { Names } from './names.ts';
import { refuse, type Place } from './problem.ts';
import type { Condition, Expression, Interview } from './program.ts';
import { compileReference } from './reference.ts';
import { compileValue } from './value.ts';

type Test = (left: Datum, right: Datum) => boolean;

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
const ofValues: Partial<Record<string, Test>> = {
  EqualTo: equal,
  NotEqualTo: (left, right) => !equal(left, right),
  GreaterThan: order((comparison) => comparison > 0),
  GreaterThanOrEqualTo: order((comparison) => comparison >= 0),
  LessThan: order((comparison) => comparison < 0),
  LessThanOrEqualTo: order((comparison) => comparison <= 0),
  StartsWith: text((left, right) => left.startsWith(right)),
  EndsWith: text((left, right) => left.endsWith(right)),
  Contains: text((left, right) => left.includes(right)),
};

/** Operators whose right side says whether they shall hold. */
const ofState: Partial<Record<string, (datum: Datum) => boolean>> = {
  IsNull: isUnset,
  IsBlank: (datum) => isUnset(typeof datum === 'string' ? datum.trim() : datum),
  IsEmpty: (datum) => datum === null || (isCollection(datum) && datum.length === 0),
};

const has: Test = (collection, item) => isCollection(collection) && collection.some((each) => same(each, item));

/** Operators that look for a value in a collection. */
const ofCollections: Partial<Record<string, Test>> = {
  Contains: has,
  In: (item, collection) => has(collection, item),
  NotIn: (item, collection) => !has(collection, item),
};

/** Compiles a list of conditions of a Decision outcome (`leftValueReference`) or of the start element (`field`). They are asked in their order, and no further than needed. */
export function compileConditions(
  place: Place,
  names: Names,
  logic: string | undefined,
  list: readonly Xml[],
): Condition {
  const conditions = list.map((xml) => compileCondition(place, names, xml));
  return fold<Condition>(readLogic(place, logic, list.length), conditions, {
    not: (part) => (interview) => !part(interview),
    join: (by, parts) => (interview) =>
      by === 'AND' ? parts.every((holds) => holds(interview)) : parts.some((holds) => holds(interview)),
  });
}

function compileCondition(place: Place, names: Names, xml: Xml): Condition {
  const field = xml.text('field');
  const reference = field === undefined ? xml.required('leftValueReference') : `$Record.${field}`;
  const left = compileReference(place, names, reference);
  const operator = xml.required('operator');
  const right = compileValue(place, names, xml.one('rightValue') ?? xml.one('value'));
  if (operator === 'IsChanged') return changed(place, names, reference, left, right);
  const state = ofState[operator];
  if (state) return (interview) => state(left.evaluate(interview)) === right.evaluate(interview);

  const among = Boolean(left.collection) !== Boolean(right.collection);
  const test = (among ? ofCollections : ofValues)[operator];
  if (!test) return refuse(place, `the operator ${operator} is not supported by the local org`);
  const single = { ...left, collection: false };
  if (!among && (left.collection || left.type === 'record'))
    refuse(place, `${reference} is a ${kindName(left)}, which ${operator} does not compare`);
  if (!comparable(single, { ...right, collection: false }))
    refuse(place, `${reference} is a ${kindName(left)}, and cannot be compared with a ${kindName(right)}`);
  return (interview) => test(left.evaluate(interview), right.evaluate(interview));
}

function changed(place: Place, names: Names, reference: string, now: Expression, wanted: Expression): Condition {
  if (!/^\$Record\.\w+$/.test(reference)) refuse(place, 'IsChanged asks for a field of $Record');
  const before = compileReference(place, names, reference.replace('$Record.', '$Record__Prior.'));
  const differs = (interview: Interview) =>
    interview.prior !== null && !equal(before.evaluate(interview), now.evaluate(interview));
  return (interview) => differs(interview) === wanted.evaluate(interview);
}
