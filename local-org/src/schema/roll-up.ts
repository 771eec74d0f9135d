import type { Xml } from '../metadata/xml.ts';
import type { Computed } from './computed-fields.ts';
import type { Field } from './types.ts';

const operations: Readonly<Record<string, string>> = { count: 'count(*)', sum: 'sum', min: 'min', max: 'max' };

/** A roll-up summary as a subquery over the details: always what it should be, and never stored. */
export function compileRollUp({ schema, object, definition, sqlOf, refuse }: Computed): Partial<Field> {
  const { operation, foreignKey, summarized, filters } = definition.rollUp!;
  const aggregate = operations[operation] ?? refuse(`the summary operation ${operation} is not known`);
  const [detailName = '', lookupName = ''] = foreignKey.split('.');
  const detail = schema.object(detailName) ?? refuse(`the object ${detailName} is not there`);
  const lookup = detail.field(lookupName);
  const isDetail = lookup?.onDelete === 'cascade' && !lookup.nillable;
  if (!lookup?.referenceTo.includes(object.name) || !isDetail)
    return refuse(`${foreignKey} is not a master-detail field to ${object.name}`);

  const fieldOf = (path: string): Field => {
    const [name, field = ''] = path.split('.');
    return (
      (name === detail.name ? detail.field(field) : undefined) ?? refuse(`${path} is not a field of ${detail.name}`)
    );
  };
  const sql = (field: Field) => inDetail(sqlOf(field));
  const source = operation === 'count' ? undefined : summarizable(fieldOf(summarized ?? ''), operation, refuse);
  const value = source ? `${aggregate}(${sql(source)})` : aggregate;
  const conditions = filters.map((filter) => condition(fieldOf(filter.required('field')), sql, filter, refuse));
  const own = `${sql(lookup)} = {Id} AND d."IsDeleted" = 0`;
  const selected = `(SELECT ${value} FROM "${detail.name}" d WHERE ${[own, ...conditions].join(' AND ')})`;
  return {
    derived: operation === 'count' || operation === 'sum' ? `coalesce(${selected}, 0)` : selected,
    ...(source && {
      type: source.type === 'int' ? 'double' : source.type,
      precision: source.precision,
      scale: source.scale,
    }),
  };
}

const inDetail = (sql: string) => sql.replace(/\{(\w+)\}/g, (_, name: string) => `d."${name}"`);

const numeric = ['int', 'double', 'currency', 'percent'];

function summarizable(field: Field, operation: string, refuse: Computed['refuse']): Field {
  const allowed = operation === 'sum' ? numeric : [...numeric, 'date', 'datetime'];
  return allowed.includes(field.type) ? field : refuse(`${operation} does not apply to ${field.name} (${field.type})`);
}

const comparisons: Readonly<Record<string, string>> = {
  lessThan: '<',
  lessOrEqual: '<=',
  greaterThan: '>',
  greaterOrEqual: '>=',
};

/** A filter item. Several values of `equals`, apart by commas, are alternatives. */
function condition(field: Field, sql: (field: Field) => string, filter: Xml, refuse: Computed['refuse']): string {
  if (filter.one('valueField')) refuse('<valueField> in a summary filter is not supported by the local org');
  const operator = filter.required('operation');
  const column = sql(field);
  const values = (filter.text('value') ?? '').split(',').map((value) => literal(field, value.trim(), refuse));
  const any = (each: (value: string) => string) => `(${values.map(each).join(' OR ')})`;
  const text = (pattern: (value: string) => string) => any((value) => `coalesce(${column} LIKE ${pattern(value)}, 0)`);
  switch (operator) {
    case 'equals':
      return any((value) => `${column} IS ${value}`);
    case 'notEqual':
      return `NOT ${any((value) => `${column} IS ${value}`)}`;
    case 'contains':
      return text((value) => `'%' || ${value} || '%'`);
    case 'notContain':
      return `NOT ${text((value) => `'%' || ${value} || '%'`)}`;
    case 'startsWith':
      return text((value) => `${value} || '%'`);
    default: {
      const comparison =
        comparisons[operator] ?? refuse(`the filter operation ${operator} is not supported by the local org`);
      return any((value) => `${column} ${comparison} ${value}`);
    }
  }
}

function literal(field: Field, text: string, refuse: Computed['refuse']): string {
  if (text === '') return 'NULL';
  if (field.type === 'boolean') return /^(true|1)$/i.test(text) ? '1' : '0';
  if (!numeric.includes(field.type)) return `'${text.replaceAll("'", "''")}'`;
  return Number.isNaN(Number(text))
    ? refuse(`${text} is not a number to compare ${field.name} with`)
    : String(Number(text));
}
