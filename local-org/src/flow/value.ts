import type { Xml } from '../metadata/xml.ts';
import type { Value } from '../schema/types.ts';
import { refuse, type Place } from './problem.ts';
import type { Assignment, Expression } from './program.ts';
import { compileReference, compileText, type Names } from './reference.ts';

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
    case undefined:
      return literal('string', null);
    default:
      return refuse(place, `a value of the kind <${tag}> is not supported by the local org`);
  }
}

/** Compiles `<inputAssignments>`: fields and what they are set to. */
export function compileAssignments(place: Place, names: Names, list: readonly Xml[]): Assignment[] {
  return list.map((xml) => ({ field: xml.required('field'), value: compileValue(place, names, xml.one('value')) }));
}

const literal = (type: Expression['type'], value: Value): Expression => ({ type, evaluate: () => value });
