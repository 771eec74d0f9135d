import { expect, test } from '@jest/globals';
import { evaluate, reasons, requirements } from '../src/index.ts';
import type { Model, Rule } from '../src/index.ts';

const model = (rules: Rule[], rest: Partial<Model> = {}): Model => ({
  ...{ schema: 1, key: 'm', name: 'M', object: 'Lead', rules },
  ...rest,
});

test('a model requires what its enabled rules and its gates read, each once and sorted', () => {
  const counted = { related: 'Account.Opportunities', aggregate: 'count', op: 'gt', value: 0 } as const;
  const summed = {
    ...{ related: 'Opportunities', aggregate: 'sum', field: 'Amount', op: 'gt', value: 0 },
    where: {
      any: [
        { field: 'Owner.Name', op: 'notBlank' },
        { related: 'Lines', aggregate: 'count', op: 'gt', value: 1 },
      ],
    },
  } as const;
  const when = {
    all: [{ field: 'Title', op: 'notBlank' }, { not: counted }, structuredClone(summed) as never],
  } as const;
  const rules: Rule[] = [
    { key: 'a', name: 'A', kind: 'attribute', points: 1, when: { all: [...when.all] } },
    { key: 'b', name: 'B', kind: 'inactivity', points: -1, types: ['page.*', 'email.click'], after: 'P1D' },
    {
      key: 'c',
      name: 'C',
      kind: 'engagement',
      points: 1,
      types: ['email.click'],
      where: { field: 'link.url', op: 'notBlank' },
    },
    { key: 'd', name: 'D', kind: 'attribute', points: 1, when: { field: 'Off__c', op: 'blank' }, enabled: false },
  ];
  const gate = { key: 'g', name: 'G', when: { field: 'Account.Industry', op: 'notBlank' }, cap: 0 } as const;
  expect(requirements(model(rules, { gates: [gate] }))).toEqual({
    object: 'Lead',
    fields: ['Account.Industry', 'CreatedDate', 'Title'],
    children: [
      { path: 'Account.Opportunities', fields: [] },
      { path: 'Opportunities', fields: ['Amount', 'Owner.Name'] },
      { path: 'Opportunities.Lines', fields: [] },
    ],
    engagementTypes: ['email.click', 'page.*'],
  });
});

test('reasons come with names, the largest points of either sign first, equal ones in order', () => {
  const rules = [2, -5, 5, 9].map((points, index): Rule => ({
    ...{ key: `r${index}`, name: `Rule ${index}`, kind: 'attribute', points, when: { all: [] } },
  }));
  const scored = evaluate(model(rules), {}, [], undefined, '2026-03-15');
  expect(reasons(model(rules), scored, 3)).toEqual([
    { rule: 'r3', name: 'Rule 3', points: 9, awards: 1 },
    { rule: 'r1', name: 'Rule 1', points: -5, awards: 1 },
    { rule: 'r2', name: 'Rule 2', points: 5, awards: 1 },
  ]);
  expect(reasons(model(rules), scored)).toHaveLength(4);
});
