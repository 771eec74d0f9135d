import { expect, it } from '@jest/globals';
import type { Decay } from 'c/scoringCore';
import DecayCurve from 'c/decayCurve';
import { show } from '../../__tests__/wire';

/** The heights of the line, 0 at the top, from the first place to the last. */
function heights(decay: Decay, expires?: string): number[] {
  const element = show('c-decay-curve', DecayCurve, { decay, expires });
  const line = element.shadowRoot.querySelector('.line')?.getAttribute('d') ?? '';
  return [...line.matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
}

it.each<[string, Decay]>([
  ['by half', { kind: 'exponential', halfLife: 'P14D' }],
  ['evenly', { kind: 'linear', over: 'P30D' }],
  ['in steps', { kind: 'steps', keep: 0.5, every: 'P7D' }],
])('begins with everything and falls %s', (_name, decay) => {
  const line = heights(decay);
  expect(line[0]).toBe(0);
  expect(line.at(-1)).toBeGreaterThan(55);
  expect(line).toEqual([...line].sort((a, b) => a - b));
});

it('halves after the half-life', () => {
  const line = heights({ kind: 'exponential', halfLife: 'P40D', step: 'PT1H' });
  const span = Math.log2(1 / 0.03) * 40;
  expect(line[Math.round((40 / span) * 120)]).toBeCloseTo(30, -1);
});

it('falls to the ground at the expiry', () => {
  const line = heights({ kind: 'linear', over: 'P100D' }, 'P50D');
  expect(line[Math.floor((49 / 110) * 120)]).toBeLessThan(31);
  expect(line[Math.ceil((51 / 110) * 120)]).toBe(60);
});

it('draws nothing while a duration is missing', async () => {
  const element = show('c-decay-curve', DecayCurve, { decay: { kind: 'linear' } as Decay });
  expect(element.shadowRoot.querySelector('svg')).toBeNull();
  await expect(element).toBeAccessible();
});
