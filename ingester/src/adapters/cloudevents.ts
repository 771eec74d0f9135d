import type { Engagement, Person } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { sha256 } from '../engagement/id.ts';
import { qualifiedType } from '../engagement/types.ts';
import { Unreadable, type Adapter, type Delivery, type Settings } from './adapter.ts';
import { readEach } from './batch.ts';
import { engagement } from './build.ts';
import { canonicalParticulars, canonicalPerson } from './canonical.ts';
import { isObject, object, parseJson, present, text, without, type Json } from './json.ts';
import { verifySharedSecret } from './secret.ts';
import { problemOfSecret, verifyStandardWebhook } from './standard-webhooks-signature.ts';

/**
 * CloudEvents 1.0 in the structured, batch and binary modes. The source's key is its `source` and `id` together. In a
 * batch each event stands or falls alone. An event whose attributes can be read stands, even where `data_base64` is no
 * base64: such data is left out and named in `properties.dataError`.
 */
export const cloudevents: Adapter = {
  name: 'cloudevents',
  accepted: 202,
  verify: (request, settings, now) =>
    isSigning(settings) ? verifyStandardWebhook(request, settings, now) : verifySharedSecret(request, settings),
  problem: (settings) => (isSigning(settings) ? problemOfSecret(settings) : undefined),
  normalize: (delivery) => readEach(eventsOf(delivery), (event) => read(delivery, event)),
};

const isSigning = ({ secret }: Settings): boolean => secret?.startsWith('whsec_') === true;

function eventsOf(delivery: Delivery): unknown[] {
  const contentType = (delivery.headers['content-type'] ?? '').toLowerCase();
  if (!contentType.startsWith('application/cloudevents') && 'ce-specversion' in delivery.headers) {
    return [binaryEvent(delivery, contentType)];
  }
  const json = parseJson(delivery.body);
  return Array.isArray(json) ? json : [json];
}

/** Binary mode: the attributes are `ce-*` headers, percent-encoded; the body is the data. */
function binaryEvent({ headers, body }: Delivery, contentType: string): Json {
  const attributes = Object.entries(headers)
    .filter(([name]) => name.startsWith('ce-'))
    .map(([name, value]) => [name.slice('ce-'.length), percentDecoded(value)]);
  const isJson = contentType === '' || /[/+]json\b/.test(contentType);
  const data = body.length === 0 ? undefined : isJson ? parseJson(body) : body.toString('utf8');
  return { ...Object.fromEntries(attributes), ...present({ data }) } as Json;
}

function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** What has a place of its own; any other attribute is an extension. */
const attributes = 'specversion id source type time subject datacontenttype dataschema data data_base64'.split(' ');

function read(delivery: Delivery, event: Json): Engagement {
  const { specversion, id, source, type, time, subject, data, data_base64, datacontenttype } = event;
  for (const [name, value] of Object.entries({ id, source, type })) {
    if (text(value) === undefined) throw new Unreadable(`the attribute ${name} is missing`);
  }
  if (!/^1\./.test(text(specversion) ?? '')) throw new Unreadable('the attribute specversion is not 1.0');
  const decoded = data === undefined ? decode(data_base64, datacontenttype) : { data };
  const fields = isObject(decoded.data) ? decoded.data : {};
  const canonical = qualifiedType(String(type));
  return engagement(delivery, {
    id: sha256(`${String(source)}\n${String(id)}`),
    type: canonical,
    when: time,
    person: personOf(fields, subject),
    found: {
      ...canonicalParticulars(fields, canonical),
      properties: present({
        ...without(event, ...attributes),
        ...(isObject(decoded.data) ? object(fields['properties']) : present({ data: decoded.data })),
        ...without(fields, 'properties', 'person'),
        dataError: decoded.error,
      }),
    },
  });
}

const personOf = (fields: Json, subject: unknown): Person | undefined =>
  present({ email: normalEmail(subject), ...canonicalPerson(fields) });

/** Data in base64: JSON where it says so or says nothing, kept as it came otherwise. */
function decode(base64: unknown, contentType: unknown): { data?: unknown; error?: string } {
  if (base64 === undefined || base64 === null) return {};
  if (typeof base64 !== 'string' || !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) {
    return { error: 'data_base64 is not base64' };
  }
  if (typeof contentType === 'string' && !/[/+]json\b/.test(contentType)) return { data: base64 };
  try {
    return { data: parseJson(Buffer.from(base64, 'base64')) };
  } catch (error) {
    return { data: base64, error: (error as Error).message };
  }
}
