import { canonicalText } from '../canonical.ts';
import { verdictWeights } from '../engagements.ts';
import type { Json } from '../path.ts';
import type { Model } from '../schema/model.ts';

export type Part = 'model' | 'category' | 'rule' | 'gate' | 'threshold' | 'grade';

export type Change = { part: Part; key: string; name: string } & (
  | { kind: 'added'; to: Json }
  | { kind: 'removed'; from: Json }
  /** `key` and `name` are the new ones; nothing else has changed. */
  | { kind: 'renamed'; from: { key: string; name: string } }
  | { kind: 'changed'; properties: PropertyChange[] }
  /** Of all in this part; `key` is '' and `name` is that of the part. */
  | { kind: 'reordered'; from: string[]; to: string[] }
);

/** `undefined`, which JSON leaves out, where the property is not given and has no default. */
export type PropertyChange = { property: string; from: unknown; to: unknown };

/**
 * What changes for an admin from one model to the next, part by part and rule by rule. Defaults count as if they were
 * written out, so a model that says more with the same meaning has not changed. Rules, categories and gates are known by
 * their keys, thresholds by their ratings, grades by their categories.
 *
 * @example
 * diff(model, { ...model, rules: [{ ...rule, points: 20 }] })
 * // [{ part: 'rule', kind: 'changed', key: 'vp', name: 'Is a VP', properties: [{ property: 'points', from: 15, to: 20 }] }]
 */
export function diff(from: Model, to: Model): Change[] {
  return [
    ...changesOf('model', [settings(from)], [settings(to)]),
    ...changesOf('category', items(from.categories), items(to.categories)),
    ...changesOf('rule', items(from.rules, ruleDefaults), items(to.rules, ruleDefaults)),
    ...changesOf('gate', items(from.gates), items(to.gates)),
    ...changesOf('threshold', items(from.thresholds, thresholdDefaults), items(to.thresholds, thresholdDefaults)),
    ...changesOf('grade', items(from.grades), items(to.grades)),
  ];
}

interface Item {
  readonly key: string;
  readonly name: string;
  readonly content: Json;
}

function settings(model: Model): Item {
  const { key, name, object, range = {}, decimals = 0 } = model;
  const weights = Object.entries(verdictWeights(model)).map(([verdict, weight]) => [
    `verdictWeights.${verdict}`,
    weight,
  ]);
  const content = { key, name, object, 'range.min': range.min, 'range.max': range.max, decimals };
  return { key: '', name, content: { ...content, ...(Object.fromEntries(weights) as Json) } };
}

type Entry = { key: string; name: string } | { rating: string } | { category: string };

function items<Of extends Entry>(list: readonly Of[] = [], defaults: (entry: Of) => Json = () => ({})): Item[] {
  return list.map((entry) => {
    const key = 'key' in entry ? entry.key : 'rating' in entry ? entry.rating : entry.category;
    return { key, name: 'name' in entry ? entry.name : key, content: { ...defaults(entry), ...entry } };
  });
}

const ruleDefaults = ({ kind }: Model['rules'][number]): Json => ({
  enabled: true,
  ...(kind === 'attribute' && { hold: 'while' }),
  ...(kind === 'engagement' && { award: 'each' }),
});

const thresholdDefaults = ({ min }: NonNullable<Model['thresholds']>[number]): Json => ({ leaveBelow: min });

function changesOf(part: Part, from: readonly Item[], to: readonly Item[]): Change[] {
  const before = new Map(from.map((item) => [item.key, item]));
  const after = new Map(to.map((item) => [item.key, item]));
  const gone = new Map(from.filter(({ key }) => !after.has(key)).map((item) => [meaning(part, item), item]));

  const changes = to.flatMap(({ key, name, content }): Change[] => {
    const old = before.get(key) ?? gone.get(meaning(part, { key, name, content }));
    if (!old) return [{ part, kind: 'added', key, name, to: content }];
    gone.delete(meaning(part, old));
    const properties = propertyChanges(old.content, content);
    if (properties.length === 0) return [];
    if (part !== 'model' && properties.every(({ property }) => namesOf(part).includes(property))) {
      return [{ part, kind: 'renamed', key, name, from: { key: old.key, name: old.name } }];
    }
    return [{ part, kind: 'changed', key, name, properties }];
  });
  for (const { key, name, content } of from) {
    const renamed = changes.some((change) => change.kind === 'renamed' && change.from.key === key);
    if (!after.has(key) && !renamed) changes.push({ part, kind: 'removed', key, name, from: content });
  }
  const orders = [
    from.filter(({ key }) => after.has(key)).map(({ key }) => key),
    to.filter(({ key }) => before.has(key)).map(({ key }) => key),
  ] as const;
  if (orders[0].some((key, index) => key !== orders[1][index])) {
    changes.push({ part, kind: 'reordered', key: '', name: part, from: orders[0], to: orders[1] });
  }
  return changes;
}

/**
 * What may change without another meaning: a threshold is named by its rating, while a gate's rating is what it does. A
 * grade and its category are one, so grades are never renamed.
 */
const namesOf = (part: Part): readonly string[] => (part === 'threshold' ? ['rating'] : ['key', 'name']);

/** Equal for what does the same under another name. */
function meaning(part: Part, { content }: Item): string {
  const names = namesOf(part);
  return canonicalText(Object.fromEntries(Object.entries(content).filter(([property]) => !names.includes(property))));
}

function propertyChanges(from: Json, to: Json): PropertyChange[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((property) => text(from[property]) !== text(to[property]))
    .map((property) => ({ property, from: from[property], to: to[property] }));
}

const text = (value: unknown) => (value === undefined ? '' : canonicalText(value));
