import { expect, test } from '@jest/globals';
import { parseModel, type Result } from '../../../scoring-core/src/index.ts';
import { changeRow } from '../../src/evaluate/change-row.ts';
import { leadModel } from '../support/model.ts';

const parsed = parseModel({
  ...leadModel,
  gates: [{ key: 'country', name: 'Served country', when: { field: 'Country', op: 'notBlank' }, cap: 5 }],
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const { model } = parsed;

const AT = Date.UTC(2026, 1, 3, 9, 15);
const record = { id: '00Q000000000001EAA' };
const result = (score: number, more: Partial<Result> = {}): Result => ({
  ...{ score, rating: null, grade: null, categories: {}, contributions: [], failedGates: [], earned: {} },
  ...{ nextChangeAt: null, ...more },
});
const clicked = (points: number) => ({ contributions: [{ rule: 'click', points, awards: 1 }] });
const previously = (before: Result) => ({
  previous: { value: before.score, rating: before.rating, grade: null, earned: {} },
  explained: JSON.stringify(before),
  at: AT,
});
const nothing = { previous: undefined, explained: undefined, at: AT };

test('the first points are a change from nothing', () => {
  expect(changeRow(model, record, result(10, clicked(10)), nothing)).toEqual({
    target: `Score_Change__c/leads:${record.id}:2026-02-03T09:15:00.000Z`,
    object: 'Score_Change__c',
    record: record.id,
    payload: {
      External_Id__c: `leads:${record.id}:2026-02-03T09:15:00.000Z`,
      Score__r: { External_Id__c: `leads:${record.id}` },
      Changed_At__c: '2026-02-03T09:15:00.000Z',
      Value__c: 10,
      Rating__c: null,
      Delta__c: 10,
      Cause__c: 'Email click',
    },
  });
});

test('a first score of nothing is none, whatever its rating', () => {
  expect(changeRow(model, record, result(0, { rating: 'Cold' }), nothing)).toBeUndefined();
});

test('what decays bit by bit is kept when the rating falls', () => {
  const before = previously(result(20.2, { rating: 'Warm', ...clicked(20.2) }));
  expect(changeRow(model, record, result(19.9, { rating: 'Warm', ...clicked(19.9) }), before)).toBeUndefined();
  expect(changeRow(model, record, result(19.9, clicked(19.9)), before)?.payload).toMatchObject({
    Delta__c: -0.3,
    Rating__c: null,
    Cause__c: 'Email click',
  });
});

test('a gate that shuts is the cause where no rule is', () => {
  const shut = result(5, { ...clicked(30), failedGates: ['country'] });
  expect(changeRow(model, record, shut, previously(result(30, clicked(30))))?.payload).toMatchObject({
    Delta__c: -25,
    Cause__c: 'Served country',
  });
});

test('the cause is not guessed where only the score is known', () => {
  const { previous, at } = previously(result(10));
  const row = changeRow(model, record, result(20, clicked(20)), { previous, explained: undefined, at });
  expect(row?.payload).toMatchObject({ Delta__c: 10, Cause__c: null });
});
