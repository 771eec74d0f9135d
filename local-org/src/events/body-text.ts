import type { Row, Value } from '../schema/types.ts';

/** Values as events in JSON have them: datetimes with `Z`. */
export const withZulu = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, zulu(value)]));

function zulu(value: Value): Value {
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d\d-\d\dT[\d:.]{12})\+0000$/, '$1Z');
  return typeof value === 'object' && value !== null ? withZulu(value) : value;
}
