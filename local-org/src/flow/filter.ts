import type { Xml } from '../metadata/xml.ts';
import type { Field, SObject, Value } from '../schema/types.ts';
import { converted, textOf } from './datum.ts';
import { comparable, kindName } from './kind.ts';
import { fold, readLogic } from './logic.ts';
import type { Names } from './names.ts';
import { refuse, type Place } from './problem.ts';
import type { Interview } from './program.ts';
import { scalar } from './reference.ts';
import { compileValue } from './value.ts';

/** A condition of SOQL; empty where every record is meant. */
export type Where = (interview: Interview) => string;

const comparisons: Partial<Record<string, string>> = {
  EqualTo: '=',
  NotEqualTo: '!=',
  GreaterThan: '>',
  GreaterThanOrEqualTo: '>=',
  LessThan: '<',
  LessThanOrEqualTo: '<=',
};

const patterns: Partial<Record<string, (text: string) => string>> = {
  StartsWith: (text) => `${text}%`,
  EndsWith: (text) => `%${text}`,
  Contains: (text) => `%${text}%`,
};

/** Compiles the filters by which an element finds records of this object. */
export function compileFilters(place: Place, names: Names, object: SObject, xml: Xml): Where {
  const filters = xml.all('filters').map((filter) => compileFilter(place, names, object, filter));
  const given = xml.text('filterLogic');
  const logic = readLogic(place, given === 'no_conditions' ? undefined : given, filters.length);
  if (filters.length === 0) return () => '';
  return fold<Where>(logic, filters, {
    not: (part) => (interview) => `(NOT ${part(interview)})`,
    join: (by, parts) => (interview) => `(${parts.map((part) => part(interview)).join(` ${by} `)})`,
  });
}

function compileFilter(place: Place, names: Names, object: SObject, xml: Xml): Where {
  const name = xml.required('field');
  const field = object.field(name) ?? refuse(place, `${object.name} has no field ${name}`);
  const operator = xml.required('operator');
  const value = scalar(place, name, compileValue(place, names, xml.one('value')));
  if (operator === 'IsNull')
    return (interview) => `${field.name} ${value.evaluate(interview) === true ? '=' : '!='} null`;
  if (!comparable(field, value)) refuse(place, `${object.name}.${name} cannot be compared with a ${kindName(value)}`);
  const comparison = comparisons[operator];
  if (comparison) return (interview) => `${field.name} ${comparison} ${literal(field, value.evaluate(interview))}`;
  const pattern = patterns[operator];
  if (!pattern) return refuse(place, `the operator ${operator} is not supported by the local org`);
  return (interview) => {
    const text = escaped(textOf(value.evaluate(interview)));
    return `${field.name} LIKE '${pattern(text.replace(/[%_]/g, '\\$&'))}'`;
  };
}

function literal({ type }: Field, given: Value): string {
  const value = converted(given, type);
  if (value === null || value === '') return 'null';
  if (typeof value !== 'string') return textOf(value);
  if (type === 'date') return value;
  return type === 'datetime' ? value.replace('+0000', 'Z') : `'${escaped(value)}'`;
}

const escapes: Record<string, string> = { '\n': String.raw`\n`, '\r': String.raw`\r` };
const escaped = (text: string) => text.replace(/[\\'\n\r]/g, (char) => escapes[char] ?? `\\${char}`);
