/**
 * The small schemas that the others are made of. Every schema's `error` is the phrase that completes
 * "Expected ..." in a problem (schema/problems.ts).
 */
import * as z from 'zod/mini';
import { parseDuration } from '../duration.ts';

// Lightning Web Security and strict content policies bar `new Function`, which zod would otherwise try.
z.config({ jitless: true });

/** The longest text, and the longest list, that a model may hold. */
const TEXT = 255;
const LIST = 1000;

type Unreadable = { code?: string | undefined };

/** An object that refuses properties it does not know, and names those it does. */
export const object = <Shape extends z.core.$ZodShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }: Unreadable) =>
      code === 'unrecognized_keys' ? `one of the properties ${Object.keys(shape).join(', ')}` : 'an object',
  });

export const list = <Item extends z.core.$ZodType>(item: Item, what: string, longest = LIST) => {
  const error = `a list of at most ${longest} ${what}`;
  return z.array(item, { error }).check(z.maxLength(longest, { error }));
};

export const oneOf = <const Values extends readonly string[]>(...values: Values) =>
  z.enum(values, { error: `one of ${values.join(', ')}` });

/** Objects told apart by the text of one property. */
export const variants = <
  const Options extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(
  property: string,
  names: string,
  options: Options,
) =>
  z.discriminatedUnion(property, options, {
    error: ({ code }: Unreadable) => (code === 'invalid_union' ? `one of ${names}` : 'an object'),
  });

const pattern = (error: string, regex: RegExp) =>
  z.string({ error }).check(z.maxLength(TEXT, { error }), z.regex(regex, { error }));

/** Text that a condition compares with; it may be empty. */
export const text = z
  .string({ error: `a text of at most ${TEXT} characters` })
  .check(z.maxLength(TEXT, { error: `a text of at most ${TEXT} characters` }));

/** A name, rating or label that a person reads. */
export const label = pattern(`a text of 1 to ${TEXT} characters`, /^[^]+$/);

export const key = pattern(
  'a key of up to 40 lower-case letters, digits and hyphens that begins with a letter',
  /^[a-z][a-z0-9-]{0,39}$/,
);

export const objectName = pattern('the API name of an object, such as Lead', /^[A-Za-z]\w*$/);

export const path = pattern(
  'a path of API names joined by dots, such as Account.Industry',
  /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/,
);

export const typePattern = pattern(
  'an engagement type (email.click), a group of types (email.*) or * for all',
  /^(\*|[^*]+(\.\*)?)$/,
);

export const flag = z.boolean({ error: 'true or false' });

/** A number as models write them: within ±10,000, at most two decimals. */
export const number = (what = 'a number', accepts: (value: number) => boolean = () => true) => {
  const error = `${what} within ±10,000 with at most two decimals`;
  const isAccepted = (value: number) =>
    Math.abs(value) <= 10_000 && Math.round(value * 100) / 100 === value && accepts(value);
  return z.number({ error }).check(z.refine(isAccepted, { error }));
};

export const count = (least: number) => {
  const error = `a whole number from ${least} to 10,000`;
  return z.number({ error }).check(z.refine((n) => Number.isInteger(n) && n >= least && n <= 10_000, { error }));
};

/** A duration of section 2 with calendar parts or without. */
export const duration = pattern('a duration such as P30D, P3M or PT12H', /^/).check(
  z.refine((value) => parseDuration(value) !== undefined, { error: 'a duration such as P30D, P3M or PT12H' }),
);

/** A duration without years and months, of at least `least` milliseconds. */
export const exactDuration = (least = 0) => {
  const error = `a duration without years and months${least > 0 ? ' of at least PT1H' : ''}, such as P30D or PT12H`;
  return pattern(error, /^/).check(
    z.refine(
      (value) => {
        const parsed = parseDuration(value);
        return parsed?.months === 0 && parsed.milliseconds >= least;
      },
      { error },
    ),
  );
};
