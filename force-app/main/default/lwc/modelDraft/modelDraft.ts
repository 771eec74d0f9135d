import { parseModel, type Category, type Gate, type Model, type Problem, type Rule } from 'c/scoringCore';
import { lint } from 'c/scoringAdvice';

/** Something that the admin should look at: `problem` keeps the model from being published, `warning` does not. */
export interface Finding extends Problem {
  readonly kind: 'problem' | 'warning';
}

/** The draft that a text holds. Throws an Error that says why it holds none. */
export function draftFrom(text: string): Model {
  const value: unknown = JSON.parse(text);
  const isModel = typeof value === 'object' && value !== null && Array.isArray((value as Partial<Model>).rules);
  if (!isModel) throw new Error('It is not a scoring model: there is no list of rules in it.');
  return value as Model;
}

/** The model that a text holds, if it is one. */
export function modelIn(text: string | null | undefined): Model | undefined {
  try {
    const parsed = parseModel(JSON.parse(text ?? ''));
    return parsed.ok ? parsed.model : undefined;
  } catch {
    return undefined;
  }
}

/** Everything about a draft that is wrong, or else everything that is hardly meant. */
export function findingsOf(draft: Model): Finding[] {
  const parsed = parseModel(draft);
  return parsed.ok
    ? lint(parsed.model).map(({ path, message }) => ({ path, message, kind: 'warning' }))
    : parsed.problems.map((problem) => ({ ...problem, kind: 'problem' }));
}

/** The findings inside a place, a JSON pointer, with their paths from there. */
export const findingsIn = (findings: readonly Finding[], place: string): Finding[] =>
  findings
    .filter(({ path }) => path === place || path.startsWith(`${place}/`))
    .map((finding) => ({ ...finding, path: finding.path.slice(place.length) }));

/** The list with one item replaced, or without it where the new one is undefined. */
export const withItem = <T>(list: readonly T[], index: number, item: T | undefined): T[] =>
  list.flatMap((each, at) => (at !== index ? [each] : item === undefined ? [] : [item]));

/** The number that an input holds; undefined while it holds none, a "-0" on the way to "-0.5" included. */
export function numberFrom(text: string): number | undefined {
  const number = Number.parseFloat(text);
  return Number.isNaN(number) || Object.is(number, -0) ? undefined : number;
}

/** The object with other properties; those that are undefined are taken out of it. */
export function withChanges<T extends object>(value: T, changes: object): T {
  const entries = Object.entries({ ...value, ...changes }).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as T;
}

const FRESH: { [Kind in Rule['kind']]: object } = {
  attribute: { when: { all: [] } },
  engagement: { types: [] },
  frequency: { types: [], count: 2, within: 'P7D' },
  inactivity: { types: ['*'], after: 'P14D' },
};

/** A rule of a kind, to be filled in. What is common to all kinds is kept of the rule that it takes the place of. */
export function ruleOf(kind: Rule['kind'], { key, name, points, category, enabled, max }: Omit<Rule, 'kind'>): Rule {
  return withChanges({ key, name, kind, points } as Rule, { category, enabled, max, ...FRESH[kind] });
}

export const newRule = (draft: Model, name: string, category?: string): Rule =>
  ruleOf('engagement', withChanges({ key: freeKey(name, draft.rules), name, points: 5 }, { category }));

export const newCategory = (draft: Model, name: string): Category => ({ key: freeKey(name, draft.categories), name });

export const newGate = (draft: Model, name: string): Gate => ({
  key: freeKey(name, draft.gates),
  name,
  when: { all: [] },
  cap: 0,
});

/** A copy of a rule, which comes after it. */
export function withCopy(draft: Model, index: number, name: string): Model {
  const copy = { ...draft.rules[index]!, key: freeKey(name, draft.rules), name };
  return { ...draft, rules: draft.rules.toSpliced(index + 1, 0, copy) };
}

/** A rule moved among those of its category, as the list shows them. */
export function withMovedRule(draft: Model, index: number, by: 1 | -1): Model {
  const rule = draft.rules[index]!;
  let to = index + by;
  while (draft.rules[to] && draft.rules[to]!.category !== rule.category) to += by;
  if (!draft.rules[to]) return draft;
  return { ...draft, rules: draft.rules.toSpliced(index, 1).toSpliced(to, 0, rule) };
}

/** Without a category; its rules stay, without one. What grades it goes. */
export function withoutCategory(draft: Model, index: number): Model {
  const { key } = draft.categories![index]!;
  return withChanges(draft, {
    categories: withItem(draft.categories!, index, undefined),
    rules: draft.rules.map((rule) => (rule.category === key ? withChanges(rule, { category: undefined }) : rule)),
    grades: draft.grades?.filter(({ category }) => category !== key),
  });
}

/** A key from a name, with a number at its end where the key is taken. */
function freeKey(name: string, taken: readonly { key: string }[] = []): string {
  const words = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .replace(/-$/, '');
  const stem = words.slice(0, 34) || 'item';
  const keys = new Set(taken.map(({ key }) => key));
  let key = stem;
  for (let number = 2; keys.has(key); number += 1) key = `${stem}-${number}`;
  return key;
}
