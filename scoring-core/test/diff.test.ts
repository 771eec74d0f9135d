/** test/vectors/diff.json holds single changes; here is what must hold of every two models. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changesInWords, diff } from '../src/advice.ts';
import type { Change } from '../src/advice.ts';
import type { Model } from '../src/index.ts';
import * as arbitrary from './arbitraries.ts';

type Item = Record<string, unknown>;

/** Models that have most in common. */
const pair = fc
  .tuple(arbitrary.model, arbitrary.model, fc.infiniteStream(fc.boolean()))
  .map(([from, other, picks]): [Model, Model] => {
    const pick = () => picks.next().value === true;
    const rules = from.rules.flatMap((rule, index) => (pick() ? [rule] : pick() ? [] : (other.rules[index] ?? [])));
    const to = Object.fromEntries(
      Object.entries(from).map(([name, value]) => [name, pick() ? value : other[name as never]]),
    );
    return [from, { ...(JSON.parse(JSON.stringify(to)) as Model), rules: pick() ? rules : rules.toReversed() }];
  });

test('a model does not differ from itself, nor from its copy', () => {
  fc.assert(
    fc.property(arbitrary.model, (given) => {
      expect(diff(given, structuredClone(given))).toEqual([]);
    }),
  );
});

test('the changes make one model of the other', () => {
  fc.assert(
    fc.property(pair, ([from, to]) => {
      expect(apply(from, diff(from, to))).toEqual(apply(to, []));
    }),
    { numRuns: 500 },
  );
});

test('another rating of a gate is no other name', () => {
  const gate = { key: 'g', name: 'Gate', when: { all: [] }, cap: 10 };
  const given = { schema: 1 as const, key: 'm', name: 'Model', object: 'Lead', rules: [], gates: [gate] };
  expect(diff(given, { ...given, gates: [{ ...gate, rating: 'Out' }] })).toEqual([
    { part: 'gate', kind: 'changed', key: 'g', name: 'Gate', properties: [{ property: 'rating', to: 'Out' }] },
  ]);
});

test('the way back names the same places', () => {
  fc.assert(
    fc.property(pair, ([from, to]) => {
      const kinds = {
        added: 'removed',
        removed: 'added',
        renamed: 'renamed',
        changed: 'changed',
        reordered: 'reordered',
      };
      const counts = (changes: Change[], turn = false) =>
        changes.map(({ part, kind }) => `${part} ${turn ? kinds[kind] : kind}`).sort();
      expect(counts(diff(from, to), true)).toEqual(counts(diff(to, from)));
    }),
  );
});

test('every change has its sentence', () => {
  fc.assert(
    fc.property(pair, ([from, to]) => {
      const changes = diff(from, to);
      const words = changesInWords(changes);
      expect(words).toHaveLength(changes.length);
      for (const sentence of words) expect(sentence).not.toMatch(/undefined|NaN|\[object/);
    }),
  );
});

/** All parts of a model by their keys, with the changes made to them and the order that was said. */
function apply(model: Model, changes: Change[]): Record<string, unknown> {
  const lists = {
    category: model.categories,
    rule: model.rules,
    gate: model.gates,
    threshold: model.thresholds,
    grade: model.grades,
  };
  const { key, name, object, decimals = 0, range, verdictWeights } = model;
  const weights = { human: 1, unknown: 1, suspect: 0.5, machine: 0, ...verdictWeights };
  const settings: Item = { key, name, object, decimals, 'range.min': range?.min, 'range.max': range?.max };
  for (const [verdict, weight] of Object.entries(weights)) settings[`verdictWeights.${verdict}`] = weight;
  for (const change of changes) if (change.part === 'model' && change.kind === 'changed') assign(settings, change);

  const parts = Object.entries(lists).map(([part, list]) => {
    const items = new Map((list ?? []).map((item): [string, Item] => [keyOf(item), withDefaults(item as Item)]));
    for (const change of changes.filter((each) => each.part === part)) {
      if (change.kind === 'added') items.set(change.key, change.to);
      else if (change.kind === 'removed') items.delete(change.key);
      else if (change.kind === 'changed') assign(items.get(change.key) ?? {}, change);
      else if (change.kind === 'renamed') {
        const item = items.get(change.from.key)!;
        items.delete(change.from.key);
        items.set(change.key, {
          ...item,
          ...('rating' in item && part === 'threshold'
            ? { rating: change.key }
            : { key: change.key, name: change.name }),
        });
      }
    }
    return [part, Object.fromEntries(items)];
  });
  return { settings, ...(Object.fromEntries(parts) as Item) };
}

const keyOf = (item: object) => {
  const { key, rating, category } = item as Record<string, string | undefined>;
  return (key ?? rating ?? category)!;
};

const withDefaults = (item: Item): Item => ({
  ...('points' in item && { enabled: true }),
  ...(item['kind'] === 'attribute' && { hold: 'while' }),
  ...(item['kind'] === 'engagement' && { award: 'each' }),
  ...('rating' in item && !('cap' in item) && { leaveBelow: item['min'] }),
  ...item,
});

function assign(item: Item, { properties }: Extract<Change, { kind: 'changed' }>): void {
  for (const { property, from, to } of properties) {
    expect(item[property]).toEqual(from);
    item[property] = to; // toEqual takes undefined for not given
  }
}
