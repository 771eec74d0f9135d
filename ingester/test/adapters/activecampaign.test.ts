import { describe, expect, test } from '@jest/globals';
import { activecampaign } from '../../src/adapters/activecampaign.ts';
import { form, NOW, receive, request } from '../support/request.ts';

const contact = { 'contact[id]': '17', 'contact[email]': 'Rosa.Diaz@Example.com ', 'contact[fields][7]': 'Gold' };
const when = { date_time: '2026-02-03T09:15:00-05:00', list: '0' };

const read = (fields: Record<string, string>) => receive(activecampaign, request(form(fields))).engagements[0]!;

describe('ActiveCampaign', () => {
  test.each([
    ['sent', 'email.sent'],
    ['open', 'email.open'],
    ['click', 'email.click'],
    ['reply', 'email.reply'],
    ['forward', 'email.forward'],
    ['share', 'email.share'],
    ['bounce', 'email.bounce'],
    ['subscribe', 'list.subscribe'],
    ['unsubscribe', 'email.unsubscribe'],
    ['update', 'person.update'],
    ['subscriber_note', 'custom.subscriber_note'],
    ['contact_tag_added', 'tag.add'],
    ['contact_tag_removed', 'tag.remove'],
    ['list_add', 'custom.list_add'],
    ['sms_sent', 'sms.sent'],
    ['sms_reply', 'sms.reply'],
    ['sms_unsub', 'sms.unsubscribe'],
    ['deal_add', 'deal.add'],
    ['deal_update', 'deal.update'],
    ['deal_stage_add', 'deal.stage'],
    ['deal_task_add', 'deal.task_add'],
    ['deal_task_complete', 'deal.task_complete'],
    ['deal_note_add', 'deal.note'],
    ['deal_pipeline_add', 'custom.deal_pipeline_add'],
    ['constructor', 'custom.constructor'],
  ])('%s is %s', (type, expected) => {
    expect(read({ type, ...when, ...contact }).type).toBe(expected);
  });

  test('a click with all that it tells', () => {
    const click = {
      'campaign[id]': '8',
      'campaign[name]': 'Spring & more',
      'campaign[message][subject]': 'Hi',
      'link[id]': '5',
      'link[url]': 'https://x.test/p?a=1&b=2',
      'contact[ip]': '198.51.100.4',
    };
    expect(read({ type: 'click', ...when, ...contact, ...click })).toMatchObject({
      source: 'activecampaign:main',
      type: 'email.click',
      occurredAt: '2026-02-03T14:15:00.000Z',
      timePrecision: 's',
      receivedAt: '2026-03-02T12:00:00.000Z',
      person: { email: 'rosa.diaz@example.com', externalIds: { activecampaign: '17' } },
      campaign: { id: '8', name: 'Spring & more', subject: 'Hi' },
      link: { id: '5', url: 'https://x.test/p?a=1&b=2' },
      client: { ip: '198.51.100.4' },
      properties: { fields: { 7: 'Gold' } },
      authenticated: 'none',
    });
  });

  test('form, tag, list and bounce find their places', () => {
    expect(read({ type: 'subscribe', ...when, ...contact, list: '4', 'form[id]': '9' })).toMatchObject({
      list: { id: '4' },
      form: { id: '9' },
    });
    expect(read({ type: 'subscribe', ...contact, 'list[0][id]': '6' }).list).toEqual({ id: '6' });
    expect(read({ type: 'contact_tag_added', ...when, ...contact, tag: 'vip' }).tag).toEqual({ name: 'vip' });
    expect(
      read({ type: 'bounce', ...when, ...contact, 'bounce[type]': 'hard', 'bounce[code]': '5.1.1' }).bounce,
    ).toEqual({
      class: 'hard',
      code: '5.1.1',
    });
  });

  test('an automation has neither type nor time', () => {
    expect(read({ ...contact, seriesid: '3' })).toMatchObject({
      type: 'custom.automation',
      occurredAt: new Date(NOW).toISOString(),
      timePrecision: 'assumed',
      properties: { seriesid: '3' },
    });
  });

  test('the same happening has the same ID, a second click another', () => {
    const first = { type: 'click', ...when, ...contact };
    expect(read(Object.fromEntries(Object.entries(first).reverse())).id).toBe(read(first).id);
    expect(read({ ...first, date_time: '2026-02-03T09:15:01-05:00' }).id).not.toBe(read(first).id);
  });

  test('a deal knows its contact', () => {
    const deal = { 'deal[id]': '1', 'deal[contactid]': '17', 'deal[contact_email]': 'rosa.diaz@example.com' };
    expect(read({ type: 'deal_add', ...when, ...deal })).toMatchObject({
      person: { email: 'rosa.diaz@example.com', externalIds: { activecampaign: '17' } },
      properties: { deal: { id: '1' } },
    });
  });

  test('a form that is none of ours cannot be read', () => {
    expect(() => receive(activecampaign, request('just text'))).toThrow('neither a type nor a contact');
    expect(() => receive(activecampaign, request(`a${'[b]'.repeat(40)}=1`))).toThrow('not a form');
  });

  test.each([
    ['in the URL', {}, '/in/main?secret=s3cret', 'secret'],
    ['as a bearer token', { authorization: 'Bearer s3cret' }, '/in/main', 'secret'],
    ['as a password', { authorization: `Basic ${btoa('ac:s3cret')}` }, '/in/main', 'basic'],
  ])('the secret is accepted %s', (_where, headers, url, authenticated) => {
    const raw = request(form({ type: 'open' }), headers, url);
    expect(activecampaign.verify(raw, { secret: 's3cret' }, NOW)).toEqual({ ok: true, authenticated });
  });

  test.each([
    ['missing', {}, '/in/main'],
    ['wrong in the URL', {}, '/in/main?secret=s3cre'],
    ['wrong as a bearer token', { authorization: 'Bearer no' }, '/in/main'],
    ['wrong as a password', { authorization: `Basic ${btoa('s3cre:t')}` }, '/in/main'],
  ])('the secret is refused where it is %s', (_where, headers, url) => {
    const raw = request(form({ type: 'open' }), headers, url);
    expect(activecampaign.verify(raw, { secret: 's3cret' }, NOW)).toMatchObject({ ok: false });
  });
});
