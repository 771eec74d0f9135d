import { expect, it } from '@jest/globals';
import { formatLabel } from 'c/formatLabel';

it('fills placeholders, wherever and however often they stand', () => {
  expect(formatLabel('{1} of {0}, {1}!', 12, 5)).toBe('5 of 12, 5!');
});
