import { expect, test } from '@jest/globals';
import { derivedId, sourceId } from '../../src/engagement/id.ts';

test('a derived ID does not depend on the order of fields, and on everything else', () => {
  const id = derivedId({ a: '1', b: { c: '2', d: ['x', 'y'] } });
  expect(derivedId({ b: { d: ['x', 'y'], c: '2' }, a: '1' })).toBe(id);
  expect(derivedId({ a: '1', b: { c: '2', d: ['y', 'x'] } })).not.toBe(id);
  expect(derivedId({ a: '1', b: { c: '2' } })).not.toBe(id);
  expect(id).toMatch(/^[0-9a-f]{64}$/);
});

test('a source’s own ID is kept, hashed if it is too long, and none if it is blank', () => {
  expect(sourceId('evt-1')).toBe('evt-1');
  expect(sourceId(42)).toBe('42');
  expect(sourceId('x'.repeat(256))).toMatch(/^[0-9a-f]{64}$/);
  expect(sourceId(' ')).toBeUndefined();
  expect(sourceId(null)).toBeUndefined();
});
