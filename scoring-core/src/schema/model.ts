/** Section 3: the scoring model. What spans several of its parts is checked in schema/consistency.ts. */
import * as z from 'zod/mini';
import { condition } from './condition.ts';
import { key, label, list, number, object, objectName } from './primitives.ts';
import { rule } from './rule.ts';

const limit = z.exactOptional(number());
const weight = z.exactOptional(number('a number from 0 to 1', (value) => value >= 0 && value <= 1));

const category = object({ key, name: label, min: limit, max: limit });

const gate = object({ key, name: label, when: condition, cap: number(), rating: z.exactOptional(label) });

const threshold = object({ rating: label, min: number(), leaveBelow: limit });

const grade = object({ category: key, steps: list(object({ label, min: limit }), 'steps') });

export const model = object({
  schema: z.literal(1, { error: 'the number 1, the version of this contract' }),
  key,
  name: label,
  object: objectName,
  range: z.exactOptional(object({ min: limit, max: limit })),
  decimals: z.exactOptional(z.literal([0, 1, 2], { error: '0, 1 or 2' })),
  verdictWeights: z.exactOptional(object({ human: weight, unknown: weight, suspect: weight, machine: weight })),
  categories: z.exactOptional(list(category, 'categories', 50)),
  rules: list(rule, 'rules', 500),
  gates: z.exactOptional(list(gate, 'gates', 50)),
  thresholds: z.exactOptional(list(threshold, 'thresholds', 20)),
  grades: z.exactOptional(list(grade, 'grades', 2)),
});

export type Model = z.infer<typeof model>;
export type Category = z.infer<typeof category>;
export type Gate = z.infer<typeof gate>;
export type Threshold = z.infer<typeof threshold>;
export type Grade = z.infer<typeof grade>;
