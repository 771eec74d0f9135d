import { expect, it } from '@jest/globals';
import { inWords } from 'c/engagementTypes';

it('takes the words of a known type from its label', () => {
  expect(inWords('email.click')).toBe('c.Engagement_Email_Click');
});

it.each([
  ['custom.trial_started', 'Trial started'],
  ['custom.order.paid', 'Order paid'],
  ['Clicked a link in an email', 'Clicked a link in an email'],
  ['', ''],
])('reads %j as %j', (type, words) => {
  expect(inWords(type)).toBe(words);
});
