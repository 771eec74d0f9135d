import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerParts } from './server.ts';

type Probe = FastifyRequest<{ Params: { connection: string } }>;

/**
 * How senders try a connection before they use it: GET and HEAD (Mailchimp, Mandrill), and OPTIONS, the handshake by
 * which CloudEvents senders ask for leave (http-webhook.md, section 4).
 */
export function probe(app: FastifyInstance, { config }: ServerParts): void {
  const isKnown = (request: Probe) => Object.hasOwn(config.connections, request.params.connection);
  const unknown = (reply: FastifyReply) => reply.code(404).send({ error: 'there is no such connection' });

  app.get('/in/:connection', (request: Probe, reply) => (isKnown(request) ? reply.send({ ok: true }) : unknown(reply)));

  app.options('/in/:connection', (request: Probe, reply) => {
    if (!isKnown(request)) return unknown(reply);
    const origin = request.headers['webhook-request-origin'];
    const rate = request.headers['webhook-request-rate'];
    void reply.header('Allow', 'GET, HEAD, OPTIONS, POST');
    if (origin !== undefined) void reply.header('WebHook-Allowed-Origin', origin);
    if (rate !== undefined) void reply.header('WebHook-Allowed-Rate', '*');
    return reply.code(200).send();
  });
}
