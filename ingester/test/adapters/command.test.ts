import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hmac } from '../fixtures/signature.ts';

const sns = JSON.parse(readFileSync(new URL('../fixtures/sns.json', import.meta.url), 'utf8')) as {
  certificate: string;
  version2: { SigningCertURL: string };
};

/** What the normalize command answers to lines for one body each. */
function answers(...lines: { adapter: string; body: string; headers?: object; settings: object }[]): unknown[] {
  const input = lines.map(({ body, headers = {}, ...line }, index) => {
    const request = { method: 'POST', url: 'https://hooks.example.com/in/crm', headers };
    return JSON.stringify({
      ...line,
      name: `line ${index}`,
      request,
      body: btoa(body),
      now: '2026-03-02T12:00:00.000Z',
    });
  });
  const script = join(import.meta.dirname, '../../../scripts/normalize.ts');
  const { stdout } = spawnSync(process.execPath, [script], { input: input.join('\n'), encoding: 'utf8' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

test('the normalize command: certificates, headers however they are written, and both names of Standard Webhooks', () => {
  const body = '{"type":"form.submit","data":{"email":"rosa@example.com"}}';
  const seconds = String(Date.parse('2026-03-02T12:00:00.000Z') / 1000);
  const headers = {
    'Webhook-ID': 'msg_1',
    'WEBHOOK-TIMESTAMP': seconds,
    'webhook-signature': `v1,${hmac('sha256', 'key', `msg_1.${seconds}.${body}`, 'base64')}`,
  };
  const webhook = { body, headers, settings: { secret: `whsec_${btoa('key')}` } };
  const notification = { adapter: 'ses-sns', body: JSON.stringify(sns.version2) };
  const certificates = { [sns.version2.SigningCertURL]: sns.certificate };
  expect(
    answers(
      { ...notification, settings: { certificates } },
      { ...notification, settings: {} },
      { ...webhook, adapter: 'standard-webhooks' },
      { ...webhook, adapter: 'standardwebhooks' },
    ),
  ).toMatchObject([
    { status: 200, engagements: [{ source: 'ses-sns:crm', type: 'email.click', authenticated: 'signature' }] },
    { status: 401, engagements: [], rejected: expect.stringContaining('no key') },
    { status: 200, engagements: [{ source: 'standard-webhooks:crm', type: 'form.submit' }] },
    { status: 200, engagements: [{ source: 'standard-webhooks:crm', type: 'form.submit' }] },
  ]);
});
