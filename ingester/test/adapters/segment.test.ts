import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { segment } from '../../src/adapters/segment.ts';
import { NOW, receive, request } from '../support/request.ts';

const sign = (body: string, secret = 'shh') => createHmac('sha1', secret).update(body).digest('hex');
const open = { allowUnsigned: true };
const track = {
  type: 'track',
  userId: 'u1',
  event: 'Signed Up',
  messageId: 'm1',
  timestamp: '2026-02-03T09:15:00.250Z',
};
const read = (...events: object[]) =>
  receive(segment, request(JSON.stringify(events.length === 1 ? events[0] : events)), open);

describe('Segment', () => {
  test.each([
    ['Email Delivered', 'email.delivered'],
    ['Email Opened', 'email.open'],
    ['Email Link Clicked', 'email.click'],
    ['Email Bounced', 'email.bounce'],
    ['Email Marked as Spam', 'email.complaint'],
    ['Unsubscribed', 'email.unsubscribe'],
    ['email_opened', 'email.open'],
    ['Demo Requested', 'custom.demo_requested'],
    ['constructor', 'custom.constructor'],
  ])('the tracked event %s is %s', (event, type) => {
    expect(read({ ...track, event }).engagements[0]?.type).toBe(type);
  });

  test('a tracked event with all that it tells', () => {
    const event = {
      ...track,
      event: 'Email Link Clicked',
      anonymousId: 'a1',
      context: { traits: { email: 'Rosa@Example.com' }, ip: '198.51.100.4', campaign: { name: 'Spring' } },
      properties: { campaign_id: '8', email_id: 'e9', email_subject: 'Hi', link_id: '5', link_url: 'https://x.test/p' },
    };
    expect(read(event).engagements[0]).toMatchObject({
      id: 'm1',
      source: 'segment:main',
      occurredAt: '2026-02-03T09:15:00.250Z',
      timePrecision: 'ms',
      person: { email: 'rosa@example.com', externalIds: { segment: 'u1' }, anonymousId: 'a1' },
      campaign: { id: '8', name: 'Spring', messageId: 'e9', subject: 'Hi' },
      link: { id: '5', url: 'https://x.test/p' },
      client: { ip: '198.51.100.4' },
    });
  });

  test('a page is a view of it', () => {
    const page = {
      type: 'page',
      anonymousId: 'a1',
      name: 'Pricing',
      properties: { url: 'https://x.test/pricing', title: 'Prices' },
    };
    expect(read(page).engagements[0]).toMatchObject({
      type: 'page.view',
      page: { url: 'https://x.test/pricing', title: 'Prices' },
      properties: { name: 'Pricing' },
    });
  });

  test('somebody else’s address in the properties is not the user’s', () => {
    const invited = { ...track, event: 'Friend Invited', properties: { email: 'friend@example.com' } };
    expect(read(invited).engagements[0]?.person).toEqual({ externalIds: { segment: 'u1' } });
  });

  test('identify and alias introduce, screen and group say nothing', () => {
    const { engagements, introductions, deadLetters } = read(
      { type: 'identify', userId: 'u1', anonymousId: 'a1', traits: { email: 'rosa@example.com' } },
      { type: 'alias', userId: 'u1', previousId: 'old' },
      { type: 'screen', userId: 'u1', name: 'Main' },
      { type: 'group', userId: 'u1', groupId: 'g' },
    );
    expect({ engagements, deadLetters }).toEqual({ engagements: [], deadLetters: [] });
    expect(introductions).toEqual([
      { strong: ['email:rosa@example.com', 'segment:main:u1'], anonymous: 'anonymous:main:a1' },
      { strong: ['segment:main:u1', 'segment:main:old'], anonymous: 'anonymous:main:old' },
    ]);
  });

  test('without a messageId the ID is derived from what a retry does not change', () => {
    const event = { ...track, messageId: undefined };
    const [first, again, other] = read(
      { ...event, sentAt: '2026-02-03T09:15:01Z' },
      { ...event, sentAt: '2026-02-03T10:00:00Z', receivedAt: '2026-02-03T10:00:01Z' },
      { ...event, timestamp: '2026-02-03T09:15:00.251Z' },
    ).engagements;
    expect(again?.id).toBe(first?.id);
    expect(other?.id).not.toBe(first?.id);
  });

  test('RudderStack sends batches in an object', () => {
    const body = JSON.stringify({ batch: [track, { ...track, messageId: 'm2' }], sentAt: '2026-02-03T09:15:01Z' });
    expect(receive(segment, request(body), open).engagements.map(({ id }) => id)).toEqual(['m1', 'm2']);
  });

  test('what is no event fails alone', () => {
    const { engagements, deadLetters } = read(
      track,
      7 as unknown as object,
      { type: 'nonsense' },
      { ...track, event: '' },
    );
    expect(engagements).toHaveLength(1);
    expect(deadLetters).toHaveLength(3);
  });

  test.each(['{"type":', '"text"', '42', 'null', '\xff'])('the body %s cannot be read', (body) => {
    expect(() => receive(segment, request(Buffer.from(body, 'latin1')), open)).toThrow(/the body is/);
  });

  describe('authentication', () => {
    const verify = (body: string, headers: Record<string, string>, settings: object) =>
      segment.verify(request(body, headers), settings, NOW);
    const body = JSON.stringify(track);

    test('a signature over the body', () => {
      expect(verify(body, { 'x-signature': sign(body) }, { secret: 'shh' })).toEqual({
        ok: true,
        authenticated: 'signature',
      });
      expect(verify(`${body} `, { 'x-signature': sign(body) }, { secret: 'shh' })).toMatchObject({ ok: false });
      expect(verify(body, { 'x-signature': sign(body, 'other') }, { secret: 'shh' })).toMatchObject({ ok: false });
      expect(verify(body, { 'x-signature': 'short' }, { secret: 'shh', allowUnsigned: true })).toMatchObject({
        ok: false,
      });
    });

    test('a signature over the first event of a batch proves that one only', () => {
      const first = '{ "type":"track", "event":"A ] , \\" }", "messageId":"m1" }';
      const batch = ` [ ${first} , ${JSON.stringify({ ...track, messageId: 'm2' })}]`;
      const { engagements } = receive(segment, request(batch, { 'x-signature': sign(first) }), { secret: 'shh' });
      expect(engagements.map(({ authenticated }) => authenticated)).toEqual(['signature', 'none']);
    });

    test('the signer of a batch may have written its first event without white space', () => {
      const batch = JSON.stringify([track, track], null, 2);
      expect(verify(batch, { 'x-signature': sign(body) }, { secret: 'shh' })).toMatchObject({
        ok: true,
        covers: 'first',
      });
    });

    test('no signature is refused unless it is allowed', () => {
      expect(verify(body, {}, { secret: 'shh' })).toMatchObject({ ok: false });
      expect(verify(body, {}, {})).toMatchObject({ ok: false });
      expect(verify(body, {}, { secret: 'shh', allowUnsigned: true })).toEqual({ ok: true, authenticated: 'none' });
    });

    test('RudderStack brings its key by HTTP Basic', () => {
      expect(verify(body, { authorization: `Basic ${btoa('shh:')}` }, { secret: 'shh' })).toEqual({
        ok: true,
        authenticated: 'basic',
      });
    });
  });
});
