import { describe, expect, test } from '@jest/globals';
import { generic } from '../../src/adapters/generic.ts';
import { receive, request } from '../support/request.ts';

describe('generic JSON', () => {
  test('the contract’s own words need no mapping', () => {
    const body = {
      id: 'x1',
      type: 'form.submit',
      occurredAt: '2026-02-03T09:15:00Z',
      person: { email: 'ROSA@example.com', externalIds: { crm: 7 }, salesforceId: '00Q000000000001AAA' },
      form: { id: 'f1', name: 'Demo' },
      properties: { plan: 'gold' },
    };
    expect(receive(generic, request(JSON.stringify(body))).engagements).toMatchObject([
      {
        id: 'x1',
        source: 'generic:main',
        type: 'form.submit',
        person: { email: 'rosa@example.com', externalIds: { crm: '7' }, salesforceId: '00Q000000000001AAA' },
        form: { id: 'f1', name: 'Demo' },
        properties: { plan: 'gold' },
      },
    ]);
  });

  test('a mapping finds the events and their fields', () => {
    const mapping = {
      items: 'payload.hits',
      type: '=page.view',
      id: 'hit.no',
      'person.email': 'visitor.mail',
      'page.url': 'hit.href',
      occurredAt: 'hit.at',
    };
    const body = {
      payload: {
        hits: [{ visitor: { mail: 'rosa@example.com' }, hit: { no: 5, href: 'https://x.test', at: 1_770_110_100 } }],
      },
    };
    expect(receive(generic, request(JSON.stringify(body)), { mapping }).engagements).toMatchObject([
      {
        id: '5',
        type: 'page.view',
        occurredAt: '2026-02-03T09:15:00.000Z',
        person: { email: 'rosa@example.com' },
        page: { url: 'https://x.test' },
      },
    ]);
  });

  test('hostile keys stay data', () => {
    const body = '{"type":"Sign up","__proto__":{"polluted":true},"constructor":{"x":1}}';
    const { engagements } = receive(generic, request(body), { mapping: { 'properties.a': '__proto__.polluted' } });
    expect(engagements[0]?.type).toBe('custom.sign_up');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('an event without a type fails alone', () => {
    const { engagements, deadLetters } = receive(generic, request('[{"type":"a"},{"x":1},5]'));
    expect(engagements).toHaveLength(1);
    expect(deadLetters).toEqual(['event 1: it has no type', 'event 2: it is not an object']);
  });

  test('nesting without end cannot be read', () => {
    expect(() => receive(generic, request(`${'['.repeat(5000)}${']'.repeat(5000)}`))).toThrow('nested');
  });
});
