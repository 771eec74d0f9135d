/** Section 3.3 word for word, as slow as it is plain: what the engine's conditions are compared with. */
import type { Condition, FieldTest, RelatedTest } from '../src/index.ts';

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isBlank = (value: unknown) => value === undefined || value === null || value === '';

function read(subject: unknown, path: string): unknown {
  const [name = '', ...rest] = path.split('.');
  const value = isRow(subject) && Object.hasOwn(subject, name) ? subject[name] : undefined;
  return rest.length === 0 ? value : read(value, rest.join('.'));
}

export function holds(condition: Condition, subject: unknown): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, subject));
  if ('any' in condition) return condition.any.some((part) => holds(part, subject));
  if ('not' in condition) return !holds(condition.not, subject);
  return compare(condition, 'related' in condition ? aggregate(condition, subject) : read(subject, condition.field));
}

function aggregate({ related, where, aggregate, field }: RelatedTest, subject: unknown): unknown {
  const found = read(subject, related);
  const listed = isRow(found) ? found['records'] : found;
  const rows = (Array.isArray(listed) ? listed : []).filter((row) => isRow(row) && (!where || holds(where, row)));
  if (field === undefined) return rows.length;
  const values = rows.map((row) => read(row, field)).filter((value) => !isBlank(value));
  if (aggregate === 'count') return values.length;
  const numbers = values.filter((value) => typeof value === 'number');
  if (aggregate === 'sum') {
    return (
      numbers.reduce((sum, value) => sum + Math.sign(value) * Math.floor(Math.abs(value) * 100 + 0.5 + 1e-9), 0) / 100
    );
  }
  const sizes = numbers.length === values.length ? numbers : values.map(toDate).filter((date) => date !== undefined);
  if (sizes.length === 0) return undefined;
  const extreme = aggregate === 'min' ? Math.min(...sizes) : Math.max(...sizes);
  return numbers.length === values.length ? extreme : new Date(extreme).toISOString();
}

const day = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?`;
const zone = String.raw`(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?`;
const date = new RegExp(`^(${day})(?:T(${time})(${zone}))?$`);

/** Milliseconds since 1970 by the host's own Date, once the text is one of section 3.3. */
export function toDate(value: unknown): number | undefined {
  const [, days, clock = '00:00', offset = ''] = (typeof value === 'string' && date.exec(value)) || [];
  if (days === undefined || new Date(`${days}T00:00Z`).toISOString().slice(0, 10) !== days) return undefined;
  const [minutes, seconds = '00', fraction = ''] = [clock.slice(0, 5), ...clock.slice(6).split('.')];
  const written = `${days}T${minutes}:${seconds || '00'}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  return Date.parse(`${written}${offset === '' ? 'Z' : offset.replace(/(\d\d):?(\d\d)$/, '$1:$2')}`);
}

function equals(value: unknown, expected: unknown): boolean {
  if (expected === null) return isBlank(value);
  if (typeof value !== 'string' || typeof expected !== 'string') return value === expected;
  const [a, b] = [toDate(value), toDate(expected)];
  return value.toLowerCase() === expected.toLowerCase() || (a !== undefined && a === b);
}

function compare(test: FieldTest | RelatedTest, value: unknown): boolean {
  const text = typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined;
  const ordered = (expected: unknown, accepts: (a: number, b: number) => boolean) => {
    if (typeof expected === 'number') return typeof value === 'number' && accepts(value, expected);
    const [a, b] = [toDate(value), toDate(expected)];
    return a !== undefined && b !== undefined && accepts(a, b);
  };
  switch (test.op) {
    case 'eq':
      return equals(value, test.value);
    case 'ne':
      return !equals(value, test.value);
    case 'lt':
      return ordered(test.value, (a, b) => a < b);
    case 'lte':
      return ordered(test.value, (a, b) => a <= b);
    case 'gt':
      return ordered(test.value, (a, b) => a > b);
    case 'gte':
      return ordered(test.value, (a, b) => a >= b);
    case 'in':
      return test.value.some((each) => equals(value, each));
    case 'notIn':
      return !test.value.some((each) => equals(value, each));
    case 'contains':
      return text?.includes(test.value.toLowerCase()) ?? false;
    case 'notContains':
      return !(text?.includes(test.value.toLowerCase()) ?? false);
    case 'startsWith':
      return text?.startsWith(test.value.toLowerCase()) ?? false;
    case 'endsWith':
      return text?.endsWith(test.value.toLowerCase()) ?? false;
    case 'like':
      return text !== undefined && pattern(test.value).test(text);
    case 'blank':
      return isBlank(value);
    case 'notBlank':
      return !isBlank(value);
    case 'includes':
    case 'excludes': {
      const wanted = test.value.map((each) => each.toLowerCase());
      return (text?.split(';').some((part) => wanted.includes(part)) ?? false) === (test.op === 'includes');
    }
    case 'withinLast':
    case 'olderThan':
    case 'withinNext':
      throw new Error(`${test.op} is not timeless`);
  }
}

function pattern(like: string): RegExp {
  const source = like
    .toLowerCase()
    .replace(/[^*?]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return new RegExp(`^${source.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
}
