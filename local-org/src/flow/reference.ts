import type { Field, FieldType, Row, SObject, Value } from '../schema/types.ts';
import { datetimeText, dateText } from '../time.ts';
import { refuse, type Place } from './problem.ts';
import type { Expression, Interview } from './program.ts';

/** What the names in a flow can stand for. */
export interface Names {
  readonly object: SObject;
  /** Objects by API name. */
  readonly schema: { object(name: string): SObject | undefined };
  /** Formulas, text templates and constants, compiled when first asked for; undefined if there is none of the name. */
  readonly resource: (name: string) => Expression | undefined;
  /** Names of the create elements, which stand for the ID of what they created. */
  readonly creates: ReadonlySet<string>;
}

/** Compiles a reference such as `$Record.Lead__r.OwnerId`, `$Flow.CurrentDate` or the name of a formula. */
export function compileReference(place: Place, names: Names, reference: string): Expression {
  const [root = '', ...path] = reference.split('.');
  if (root === '$Record') return fieldPath(place, names, path, ({ record }) => record);
  if (root === '$Record__Prior') return fieldPath(place, names, path, ({ prior }) => prior);
  const global = globals[reference];
  if (global) return global;
  const resource = path.length === 0 ? names.resource(root) : undefined;
  if (resource) return resource;
  if (path.length === 0 && names.creates.has(root))
    return { type: 'reference', evaluate: ({ created }) => created.get(root) ?? null };
  return refuse(place, `"${reference}" is not known to the local org`);
}

const globals: Partial<Record<string, Expression>> = {
  '$Flow.CurrentDate': { type: 'date', evaluate: ({ now }) => dateText(now) },
  '$Flow.CurrentDateTime': { type: 'datetime', evaluate: ({ now }) => datetimeText(now) },
  '$Flow.FaultMessage': { type: 'textarea', evaluate: ({ fault }) => fault },
};

function fieldPath(
  place: Place,
  { object, schema }: Names,
  path: readonly string[],
  start: (interview: Interview) => Row | null,
): Expression {
  const steps: { lookup: Field; parent: SObject }[] = [];
  let at = object;
  for (const relationship of path.slice(0, -1)) {
    const lookup = at.parent(relationship);
    const targets = lookup?.referenceTo ?? [];
    // An owner may be a queue; what a flow reads of it is read of users.
    const parent = schema.object(targets.find((name) => name === 'User') ?? targets[0] ?? '');
    if (!lookup || !parent) refuse(place, `${at.name} has no relationship ${relationship}`);
    steps.push({ lookup, parent });
    at = parent;
  }
  const name = path.at(-1) ?? '';
  const holder = at;
  const field = holder.field(name) ?? refuse(place, `${holder.name} has no field ${name}`);
  if (field.derived !== null && steps.length === 0)
    refuse(
      place,
      `${holder.name}.${name} is computed; of the record itself a flow in the local org reads stored fields`,
    );
  return {
    type: field.type,
    evaluate: (interview) => {
      let row = start(interview) ?? undefined;
      for (const { lookup, parent } of steps) {
        const id = row?.[lookup.name];
        row = typeof id === 'string' ? interview.read(parent, id) : undefined;
      }
      if (field.derived !== null) return row ? interview.compute(holder, row['Id'] as string, field) : null;
      return row?.[field.name] ?? null;
    },
  };
}

/** Types whose values flows merge into text as they are; the others depend on the running user's locale. */
const plainText: readonly FieldType[] = [
  'id',
  'string',
  'textarea',
  'picklist',
  'combobox',
  'reference',
  'email',
  'phone',
  'url',
  'int',
  'double',
  'boolean',
];

/** Compiles text with `{!...}` in it. */
export function compileText(place: Place, names: Names, text: string): Expression {
  const parts = text.split(/\{!([^}]+)\}/).map((part, index): string | Expression => {
    if (index % 2 === 0) return part;
    const expression = compileReference(place, names, part.trim());
    if (!plainText.includes(expression.type))
      refuse(place, `{!${part}} is a ${expression.type}, which the local org does not format as text`);
    return expression;
  });
  return {
    type: 'textarea',
    evaluate: (interview) =>
      parts.map((part) => (typeof part === 'string' ? part : asText(part.evaluate(interview)))).join(''),
  };
}

export const asText = (value: Value): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
