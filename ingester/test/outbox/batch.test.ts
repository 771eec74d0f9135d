import { expect, test } from '@jest/globals';
import { batch } from '../../src/outbox/batch.ts';
import type { OutboxRow } from '../../src/store/store.ts';

const rows = (object: string, record: string, count = 1): OutboxRow[] =>
  Array.from({ length: count }, (_, index) => ({
    target: `${object}/${record}/${index}`,
    object,
    record,
    payload: { index },
    version: 1,
    attempts: 0,
  }));
const shape = (given: OutboxRow[]) =>
  batch(given).map(({ collection, rows: taken }) => [collection.object, taken.length]);

test('engagement goes first, then records, then scores, then their changes', () => {
  const record = [
    ...rows('Score_Change__c', 'r1'),
    ...rows('Score__c', 'r1'),
    ...rows('Lead', 'r1'),
    ...rows('Engagement__c', 'r1', 3),
  ];
  expect(shape([...record, ...rows('Contact', 'r2')])).toEqual([
    ['Engagement__c', 3],
    ['Lead', 1],
    ['Contact', 1],
    ['Score__c', 1],
    ['Score_Change__c', 1],
  ]);
});

test('a call takes five collections of two hundred rows, and whole records only', () => {
  const many = Array.from({ length: 300 }, (_, index) => {
    const record = `r${String(index).padStart(3, '0')}`;
    return [...rows('Engagement__c', record, 3), ...rows('Lead', record), ...rows('Score__c', record)];
  }).flat();
  const batches = batch(many);
  expect(batches.length).toBeLessThanOrEqual(5);
  for (const { collection } of batches) expect(collection.rows.length).toBeLessThanOrEqual(200);
  const taken = new Set(batches.flatMap((each) => each.rows));
  expect(taken.size).toBeGreaterThan(900);
  const records = new Set([...taken].map(({ record }) => record));
  expect(many.filter((row) => !taken.has(row) && records.has(row.record))).toEqual([]);
});

test('a record that alone is too much for a call is written bit by bit', () => {
  expect(shape(rows('Engagement__c', 'r1', 1500))).toEqual([['Engagement__c', 200]]);
});

test('our objects are upserted by their external ID, records are updated', () => {
  expect(
    batch([...rows('Lead', 'r1'), ...rows('Score__c', 'r1'), ...rows('Score_Change__c', 'r1')]).map(
      ({ collection }) => collection.externalIdField,
    ),
  ).toEqual([null, 'External_Id__c', 'External_Id__c']);
});
