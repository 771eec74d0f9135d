import { describe, expect, test } from '@jest/globals';
import { typeform } from '../../src/adapters/typeform.ts';
import { readJson, readOne } from '../fixtures/read.ts';
import { describeSignature, hmac } from '../fixtures/signature.ts';
import { request } from '../support/request.ts';

const response = {
  form_id: 'f-1',
  token: 't-1',
  submitted_at: '2026-02-03T09:15:00Z',
  definition: { title: 'Demo' },
  hidden: { user_id: 'u-1', email: 'hidden@example.com', source: 'ads' },
  answers: [
    { type: 'email', email: 'Rosa@Example.com', field: { id: 'q1' } },
    { type: 'choice', choice: { label: 'Soon' }, field: { id: 'q2', ref: 'when' } },
    { type: 'choices', choices: { labels: ['a', 'b'] }, field: { id: 'q3' } },
    { type: 'number', number: 0, field: { id: 'q4' } },
  ],
};
const event = { event_id: 'e-1', event_type: 'form_response', form_response: response };

describe('Typeform', () => {
  test('a response with all that it tells', () => {
    expect(readOne(typeform, event)).toMatchObject({
      id: 'e-1',
      type: 'form.submit',
      occurredAt: '2026-02-03T09:15:00.000Z',
      person: { email: 'rosa@example.com', externalIds: { typeform: 'u-1' } },
      form: { id: 'f-1', name: 'Demo', answers: { q1: 'Rosa@Example.com', when: 'Soon', q3: ['a', 'b'], q4: 0 } },
      properties: { hidden: { source: 'ads' } },
    });
  });

  test('who does not say who they are may be known from the link, or not at all', () => {
    const person = (more: object) =>
      readOne(typeform, { ...event, form_response: { ...response, answers: null, ...more } }).person;
    expect(person({})).toEqual({ email: 'hidden@example.com', externalIds: { typeform: 'u-1' } });
    expect(person({ hidden: undefined })).toEqual({});
  });

  test('without an event ID the response has one; other events are custom', () => {
    expect(readOne(typeform, { ...event, event_id: undefined }).id).toBe('t-1');
    expect(readOne(typeform, { ...event, event_type: 'form_response_partial' }).type).toBe(
      'custom.form_response_partial',
    );
    expect(readJson(typeform, {}).deadLetters).toEqual(['event 0: it has no event_type']);
  });

  const body = JSON.stringify(event);
  const signed = (sent = body) =>
    request(sent, { 'typeform-signature': `sha256=${hmac('sha256', 'key', body, 'base64')}` });
  describeSignature({
    adapter: typeform,
    settings: { secret: 'key' },
    others: { secret: 'other' },
    signed: () => signed(),
    unsigned: request(body),
    altered: signed(`${body} `),
  });
});
