/** Section 3.3: what a condition may say. condition.ts says when one holds. */
import * as z from 'zod/mini';
import { exactDuration, list, object, oneOf, path, text, variants } from './primitives.ts';

const scalarError = 'a text that is not empty (use blank for that), a number, true, false or null';
const scalar = z
  .union([text, z.number(), z.boolean(), z.null()], { error: scalarError })
  .check(z.refine((value) => value !== '', { error: scalarError }));

const ordered = z.union([text, z.number()], { error: 'a number or an ISO date' });

const ops = [
  'eq ne lt lte gt gte in notIn contains notContains startsWith endsWith like',
  'blank notBlank includes excludes withinLast olderThan withinNext',
]
  .join(' ')
  .replaceAll(' ', ', ');

const equality = { op: oneOf('eq', 'ne'), value: scalar };
const order = { op: oneOf('lt', 'lte', 'gt', 'gte'), value: ordered };
const membership = { op: oneOf('in', 'notIn'), value: list(scalar, 'values') };
const wording = { op: oneOf('contains', 'notContains', 'startsWith', 'endsWith', 'like'), value: text };
const presence = { op: oneOf('blank', 'notBlank') };
const picklist = { op: oneOf('includes', 'excludes'), value: list(text, 'texts') };
const nearness = { op: oneOf('withinLast', 'olderThan', 'withinNext'), value: exactDuration() };

/** One object per group of operators, each with the properties that say what is compared. */
const comparing = <Shape extends z.core.$ZodShape>(shape: Shape) =>
  variants('op', ops, [
    object({ ...shape, ...equality }),
    object({ ...shape, ...order }),
    object({ ...shape, ...membership }),
    object({ ...shape, ...wording }),
    object({ ...shape, ...presence }),
    object({ ...shape, ...picklist }),
    object({ ...shape, ...nearness }),
  ]);

const fieldTest = comparing({ field: path });

/** Conditions hold conditions; the types below say so, as inference cannot. */
const nested: z.ZodMiniType = z.lazy(() => condition);

const relatedTest = comparing({
  related: path,
  where: z.exactOptional(nested),
  aggregate: oneOf('count', 'sum', 'min', 'max'),
  field: z.exactOptional(path),
});

export type FieldTest = z.infer<typeof fieldTest>;
/** `{ op, value }`: how a field test or a related-rows test ends. */
export type Comparison = FieldTest extends infer Form ? (Form extends unknown ? Omit<Form, 'field'> : never) : never;
export type RelatedTest = z.infer<typeof relatedTest> & { where?: Condition };
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | FieldTest | RelatedTest;

/** The property that tells the forms of a condition apart; `related` first, as such a test may have a `field` too. */
const forms = {
  all: object({ all: list(nested, 'conditions') }),
  any: object({ any: list(nested, 'conditions') }),
  not: object({ not: nested }),
  related: relatedTest,
  field: fieldTest,
};
const formNames = Object.keys(forms) as (keyof typeof forms)[];

/** A schema by hand where zod's union would report what is wrong with every form instead of with the one meant. */
export const condition = z.unknown().check((payload) => {
  const { value } = payload;
  const form = formNames.find((name) => typeof value === 'object' && value !== null && Object.hasOwn(value, name));
  if (form === undefined) {
    const message = 'a condition: an object with all, any, not, field or related';
    payload.issues.push({ code: 'custom', input: value, message });
  } else {
    payload.issues.push(...((z.safeParse(forms[form], value).error?.issues ?? []) as z.core.$ZodRawIssue[]));
  }
}) as unknown as z.ZodMiniType<Condition, Condition>;
