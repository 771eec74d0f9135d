import { describe, expect, test } from '@jest/globals';
import { verdictOfClient } from '../../src/adapters/automated.ts';

describe('what the name of a client says', () => {
  test.each([
    [
      'email.open',
      'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
      'suspect',
    ],
    ['email.open', 'YahooMailProxy; https://help.yahoo.com', 'suspect'],
    ['email.open', 'Mozilla/5.0', 'suspect'],
    ['email.click', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 'machine'],
    ['email.click', 'python-requests/2.32', 'machine'],
    ['sms.click', 'curl/8.0', 'machine'],
    ['page.view', 'Slackbot-LinkExpanding 1.0', 'machine'],
    ['email.click', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15', undefined],
    ['email.click', 'Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36', undefined],
    ['form.submit', 'python-requests/2.32', undefined],
    ['email.open', undefined, undefined],
  ])('%s by %s is %s', (type, userAgent, verdict) => {
    expect(verdictOfClient(type, userAgent)?.verdict).toBe(verdict);
  });
});
