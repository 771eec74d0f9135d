import type { Person } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import type { Found } from './build.ts';
import { isObject, object, present, text, type Json } from './json.ts';
import { clientOf, formOf, linkOf, listOf, meetingOf, pageOf, tagOf } from './parts.ts';

/**
 * Readers for sources that may speak the contract's own words: each part of the engagement where the JSON has it in the
 * contract's shape, and in the plain spellings (`email`, `url`) that people send.
 */

export function canonicalPerson(json: Json): Person | undefined {
  const person = { ...json, ...object(json['person']) };
  const ids = Object.entries(object(person['externalIds'])).flatMap(([system, value]) => {
    const id = text(value);
    return id === undefined ? [] : [[system, id]];
  });
  const salesforceId = text(person['salesforceId']);
  return present({
    email: normalEmail(person['email']),
    phone: text(person['phone']),
    externalIds: ids.length === 0 ? undefined : (Object.fromEntries(ids) as Record<string, string>),
    anonymousId: text(person['anonymousId']),
    salesforceId: salesforceId !== undefined && /^\w{15}(\w{3})?$/.test(salesforceId) ? salesforceId : undefined,
  });
}

/** `url` is the link of a click and the page of any other engagement. */
export function canonicalParticulars(json: Json, type: string): Found {
  const url = text(json['url']);
  const isClick = type.endsWith('.click');
  const link = object(json['link']);
  const page = object(json['page']);
  const campaign = isObject(json['campaign']) ? json['campaign'] : { id: json['campaign'] };
  const form = isObject(json['form']) ? json['form'] : { id: json['form'] };
  const meeting = object(json['meeting']);
  const client = object(json['client']);
  const { verdict, reason } = object(json['automated']);
  return {
    campaign: present({
      id: text(campaign['id']),
      name: text(campaign['name']),
      messageId: text(campaign['messageId']),
      subject: text(campaign['subject']),
    }),
    link: linkOf(text(link['url']) ?? (isClick ? url : undefined), link['id']),
    page: pageOf(text(page['url']) ?? (isClick ? undefined : url), page['title'], page['referrer']),
    form: formOf(form['id'], form['name'], form['answers']),
    meeting: meetingOf(meeting['id'], meeting['startsAt']),
    tag: tagOf(text(json['tag']) ?? object(json['tag'])['name']),
    list: listOf(text(json['list']) ?? object(json['list'])['id']),
    client: clientOf(client['ip'], client['userAgent']),
    automated: isVerdict(verdict) ? { verdict, ...present({ reason: text(reason) }) } : undefined,
  };
}

const isVerdict = (value: unknown): value is 'human' | 'machine' | 'suspect' | 'unknown' =>
  ['human', 'machine', 'suspect', 'unknown'].includes(value as string);
