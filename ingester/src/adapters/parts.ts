import type { Particulars } from '../engagement/engagement.ts';
import { bounceClass } from './bounce.ts';
import { present, text } from './json.ts';

/** The parts of an engagement, each from whatever the source has there; undefined without what makes the part. */

export function linkOf(url: unknown, id?: unknown): Particulars['link'] {
  const target = text(url);
  return target === undefined ? undefined : { ...present({ id: text(id) }), url: target };
}

export function pageOf(url: unknown, title?: unknown, referrer?: unknown): Particulars['page'] {
  const address = text(url);
  if (address === undefined) return undefined;
  return { url: address, ...present({ title: text(title), referrer: text(referrer) }) };
}

export function formOf(id: unknown, name?: unknown, answers?: unknown): Particulars['form'] {
  const form = text(id);
  return form === undefined ? undefined : { id: form, ...present({ name: text(name), answers }) };
}

export function meetingOf(id: unknown, startsAt?: unknown): Particulars['meeting'] {
  const meeting = text(id);
  return meeting === undefined ? undefined : { id: meeting, ...present({ startsAt: text(startsAt) }) };
}

export function listOf(id: unknown): Particulars['list'] {
  const list = text(id);
  return list === undefined ? undefined : { id: list };
}

export function tagOf(name: unknown): Particulars['tag'] {
  const tag = text(name);
  return tag === undefined ? undefined : { name: tag };
}

/** A bounce from the source's word for its kind, its SMTP code and what the server said. */
export const bounceOf = (word: unknown, code?: unknown, reason?: unknown): Particulars['bounce'] => ({
  class: bounceClass(text(word), text(code)),
  ...present({ code: text(code), reason: text(reason) }),
});

export const clientOf = (ip: unknown, userAgent?: unknown): Particulars['client'] =>
  present({ ip: text(ip), userAgent: text(userAgent) });

/** IDs of the person in the source; undefined without one. */
export function externalId(system: string, id: unknown): Record<string, string> | undefined {
  const value = text(id);
  return value === undefined ? undefined : { [system]: value };
}

/** Texts in a list, or in one text with commas. */
export function textsOf(value: unknown): string[] | undefined {
  const items = Array.isArray(value) ? value : (text(value)?.split(',') ?? []);
  const texts = items.flatMap((item) => text(item)?.trim() ?? []);
  return texts.length === 0 ? undefined : texts;
}
