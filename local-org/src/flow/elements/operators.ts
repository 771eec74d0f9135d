import { dateText } from '../../time.ts';
import { converted, copied, isCollection, same, textOf } from '../datum.ts';
import type { Datum } from '../datum.ts';
import { takes } from '../kind.ts';
import type { Kind } from '../kind.ts';

const DAY_MS = 86_400_000;

/** An operator of the Assignment element. */
interface Operator {
  readonly fits: (to: Kind, value: Kind) => boolean;
  /** The new value of the variable; undefined where the values do not fit each other. */
  readonly apply: (to: Kind, value: Kind) => (now: () => Datum, value: Datum) => Datum | undefined;
}

const numbers: readonly Kind['type'][] = ['int', 'double', 'currency', 'percent'];
const isNumber = ({ type, collection }: Kind) => !collection && numbers.includes(type);
const isDate = ({ type, collection }: Kind) => !collection && type === 'date';
const isText = ({ type, collection }: Kind) =>
  !collection && !numbers.includes(type) && !['date', 'datetime', 'time', 'boolean', 'record'].includes(type);
const itemOf = (kind: Kind): Kind => ({ ...kind, collection: false });
const listOf = (datum: Datum): readonly Datum[] => (isCollection(datum) ? datum : datum === null ? [] : [datum]);

/** What an operator makes of a collection and of the items that it is given: one, or those of another collection. */
const onItems = (change: (items: readonly Datum[], given: readonly Datum[]) => readonly Datum[]): Operator => ({
  fits: (to, value) => Boolean(to.collection) && takes(itemOf(to), itemOf(value)),
  apply: () => (now, value) => change(listOf(now()), listOf(copied(value))),
});

const positionOf = (items: readonly Datum[], [wanted = null]: readonly Datum[]) =>
  items.findIndex((item) => same(item, wanted));

const append = onItems((items, given) => [...items, ...given]);

const shift = (sign: 1 | -1): Operator => ({
  fits: (to, value) => (isNumber(to) || isDate(to)) && (isNumber(value) || value.type === 'blank'),
  apply: (to) => (now, value) => {
    const by = typeof value === 'number' ? sign * value : 0;
    const start = now();
    if (isNumber(to)) return (typeof start === 'number' ? start : 0) + by;
    return typeof start === 'string' ? dateText(Date.parse(start) + Math.trunc(by) * DAY_MS) : null;
  },
});

const concatenate: Operator = {
  fits: (to, value) => isText(to) && takes(to, value),
  apply: () => (now, value) => textOf(now()) + textOf(value),
};

const either = (...operators: readonly Operator[]): Operator => ({
  fits: (to, value) => operators.some((operator) => operator.fits(to, value)),
  apply: (to, value) => operators.find((operator) => operator.fits(to, value))!.apply(to, value),
});

export const operators: Readonly<Record<string, Operator>> = {
  Assign: {
    fits: takes,
    apply: (to) => (_, value) => {
      if (value === null || typeof value === 'object') return copied(value);
      return isText(to) ? String(value) : to.type === 'record' ? value : converted(value, to.type as never);
    },
  },
  Add: either(append, concatenate, shift(1)),
  Subtract: shift(-1),
  AddItem: {
    fits: (to, value) => to.type === 'multipicklist' && !to.collection && takes(to, value),
    apply: () => (now, value) =>
      [now(), value]
        .map(textOf)
        .filter((part) => part !== '')
        .join(';'),
  },
  AddAtStart: onItems((items, given) => [...given, ...items]),
  AssignCount: {
    fits: (to, value) => isNumber(to) && Boolean(value.collection),
    apply: () => (_, value) => listOf(value).length,
  },
  RemoveFirst: onItems((items, given) => {
    const at = positionOf(items, given);
    return at < 0 ? items : items.toSpliced(at, 1);
  }),
  RemoveAll: onItems((items, given) => items.filter((item) => !given.some((each) => same(item, each)))),
  RemoveUncommon: {
    fits: (to, value) => Boolean(to.collection) && Boolean(value.collection) && takes(to, value),
    apply: () => (now, value) => listOf(now()).filter((item) => listOf(value).some((each) => same(item, each))),
  },
  RemoveBeforeFirst: onItems((items, given) => {
    const at = positionOf(items, given);
    return at < 0 ? items : items.slice(at);
  }),
  RemoveAfterFirst: onItems((items, given) => {
    const at = positionOf(items, given);
    return at < 0 ? items : items.slice(0, at + 1);
  }),
  RemovePosition: {
    fits: (to, value) => Boolean(to.collection) && isNumber(value),
    apply: () => (now, value) => {
      const items = listOf(now());
      const at = Number(value);
      return Number.isInteger(at) && at >= 1 && at <= items.length ? items.toSpliced(at - 1, 1) : undefined;
    },
  },
};
