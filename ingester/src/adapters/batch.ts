import type { Engagement } from '../engagement/engagement.ts';
import { Unreadable, type Normalized } from './adapter.ts';
import { isObject, text, type Json } from './json.ts';

/** The events of a body that is one object or a list of them. Throws Unreadable. */
export function eventsIn(json: unknown): unknown[] {
  if (Array.isArray(json)) return json;
  if (!isObject(json)) throw new Unreadable('the body is neither an object nor a list of objects');
  return [json];
}

/** Reads each event by itself, so that one that cannot be read spoils no other. An event may be several engagements, or none. */
export function readEach(
  events: readonly unknown[],
  read: (event: Json, index: number) => Engagement | Engagement[],
): Normalized {
  const engagements: Engagement[] = [];
  const deadLetters: string[] = [];
  for (const [index, event] of events.entries()) {
    try {
      if (isObject(event)) engagements.push(...[read(event, index)].flat());
      else deadLetters.push(`event ${index}: it is not an object`);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      deadLetters.push(`event ${index}: ${error.message}`);
    }
  }
  return { engagements, introductions: [], deadLetters };
}

/** The text without which an event says nothing. Throws Unreadable. */
export function required(event: Json, name: string): string {
  const value = text(event[name]);
  if (value === undefined) throw new Unreadable(`it has no ${name}`);
  return value;
}
