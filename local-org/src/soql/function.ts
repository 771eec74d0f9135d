import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import { malformedQuery, NotSupported } from '../errors.ts';
import type { Field } from '../schema/types.ts';
import { ignoresCase } from '../store/columns.ts';
import type { Scope } from './scope.ts';

/** A function call in SQL, with the field that says how its value looks. */
export interface Called {
  readonly sql: string;
  readonly field: Field;
}

const aggregates = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'];

export const isAggregate = (name: string | undefined) => aggregates.includes((name ?? '').toUpperCase());

const dayInYear = (sql: string) => `CAST(strftime('%j', substr(${sql}, 1, 10)) AS INTEGER)`;

/** Weeks are counted from the first of the month, or of the year. */
const dateParts: Record<string, (sql: string) => string> = {
  CALENDAR_YEAR: (sql) => `CAST(substr(${sql}, 1, 4) AS INTEGER)`,
  CALENDAR_QUARTER: (sql) => `(CAST(substr(${sql}, 6, 2) AS INTEGER) + 2) / 3`,
  CALENDAR_MONTH: (sql) => `CAST(substr(${sql}, 6, 2) AS INTEGER)`,
  DAY_IN_MONTH: (sql) => `CAST(substr(${sql}, 9, 2) AS INTEGER)`,
  DAY_IN_WEEK: (sql) => `CAST(strftime('%w', substr(${sql}, 1, 10)) AS INTEGER) + 1`,
  DAY_ONLY: (sql) => `substr(${sql}, 1, 10)`,
  DAY_IN_YEAR: dayInYear,
  WEEK_IN_MONTH: (sql) => `(CAST(substr(${sql}, 9, 2) AS INTEGER) + 6) / 7`,
  WEEK_IN_YEAR: (sql) => `(${dayInYear(sql)} + 6) / 7`,
  HOUR_IN_DAY: (sql) => `CAST(substr(${sql}, 12, 2) AS INTEGER)`,
};

/** An aggregate or date function over a field. */
export function callFunction(scope: Scope, { functionName, parameters = [] }: FunctionExp): Called {
  // The fiscal year is the calendar year.
  const name = (functionName ?? '').toUpperCase().replace(/^FISCAL_/, 'CALENDAR_');
  const [given, ...more] = parameters;
  const argument = inGmt(given);
  if (name === 'TOLABEL' && typeof argument === 'string') return toLabel(scope, argument);
  if (!isAggregate(name) && !dateParts[name]) throw new NotSupported(`the function ${functionName ?? ''} in SOQL`);
  if (typeof argument !== 'string' || more.length > 0) throw malformedQuery(`${name} takes one field`);
  const { field, sql } = scope.reach(argument);
  const part = dateParts[name];
  if (part) {
    if (field.type !== 'date' && field.type !== 'datetime')
      throw malformedQuery(`${name} does not apply to the field ${field.name}`);
    return { sql: part(sql), field: { ...field, type: name === 'DAY_ONLY' ? 'date' : 'int' } };
  }
  return { sql: aggregate(name, field, sql), field: aggregated(name, field) };
}

/** `convertTimezone(CreatedDate)` is the field itself: users live in GMT. */
function inGmt(parameter: string | FunctionExp | undefined): string | FunctionExp | undefined {
  if (typeof parameter !== 'object' || !/^convertTimezone$/i.test(parameter.functionName ?? '')) return parameter;
  return parameter.parameters?.[0];
}

/** What users read instead of a picklist's values. */
function toLabel(scope: Scope, name: string): Called {
  const { field, sql } = scope.reach(name);
  const renamed = field.picklist.filter(({ value, label }) => value !== label);
  if (field.picklist.length === 0) throw malformedQuery(`toLabel does not apply to the field ${field.name}`);
  if (renamed.length === 0) return { field, sql };
  if (field.type === 'multipicklist') throw new NotSupported('toLabel of a multi-select picklist in SOQL');
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const cases = renamed.map(({ value, label }) => `WHEN ${text(value)} THEN ${text(label)}`).join(' ');
  return { field, sql: `(CASE ${sql} ${cases} ELSE ${sql} END)${ignoresCase(field) ? ' COLLATE NOCASE' : ''}` };
}

function aggregate(name: string, field: Field, sql: string): string {
  const numeric = ['int', 'double', 'currency', 'percent'].includes(field.type);
  const unordered = field.type === 'boolean' || field.type === 'multipicklist' || field.length > 255;
  const applies = { SUM: numeric, AVG: numeric, MIN: !unordered, MAX: !unordered }[name] ?? field.length <= 255;
  if (!applies) throw malformedQuery(`field ${field.name} does not support aggregate operator ${name}`);
  return name === 'COUNT_DISTINCT' ? `count(DISTINCT ${sql})` : `${name.toLowerCase()}(${sql})`;
}

const aggregated = (name: string, field: Field): Field =>
  name.startsWith('COUNT') ? { ...field, type: 'int' } : name === 'AVG' ? { ...field, type: 'double' } : field;
