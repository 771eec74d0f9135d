import type { Particulars } from '../engagement/engagement.ts';

type Automated = Particulars['automated'];

export const machine = (reason: string): Automated => ({ verdict: 'machine', reason });
export const suspect = (reason: string): Automated => ({ verdict: 'suspect', reason });

/** Proxies that fetch a picture because somebody looks at it, but hide who; so does a client that says nothing else. */
const proxies: [RegExp, string][] = [
  [/GoogleImageProxy/i, "Gmail's image proxy"],
  [/YahooMailProxy/i, "Yahoo's image proxy"],
  [/^Mozilla\/5\.0$/, "a client without a name, as Apple's mail privacy proxy is"],
];

/** Programs that say what they are. Most scanners of links do not; those are found by when they click. */
const programs =
  /(?:google|bing|apple|slack|linkedin|twitter|telegram|yandex|ahrefs|semrush)bot|facebookexternalhit|headlesschrome|phantomjs|python-requests|go-http-client|barracuda|^(?:curl|wget)\//i;

const asksForClient = /^(?:email\.(?:open|click)|sms\.click|page\.view)$/;

/** What the name of a client says about who did it; undefined where it says nothing. */
export function verdictOfClient(type: string, userAgent: string | undefined): Automated {
  if (userAgent === undefined || !asksForClient.test(type)) return undefined;
  if (programs.test(userAgent)) return machine(`the client is a program (${userAgent.slice(0, 100)})`);
  const proxy = proxies.find(([pattern]) => pattern.test(userAgent));
  return proxy && suspect(proxy[1]);
}

/** The verdict on an open through a proxy that the source names: Gmail's and Yahoo's fetch on reading, others on arrival. */
export const verdictOfProxy = (name: string): Automated =>
  /gmail|google|yahoo/i.test(name) ? suspect(`opened through ${name}`) : machine(`opened by ${name}`);
