/** People with engagements over half a year, made one after the other so that any number fits into memory. */
import type { Model, ScoredEngagement } from '../../scoring-core/src/index.ts';
import { seeded } from '../measure.ts';

export const AT = '2026-03-15T12:00:00.000Z';
export const DAY = 86_400_000;

export const types = ['page.view', 'email.open', 'email.click', 'form.submit', 'meeting.book', 'email.unsubscribe'];
const shares = [0.5, 0.75, 0.93, 0.98, 0.995, 1];

export interface Person {
  readonly id: number;
  readonly record: { Industry: string; CreatedDate: string };
  readonly engagements: ScoredEngagement[];
}

export function* makePeople(count: number, each: number): Generator<Person> {
  const random = seeded(2);
  const end = Date.parse(AT);
  for (let id = 0; id < count; id++) {
    const engagements: ScoredEngagement[] = [];
    const instants = Array.from({ length: each }, () => end - Math.floor(random() * 180 * DAY)).sort((a, b) => a - b);
    for (const [index, instant] of instants.entries()) {
      const pick = random();
      const type = types[shares.findIndex((share) => pick < share)]!;
      engagements.push({ id: `${id}-${index}`, type, occurredAt: new Date(instant).toISOString() });
    }
    const record = { Industry: random() < 0.5 ? 'Finance' : 'Retail', CreatedDate: '2025-06-01T00:00:00.000Z' };
    yield { id, record, engagements };
  }
}

/** Twelve rules: a fact, expiry, decay, limits, categories with limits, thresholds with hysteresis. */
export const model: Model = {
  ...{ schema: 1, key: 'people', name: 'People', object: 'Lead', range: { min: 0, max: 100 } },
  categories: [
    { key: 'fit', name: 'Fit', max: 30 },
    { key: 'web', name: 'Web', max: 40 },
    { key: 'email', name: 'Email', min: -20, max: 40 },
  ],
  rules: [
    { ...rule('industry', 'fit', 10), kind: 'attribute', when: { field: 'Industry', op: 'eq', value: 'Finance' } },
    { ...on('view', 'web', 1, 'page.view'), limit: { count: 5, within: 'P7D' }, expires: 'P60D' },
    { ...on('view-recent', 'web', 2, 'page.view'), expires: 'P7D' },
    { ...on('open', 'email', 1, 'email.open'), limit: { count: 3, within: 'P7D' }, expires: 'P30D' },
    { ...on('click', 'email', 3, 'email.click'), decay: { kind: 'exponential', halfLife: 'P14D' }, expires: 'P90D' },
    { ...on('click-week', 'email', 2, 'email.click'), expires: 'P7D' },
    { ...on('form', 'web', 15, 'form.submit'), decay: { kind: 'linear', over: 'P60D' } },
    { ...on('form-once', 'web', 5, 'form.submit'), award: 'first' },
    { ...on('meeting', 'fit', 20, 'meeting.book'), decay: { kind: 'steps', keep: 0.5, every: 'P30D' } },
    { ...on('unsubscribe', 'email', -15, 'email.unsubscribe'), expires: 'P90D' },
    { ...on('any', 'web', 0.25, '*'), expires: 'P30D' },
    { ...on('old', 'email', -0.5, 'email.open'), limit: { count: 1, within: 'P30D' }, expires: 'P180D' },
  ],
  thresholds: [
    { rating: 'Warm', min: 25, leaveBelow: 20 },
    { rating: 'Hot', min: 50, leaveBelow: 42 },
  ],
};

function rule(key: string, category: string, points: number) {
  return { key, name: key, category, points };
}

function on(key: string, category: string, points: number, type: string) {
  return { ...rule(key, category, points), kind: 'engagement' as const, types: [type] };
}
