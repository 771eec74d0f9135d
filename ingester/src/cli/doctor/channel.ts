import * as z from 'zod/mini';
import { API_VERSION, type Session } from '../../salesforce/session.ts';
import type { Finding } from './finding.ts';

const CHANNEL = '/data/Scoreline__chn';

const Answer = z.object({
  channel: z.string(),
  successful: z.boolean(),
  clientId: z.exactOptional(z.string()),
  error: z.exactOptional(z.string()),
});

/** Whether the user may subscribe to the package's channel of change events: over CometD, and left at once. */
export async function checkChannel(session: Session, fetch: typeof globalThis.fetch): Promise<Finding> {
  const refusal = await session.call(async ({ instanceUrl, accessToken }, { timeout }) => {
    let cookies = '';
    const ask = async (message: object): Promise<z.infer<typeof Answer>> => {
      const response = await fetch(`${instanceUrl}/cometd/${API_VERSION}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken ?? ''}`, 'content-type': 'application/json', cookie: cookies },
        body: JSON.stringify([message]),
        signal: AbortSignal.timeout(timeout),
      });
      cookies ||= response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ');
      if (!response.ok) throw new Error(`CometD answered ${response.status}`);
      return z.parse(z.array(Answer), await response.json()).at(-1)!;
    };
    const supportedConnectionTypes = ['long-polling'];
    const { clientId, error } = await ask({ channel: '/meta/handshake', version: '1.0', supportedConnectionTypes });
    if (clientId === undefined) return error ?? 'the handshake was refused';
    const subscribed = await ask({ channel: '/meta/subscribe', clientId, subscription: CHANNEL });
    await ask({ channel: '/meta/disconnect', clientId });
    return subscribed.successful ? null : (subscribed.error ?? 'the subscription was refused');
  });
  const at = { check: 'event channel', where: CHANNEL };
  if (refusal === null) return { ...at, level: 'ok', what: 'change events can be received' };
  const remedy =
    'deploy the package with its platform event channel, and assign the permission set Scoreline Ingester, which has View All on what the channel carries';
  return { ...at, level: 'problem', what: refusal, remedy };
}
