/** Sections 3.1 and 3.2: the four kinds of rules. */
import * as z from 'zod/mini';
import { condition } from './condition.ts';
import {
  count,
  duration,
  exactDuration,
  flag,
  key,
  label,
  list,
  number,
  object,
  oneOf,
  path,
  typePattern,
  variants,
} from './primitives.ts';

const HOUR = 3_600_000;

const common = {
  key,
  name: label,
  points: number('a number other than 0', (value) => value !== 0),
  category: z.exactOptional(key),
  enabled: z.exactOptional(flag),
  max: z.exactOptional(number('a number above 0', (value) => value > 0)),
};

const matching = {
  types: list(typePattern, 'engagement types'),
  where: z.exactOptional(condition),
};

const attributeRule = object({
  ...common,
  kind: z.literal('attribute'),
  when: condition,
  hold: z.exactOptional(oneOf('while', 'once')),
  expires: z.exactOptional(duration),
});

const step = z.exactOptional(exactDuration(HOUR));

const decay = variants('kind', 'exponential, linear, steps', [
  object({ kind: z.literal('exponential'), halfLife: exactDuration(), step }),
  object({ kind: z.literal('linear'), over: exactDuration(), step }),
  object({
    kind: z.literal('steps'),
    keep: number('a number from 0 to 1', (value) => value >= 0 && value <= 1),
    every: exactDuration(HOUR),
  }),
]);

const engagementRule = object({
  ...common,
  ...matching,
  kind: z.literal('engagement'),
  award: z.exactOptional(
    z.union([z.enum(['each', 'first']), object({ distinct: path })], {
      error: '"each", "first" or an object { "distinct": path }',
    }),
  ),
  pointsFrom: z.exactOptional(path),
  limit: z.exactOptional(object({ count: count(1), within: exactDuration() })),
  expires: z.exactOptional(duration),
  decay: z.exactOptional(decay),
});

const frequencyRule = object({
  ...common,
  ...matching,
  kind: z.literal('frequency'),
  count: count(2),
  within: exactDuration(),
});

const inactivityRule = object({
  ...common,
  ...matching,
  kind: z.literal('inactivity'),
  after: exactDuration(),
  every: z.exactOptional(exactDuration(HOUR)),
});

export const rule = variants('kind', 'attribute, engagement, frequency, inactivity', [
  attributeRule,
  engagementRule,
  frequencyRule,
  inactivityRule,
]);

export type Rule = z.infer<typeof rule>;
export type AttributeRule = z.infer<typeof attributeRule>;
export type EngagementRule = z.infer<typeof engagementRule>;
export type FrequencyRule = z.infer<typeof frequencyRule>;
export type InactivityRule = z.infer<typeof inactivityRule>;
export type Decay = z.infer<typeof decay>;
