import { Unreadable } from './adapter.ts';

export type Json = Record<string, unknown>;

/** Nesting beyond this is no event; it would only exhaust the stack of whatever walks it. */
const DEEPEST = 64;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text of a body of UTF-8. Throws Unreadable. */
export function decode(body: Buffer): string {
  try {
    return decoder.decode(body);
  } catch {
    throw new Unreadable('the body is not UTF-8');
  }
}

/** The value in a body of UTF-8 JSON. Throws Unreadable. */
export function parseJson(body: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(body));
  } catch (error) {
    throw new Unreadable(`the body is not JSON in UTF-8 (${(error as Error).name})`);
  }
  if (isDeeper(value, DEEPEST)) throw new Unreadable(`the JSON is nested more than ${DEEPEST} deep`);
  return value;
}

/** The object in a body that nobody has vouched for yet; empty where there is none. */
export function tryJson(body: Buffer): Json {
  try {
    return object(parseJson(body));
  } catch {
    return {};
  }
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as an object, empty if it is none, so that optional parts can be read without asking. */
export const object = (value: unknown): Json => (isObject(value) ? value : {});

/** Text that is not blank, or a number as text. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The first of several properties that has a text. */
export function firstText(json: Json, ...names: string[]): string | undefined {
  const name = names.find((each) => text(json[each]) !== undefined);
  return name === undefined ? undefined : text(json[name]);
}

/** True, also where a source writes it as a text. */
export const isTrue = (value: unknown): boolean =>
  value === true || (typeof value === 'string' && value.toLowerCase() === 'true');

/** The entries that have a value; undefined if none has. Lets adapters list all that they look for. */
export function present<F extends object>(fields: F): { [K in keyof F]?: Exclude<F[K], undefined> } | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as ReturnType<typeof present<F>>);
}

/** The object without some of its properties. */
export const without = (json: Json, ...names: string[]): Json =>
  Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)));

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}
