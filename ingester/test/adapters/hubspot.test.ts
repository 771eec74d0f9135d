import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { hubspot } from '../../src/adapters/hubspot.ts';
import { readJson, readOne } from '../fixtures/read.ts';
import { describeSignature, hmac } from '../fixtures/signature.ts';
import { NOW, request } from '../support/request.ts';

const change = {
  eventId: 1,
  subscriptionId: 2,
  portalId: 3,
  objectId: 123,
  occurredAt: 1_770_110_100_250,
  subscriptionType: 'contact.propertyChange',
  attemptNumber: 0,
};
const property = (propertyName: string, propertyValue: unknown) =>
  readOne(hubspot, [{ ...change, propertyName, propertyValue }]);

describe('HubSpot', () => {
  test.each([
    ['contact.creation', 'person.update'],
    ['contact.merge', 'person.merge'],
    ['contact.deletion', 'custom.contact_deletion'],
    ['deal.creation', 'deal.add'],
    ['deal.propertyChange', 'deal.update'],
    ['company.creation', 'custom.company_creation'],
  ])('%s is %s', (subscriptionType, type) => {
    expect(readOne(hubspot, [{ ...change, subscriptionType }]).type).toBe(type);
  });

  test.each([
    ['hs_email_last_open_date', '1770110000000', 'email.open'],
    ['hs_email_last_click_date', '1770110000000', 'email.click'],
    ['hs_email_last_reply_date', '1770110000000', 'email.reply'],
    ['recent_conversion_date', '1770110000000', 'form.submit'],
    ['hs_email_optout', 'true', 'email.unsubscribe'],
    ['hs_email_optout', 'false', 'email.resubscribe'],
    ['hs_email_hard_bounce_reason_enum', 'UNKNOWN_USER', 'email.bounce'],
    ['jobtitle', 'Director', 'person.update'],
  ])('the property %s changed to %s is %s', (name, value, type) => {
    expect(property(name, value).type).toBe(type);
  });

  test('the stage of a deal; newer names of the same things', () => {
    const deal = {
      ...change,
      subscriptionType: 'object.propertyChange',
      objectTypeId: '0-3',
      propertyName: 'dealstage',
    };
    expect(readOne(hubspot, [deal])).toMatchObject({ type: 'deal.stage', person: {} });
    const contact = { ...change, subscriptionType: 'object.creation', objectTypeId: '0-1' };
    expect(readOne(hubspot, [contact])).toMatchObject({
      type: 'person.update',
      person: { externalIds: { hubspot: '123' } },
    });
  });

  test('who and when', () => {
    expect(property('hs_email_last_open_date', '1770110000000').occurredAt).toBe('2026-02-03T09:13:20.000Z');
    expect(property('email', 'Rosa@Example.com')).toMatchObject({
      occurredAt: '2026-02-03T09:15:00.250Z',
      timePrecision: 'ms',
      person: { email: 'rosa@example.com', externalIds: { hubspot: '123' } },
    });
  });

  test('another attempt is the same happening; an event ID alone says nothing', () => {
    const { id } = property('jobtitle', 'Director');
    const again = { ...change, propertyName: 'jobtitle', propertyValue: 'Director', attemptNumber: 3, eventId: 9 };
    expect(readOne(hubspot, [again]).id).toBe(id);
    expect(property('jobtitle', 'Manager').id).not.toBe(id);
  });

  test('contacts that became one are introduced', () => {
    const merge = { ...change, subscriptionType: 'contact.merge', primaryObjectId: 1, mergedObjectIds: [2, 3] };
    const { engagements, introductions } = readJson(hubspot, [merge]);
    expect(engagements[0]?.person.externalIds).toEqual({ hubspot: '1' });
    expect(introductions).toEqual([{ strong: ['hubspot:main:1', 'hubspot:main:2', 'hubspot:main:3'] }]);
  });

  const body = JSON.stringify([change]);
  const url = 'https://hooks.example.com/in/main?tenant=a%3Ab';
  const v3 = (at: number, sent = body, signedUrl = url) => {
    const signature = hmac('sha256', 'key', `POST${signedUrl}${body}${at}`, 'base64');
    return request(sent, { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(at) }, url);
  };
  const older = (version: string, target: string, sent = body) =>
    request(
      sent,
      {
        'x-hubspot-signature-version': version,
        'x-hubspot-signature': createHash('sha256').update(`key${target}${body}`).digest('hex'),
      },
      url,
    );
  const keys = { adapter: hubspot, settings: { secret: 'key' }, others: { secret: 'other' }, unsigned: request(body) };
  describe('version 3', () => {
    describeSignature({ ...keys, signed: (at) => v3(at), altered: v3(NOW, `${body} `), window: 300_000 });
  });
  describe('version 2', () => {
    describeSignature({ ...keys, signed: () => older('v2', `POST${url}`), altered: older('v2', '') });
  });
  describe('version 1', () => {
    describeSignature({ ...keys, signed: () => older('v1', ''), altered: older('v1', '', `${body} `) });
  });

  test('version 3 may have decoded the URL', () => {
    const decoded = 'https://hooks.example.com/in/main?tenant=a:b';
    expect(hubspot.verify(v3(NOW, body, decoded), { secret: 'key' }, NOW).ok).toBe(true);
  });
});
