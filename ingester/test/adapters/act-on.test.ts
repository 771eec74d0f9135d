import { describe, expect, test } from '@jest/globals';
import { actOn } from '../../src/adapters/act-on.ts';
import { readJson, readOne } from '../fixtures/read.ts';
import { NOW, request } from '../support/request.ts';

const event = (eventType: string, data: object = {}) => ({
  eventType,
  data: { 'E-mail Address': 'Rosa@Example.com', contactId: 'c-1', eventTime: 1_770_110_100_250, ...data },
});

describe('Act-On', () => {
  test.each([
    ['contact.updated', 'person.update'],
    ['contact-opt.global-opt-in', 'email.resubscribe'],
    ['contact-opt.global-opt-out', 'email.unsubscribe'],
    ['contact-bounce.hard', 'email.bounce'],
    ['contact-bounce.soft', 'email.bounce'],
    ['contact-email.marked-as-spam', 'email.complaint'],
    ['subscription-category.opt-in', 'list.subscribe'],
    ['subscription-category.opt-out', 'list.unsubscribe'],
    ['form.submitted', 'form.submit'],
    ['automated-program.started', 'custom.automated_program_started'],
  ])('%s is %s', (name, type) => {
    expect(readOne(actOn, event(name)).type).toBe(type);
  });

  test('a form with all that it tells', () => {
    expect(
      readOne(actOn, event('form.submitted', { formId: 'f-1', formName: 'Demo', ipAddress: '198.51.100.4' })),
    ).toMatchObject({
      occurredAt: '2026-02-03T09:15:00.250Z',
      person: { email: 'rosa@example.com', externalIds: { 'act-on': 'c-1' } },
      form: { id: 'f-1', name: 'Demo' },
      client: { ip: '198.51.100.4' },
    });
    expect(readOne(actOn, event('contact-bounce.soft')).bounce).toEqual({ class: 'soft' });
  });

  test('what does not name its event is a dead letter; what is not signed is refused', () => {
    expect(readJson(actOn, { email: 'rosa@example.com' }).deadLetters).toEqual(['event 0: it has no eventType']);
    expect(actOn.verify(request('{}'), { secret: 'whsec_YQ==' }, NOW).ok).toBe(false);
  });
});
