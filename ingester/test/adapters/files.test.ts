import { describe, expect, test } from '@jest/globals';
import { csv } from '../../src/adapters/csv.ts';
import { ndjson } from '../../src/adapters/ndjson.ts';
import { receive, request } from '../support/request.ts';

describe('CSV files', () => {
  const file = (...lines: string[]) => request(lines.join('\r\n'));

  test('columns in the contract’s own words need no mapping', () => {
    const raw = file(
      'id,type,email,occurredAt,link.url,properties.plan',
      '7,email.click,ROSA@example.com,2026-02-03T09:15:00Z,https://x.test/p,gold',
    );
    expect(receive(csv, raw).engagements).toMatchObject([
      {
        id: '7',
        source: 'csv:main',
        type: 'email.click',
        occurredAt: '2026-02-03T09:15:00.000Z',
        person: { email: 'rosa@example.com' },
        link: { url: 'https://x.test/p' },
        properties: { plan: 'gold' },
      },
    ]);
  });

  test('a mapping says which column is what, whatever it is called', () => {
    const mapping = {
      type: '=campaign.respond',
      'person.email': 'E-Mail addr.',
      'campaign.name': 'Show',
      occurredAt: 'On',
    };
    const raw = file('\uFEFFE-Mail addr.;Show;On', '"rosa@example.com";"Expo; Berlin";2026-02-03');
    expect(receive(csv, raw, { mapping }).engagements).toMatchObject([
      { person: { email: 'rosa@example.com' }, campaign: { name: 'Expo; Berlin' }, timePrecision: 'day' },
    ]);
  });

  test('tabs, quotes with line breaks in them, blank cells and empty lines', () => {
    const raw = file(
      'type\temail\tform.id\tproperties.note',
      'form.submit\ta@x.test\tf1\t"one\ntwo"',
      '',
      'form.submit\tb@x.test\t\t',
    );
    const { engagements } = receive(csv, raw);
    expect(engagements).toHaveLength(2);
    expect(engagements[0]).toMatchObject({ form: { id: 'f1' }, properties: { note: 'one\ntwo' } });
    expect(engagements[1]).not.toHaveProperty('form');
  });

  test('the same file again has the same IDs', () => {
    const raw = file('type,email', 'a,rosa@example.com', 'b,rosa@example.com');
    const ids = () => receive(csv, raw).engagements.map(({ id }) => id);
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(2);
  });

  test('a row that does not say what happened fails alone; a file that is no CSV fails as a whole, with the line', () => {
    expect(receive(csv, file('type,email', ',a@x.test', 'x,b@x.test'))).toMatchObject({
      engagements: [{ type: 'custom.x' }],
      deadLetters: ['event 0: it has no type'],
    });
    expect(() => receive(csv, file('type,email', 'x,"open'))).toThrow(/not CSV .*line 2/);
    expect(() => receive(csv, file('type,email', 'x,a@x.test,more'))).toThrow(/not CSV .*line 2/);
    expect(() => receive(csv, request(Buffer.from([0xff, 0xfe, 0])))).toThrow('not UTF-8');
  });

  test('a hostile heading stays data', () => {
    const { engagements } = receive(csv, file('type,__proto__.polluted,constructor.x', 'a,1,2'));
    expect(engagements).toHaveLength(1);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((Object as unknown as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('NDJSON files', () => {
  test('each line is an event, and one that cannot be read stands alone', () => {
    const lines = ['{"type":"a","email":"rosa@example.com"}', '', '{"type":', '[1]', '{"type":"b"}'];
    expect(receive(ndjson, request(lines.join('\n')))).toMatchObject({
      engagements: [{ type: 'custom.a', source: 'ndjson:main' }, { type: 'custom.b' }],
      deadLetters: ['event 1: the body is not JSON in UTF-8 (SyntaxError)', 'event 2: it is not an object'],
    });
  });

  test('a mapping holds for each line', () => {
    const mapping = { type: '=page.view', 'page.url': 'href', 'person.anonymousId': 'visitor' };
    expect(receive(ndjson, request('{"href":"https://x.test","visitor":"v1"}'), { mapping }).engagements).toMatchObject(
      [{ type: 'page.view', page: { url: 'https://x.test' }, person: { anonymousId: 'v1' } }],
    );
  });
});
