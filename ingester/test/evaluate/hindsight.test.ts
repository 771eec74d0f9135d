import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Engagement } from '../../src/engagement/engagement.ts';
import { hindsight } from '../../src/evaluate/hindsight.ts';
import { engagement } from '../support/engagement.ts';
import { NOW } from '../support/request.ts';

const person = { email: 'rosa@example.com' };
const campaign = { messageId: 'm1' };
const at = (ms: number) => ({ occurredAt: new Date(NOW + ms).toISOString() });
const delivered = (ms: number) => engagement('d', person, { type: 'email.delivered', campaign, ...at(ms) });
const click = (ms: number, url = 'https://x.test/a', more: Partial<Engagement> = {}) =>
  engagement(`c${ms}${url}`, person, { type: 'email.click', campaign, link: { url }, ...at(ms), ...more });

const machines = (engagements: Engagement[]) =>
  [...hindsight(engagements)].map(([{ id }, { verdict, reason }]) => [id, verdict, reason]).sort();

describe('clicks in hindsight', () => {
  test('a click within two seconds of delivery is a machine’s, one at two seconds is not', () => {
    const early = click(1999);
    expect(machines([delivered(0), early, click(2000)])).toEqual([
      [early.id, 'machine', 'clicked within 2 seconds of delivery'],
    ]);
  });

  test('a delivery that is reported later counts as well', () => {
    expect(hindsight([click(1000), delivered(500)]).size).toBe(1);
    expect(hindsight([click(1000), delivered(1500)]).size).toBe(0);
  });

  test('three different links within two seconds are a machine’s, and so are all clicks of that moment', () => {
    const burst = [click(0, 'https://a.test'), click(900, 'https://b.test'), click(1999, 'https://c.test')];
    expect(machines([...burst, click(9000)])).toHaveLength(3);
    expect(machines(burst.slice(0, 2))).toEqual([]);
    expect(machines([click(0, 'https://a.test'), click(900, 'https://b.test'), click(2000, 'https://c.test')])).toEqual(
      [],
    );
  });

  test('the same link three times is an impatient person', () => {
    expect(machines([click(0), click(300), click(600)])).toEqual([]);
  });

  test('another message, another person, another source say nothing', () => {
    expect(hindsight([delivered(0), click(1000, undefined, { campaign: { messageId: 'm2' } })]).size).toBe(0);
    expect(hindsight([delivered(0), click(1000, undefined, { person: { email: 'b@example.com' } })]).size).toBe(0);
    expect(hindsight([delivered(0), click(1000, undefined, { source: 'generic:other' })]).size).toBe(0);
  });

  test('what the source is sure of stays, and what has no exact time is not judged', () => {
    const human = click(1000, undefined, { automated: { verdict: 'human' } });
    const machine = click(1000, 'https://b.test', { automated: { verdict: 'machine', reason: 'the source says so' } });
    const assumed = click(1000, 'https://c.test', { timePrecision: 'assumed' });
    expect(hindsight([delivered(0), human, machine, assumed]).size).toBe(0);
  });

  test('a suspicion becomes a certainty', () => {
    const suspect = click(500, undefined, { automated: { verdict: 'suspect', reason: 'a proxy' } });
    expect(hindsight([delivered(0), suspect]).get(suspect)?.verdict).toBe('machine');
  });

  test('bursts are those that a comparison of every click with every other finds', () => {
    const clicks = fc.array(fc.tuple(fc.nat(6000), fc.constantFrom('a', 'b', 'c', 'd')), { maxLength: 12 });
    fc.assert(
      fc.property(clicks, (drawn) => {
        const all = drawn.map(([ms, link], index) => click(ms, `https://${link}.test`, { id: `c${index}` }));
        const time = ({ occurredAt }: Engagement) => Date.parse(occurredAt);
        const expected = all.filter((one) =>
          all.some((first) => {
            const within = all.filter((each) => time(each) >= time(first) && time(each) < time(first) + 2000);
            return within.includes(one) && new Set(within.map(({ link }) => link?.url)).size >= 3;
          }),
        );
        expect([...hindsight(all).keys()].map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
      }),
    );
  });
});
