import type { RawRequest, Settings } from './adapter.ts';

/** The URL that the source signed: the configured one, or that of the request as the proxies in front of us had it. */
export function signedUrl({ url, headers }: RawRequest, settings: Settings): string {
  if (settings.url !== undefined) return settings.url;
  if (/^https?:\/\//i.test(url)) return url;
  const protocol = headers['x-forwarded-proto'] ?? 'https';
  const host = headers['x-forwarded-host'] ?? headers['host'] ?? '';
  return `${protocol}://${host}${url}`;
}

/** The fields of a form as Mandrill and Twilio sign them: sorted by name, each followed by its value. */
export function signedFields(body: Buffer): string {
  const fields = [...new URLSearchParams(body.toString('utf8'))];
  const byName = ([a, x]: [string, string], [b, y]: [string, string]) => compare(a, b) || compare(x, y);
  return fields.sort(byName).flat().join('');
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
