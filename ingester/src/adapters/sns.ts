import { verify as verifySigned, X509Certificate } from 'node:crypto';
import type { Adapter, RawRequest, Settings } from './adapter.ts';
import { text, tryJson, type Json } from './json.ts';
import { verifySignature } from './signature.ts';

/** Amazon's own hosts: whoever names the certificate must not choose where it is from. */
const amazon = /^sns\.[a-z0-9-]{3,}\.amazonaws\.com(\.cn)?$/;

/** A URL at Amazon's own host; undefined if it is none. */
function urlAtAmazon(value: unknown): URL | undefined {
  const url = URL.parse(text(value) ?? '');
  return url?.protocol === 'https:' && amazon.test(url.host) ? url : undefined;
}

/** Whether a certificate may be fetched from there. */
export const isSigningCertUrl = (url: unknown): boolean => urlAtAmazon(url)?.pathname.endsWith('.pem') ?? false;

/** How an SNS envelope is authenticated, and how a subscription to a topic of the connection is confirmed. */
export const sns: Pick<Adapter, 'verify' | 'certificateUrl' | 'confirmationUrl'> = {
  verify({ body }, settings, now) {
    const envelope = tryJson(body);
    const verdict = verifySignature(settings, now, {
      name: 'Signature',
      signature: text(envelope['Signature']),
      key: certificateFor(envelope, settings),
      matches: (signature, certificate) => isSigned(envelope, signature, certificate),
    });
    if (verdict.ok && settings.topics !== undefined && !isOfTopic(envelope, settings)) {
      return { ok: false, reason: 'TopicArn is none of the topics of this connection' };
    }
    return verdict;
  },

  certificateUrl({ body }: RawRequest, settings) {
    const envelope = tryJson(body);
    const url = text(envelope['SigningCertURL']);
    if (settings.certificates !== undefined || settings.allowUnsigned === true) return undefined;
    const isOurs = settings.topics === undefined || isOfTopic(envelope, settings);
    return isOurs && isSigningCertUrl(url) ? url : undefined;
  },

  confirmationUrl({ body }: RawRequest, settings) {
    const envelope = tryJson(body);
    if (envelope['Type'] !== 'SubscriptionConfirmation' || !isOfTopic(envelope, settings)) return undefined;
    const url = urlAtAmazon(envelope['SubscribeURL']);
    const confirms = url?.searchParams.get('Action') === 'ConfirmSubscription';
    return confirms && url.searchParams.get('TopicArn') === envelope['TopicArn'] ? url.href : undefined;
  },
};

const isOfTopic = (envelope: Json, { topics = [] }: Settings): boolean =>
  topics.includes(text(envelope['TopicArn']) ?? '');

function certificateFor(envelope: Json, { certificates = {} }: Settings): string | undefined {
  const url = text(envelope['SigningCertURL']) ?? '';
  return isSigningCertUrl(url) && Object.hasOwn(certificates, url) ? certificates[url] : undefined;
}

const signedInNotification = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const signedInConfirmation = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** By version of the signature. */
const algorithms = new Map([
  ['1', 'sha1'],
  ['2', 'sha256'],
]);

/** All versions sign the same fields, each on a line after its name. */
function isSigned(envelope: Json, signature: string, certificate: string): boolean {
  const names = envelope['Type'] === 'Notification' ? signedInNotification : signedInConfirmation;
  const lines = names.flatMap((name) => (typeof envelope[name] === 'string' ? [`${name}\n${envelope[name]}\n`] : []));
  const algorithm = algorithms.get(text(envelope['SignatureVersion']) ?? '');
  if (algorithm === undefined) return false;
  try {
    const { publicKey } = new X509Certificate(certificate);
    return verifySigned(algorithm, Buffer.from(lines.join('')), publicKey, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
