import { expect, test } from '@jest/globals';
import { customType, namedType, qualifiedType } from '../../src/engagement/types.ts';

test.each([
  ['Purchased an Item', 'custom.purchased_an_item'],
  ['  Signed-Up! ', 'custom.signed_up_'],
  ['Käufe', 'custom.k_ufe'],
])('a sender’s own event name: %s', (name, type) => {
  expect(customType(name)).toBe(type);
});

test('a type never outgrows its field', () => {
  expect(customType('x'.repeat(1000))).toHaveLength(255);
});

test.each([
  ['email.click', 'email.click'],
  ['Meeting.No_Show', 'meeting.no_show'],
  ['custom.demo request', 'custom.demo_request'],
  ['email.opened', 'custom.email_opened'],
])('a sender that may know our types: %s', (name, type) => {
  expect(namedType(name)).toBe(type);
});

test.each([
  ['com.example.email.open', 'email.open'],
  ['com.example.engagement.form.submit.v1', 'form.submit'],
  ['com.example.someevent', 'custom.com_example_someevent'],
  ['score.adjust', 'score.adjust'],
])('a CloudEvents type: %s', (name, type) => {
  expect(qualifiedType(name)).toBe(type);
});
