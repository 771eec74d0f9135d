import type { Field, Row, SObject } from '../schema/types.ts';
import { FlowRecord } from './datum.ts';
import { Fault, notSet } from './failure.ts';
import { globals } from './globals.ts';
import type { Names } from './names.ts';
import { refuse, type Place } from './problem.ts';
import type { Expression, Interview, Scalar } from './program.ts';

/** Compiles a reference such as `$Record.Lead__r.OwnerId`, `$Flow.CurrentDate`, `Get_Lead.Email` or the name of a formula. */
export function compileReference(place: Place, names: Names, reference: string): Expression {
  const [root = '', ...path] = reference.split('.');
  if (root === '$Record' || root === '$Record__Prior') {
    const isPrior = root === '$Record__Prior';
    const object = isPrior && names.trigger?.isEvent ? undefined : names.trigger;
    if (!object) return refuse(place, `there is no ${root} in a flow of this kind`);
    const evaluate = ({ record, prior }: Interview) => (isPrior ? prior : record);
    const whole: Expression = { type: 'record', object, evaluate };
    return path.length === 0 ? whole : fieldPath(place, names, whole, path, reference, isPrior);
  }
  const global = globals[root];
  if (global) return global(place, names, path, fieldPath);
  const output = path.length > 0 ? names.lookup(`${root}.${path[0]!}`) : undefined;
  const found = output ?? names.lookup(root);
  if (!found) return refuse(place, `"${reference}" is not known to the local org`);
  const rest = output ? path.slice(1) : path;
  return rest.length === 0 ? found : fieldPath(place, names, found, rest, reference);
}

/** A reference to a single value. */
export function compileScalar(place: Place, names: Names, reference: string): Scalar {
  return scalar(place, reference, compileReference(place, names, reference));
}

export function scalar(place: Place, reference: string, expression: Expression): Scalar {
  if (expression.type === 'record' || expression.collection)
    return refuse(place, `"${reference}" is not a single value`);
  return expression as Scalar;
}

export type FieldPath = typeof fieldPath;

/** A field of a record, or of one that it looks up to: `OwnerId`, `Account.Name`, `Owner:User.Email`. */
function fieldPath(
  place: Place,
  names: Names,
  start: Expression,
  path: readonly string[],
  reference: string,
  orNull = false,
): Expression {
  if (start.type !== 'record' || start.collection) return refuse(place, `"${reference}": only records have fields`);
  const steps: { lookup: Field; parent: SObject }[] = [];
  let object = start.object!;
  for (const segment of path.slice(0, -1)) {
    const [relationship = '', type] = segment.split(':');
    const lookup = object.parent(relationship);
    const targets = lookup?.referenceTo ?? [];
    // An owner may be a queue; what a flow reads of it without saying so is read of users.
    const wanted = type ?? targets.find((name) => name === 'User') ?? targets[0] ?? '';
    const parent = targets.includes(wanted) ? names.schema.object(wanted) : undefined;
    if (!lookup || !parent) return refuse(place, `${object.name} has no relationship ${segment}`);
    steps.push({ lookup, parent });
    object = parent;
  }
  const holder = object;
  const name = path.at(-1) ?? '';
  const field = holder.field(name) ?? refuse(place, `${holder.name} has no field ${name}`);
  return {
    type: field.type,
    evaluate: (interview) => {
      const record = start.evaluate(interview);
      let row: Row | undefined = record instanceof FlowRecord ? record.fields : undefined;
      for (const { lookup, parent } of steps) {
        const id = row?.[lookup.name];
        row = typeof id === 'string' ? interview.host.read(parent, id) : undefined;
      }
      if (row) {
        const isPart = record instanceof FlowRecord && !record.isWhole && steps.length === 0;
        return field.derived === null || isPart
          ? (row[field.name] ?? null)
          : interview.host.compute(holder, row, field);
      }
      if (orNull) return null;
      throw notSet(reference);
    },
  };
}

/** Where an assignment puts a value: a variable, or a field of a record. */
export interface Target extends Expression {
  readonly set: (interview: Interview, value: ReturnType<Expression['evaluate']>) => void;
}

export function compileTarget(place: Place, names: Names, reference: string): Target {
  const expression = compileReference(place, names, reference);
  const [root = '', name, ...deeper] = reference.split('.');
  if (name === undefined) {
    if (!names.isVariable(root)) return refuse(place, `"${reference}" is not a variable`);
    return { ...expression, set: ({ values }, value) => values.set(root, value) };
  }
  const holder = compileReference(place, names, root);
  const field = holder.object?.field(name);
  if (holder.type !== 'record' || !field || deeper.length > 0 || root === '$Record__Prior' || root === '$User')
    return refuse(place, `"${reference}" is not a field that a flow can set`);
  const object = holder.object!;
  return {
    ...expression,
    set: (interview, value) => {
      let record = holder.evaluate(interview);
      if (record === null && names.isVariable(root)) interview.values.set(root, (record = new FlowRecord(object)));
      if (!(record instanceof FlowRecord)) throw notSet(reference);
      if (typeof value === 'object' && value !== null) throw new Fault(`${reference} takes a single value`);
      record.set(field.name, value);
    },
  };
}
