import { expect, test } from '@jest/globals';
import { deliveryOf } from '../../src/inbox/delivery.ts';

test('the inbox keeps the headers that adapters read later, and no credential', () => {
  const kept = { 'content-type': 'application/json', 'ce-id': '1', 'webhook-id': 'msg_1', 'svix-id': 'msg_2' };
  const left = { authorization: 'Bearer s3cret', cookie: 'a=b', 'webhook-signature': 'v1,x', 'x-webhook-id': '3' };
  const delivery = deliveryOf(
    { connection: 'main', adapter: 'resend' },
    { url: '/in/main', headers: { ...kept, ...left }, body: Buffer.from('{}') },
    { ok: true, authenticated: 'signature' },
    0,
  );
  expect(delivery.headers).toEqual(kept);
});
