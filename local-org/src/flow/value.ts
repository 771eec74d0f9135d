import type { Xml } from '../metadata/xml.ts';
import type { SObject, Value } from '../schema/types.ts';
import { datetimeText } from '../time.ts';
import { kindName, takes } from './kind.ts';
import type { Names } from './names.ts';
import { refuse, type Place } from './problem.ts';
import type { Expression, Interview, Scalar } from './program.ts';
import { compileReference, scalar } from './reference.ts';
import { compileText } from './text.ts';

/** Compiles what stands in `<value>` or `<rightValue>`: a literal or a reference. */
export function compileValue(place: Place, names: Names, xml: Xml | undefined): Expression {
  const [tag] = xml?.tags ?? [];
  const text = tag === undefined ? '' : (xml?.text(tag) ?? '');
  switch (tag) {
    case 'elementReference':
      return compileReference(place, names, text);
    case 'stringValue':
      return compileText(place, names, text);
    case 'numberValue':
      return literal('double', Number(text));
    case 'booleanValue':
      return literal('boolean', text === 'true');
    case 'dateValue':
      return literal('date', text);
    case 'dateTimeValue':
      return literal('datetime', datetimeText(Date.parse(text)));
    case undefined:
      return literal('blank', null);
    default:
      return refuse(place, `a value of the kind <${tag}> is not supported by the local org`);
  }
}

const literal = (type: Scalar['type'], value: Value): Scalar => ({ type, evaluate: () => value });

/** A field and what it is set to. */
export interface FieldValue {
  readonly field: string;
  readonly value: Scalar;
}

/** Compiles `<inputAssignments>` of an element that writes records of this object. */
export function compileFieldValues(place: Place, names: Names, object: SObject, list: readonly Xml[]): FieldValue[] {
  return list.map((xml) => {
    const name = xml.required('field');
    const field = object.field(name) ?? refuse(place, `${object.name} has no field ${name}`);
    const value = compileValue(place, names, xml.one('value'));
    if (!takes(field, value)) refuse(place, `${object.name}.${name} takes no ${kindName(value)}`);
    return { field: field.name, value: scalar(place, name, value) };
  });
}

export const evaluateAll = (list: readonly FieldValue[], interview: Interview) =>
  Object.fromEntries(list.map(({ field, value }) => [field, value.evaluate(interview)]));
