import { describe, expect, test } from '@jest/globals';
import { mailboxEmail } from '../../src/engagement/email.ts';

describe('the address of a mailbox', () => {
  test.each([
    ['Rosa <Rosa@Example.com>', 'rosa@example.com'],
    ['"Diaz, Rosa" <rosa@example.com> ', 'rosa@example.com'],
    ['rosa@example.com', 'rosa@example.com'],
    ['<rosa@example.com>', 'rosa@example.com'],
    ['Rosa', undefined],
    ['Rosa <>', undefined],
    [5, undefined],
  ])('%s is %s', (mailbox, email) => {
    expect(mailboxEmail(mailbox)).toBe(email);
  });
});
