import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RawRequest } from '../adapters/adapter.ts';
import type { Acceptance } from '../inbox/accept.ts';
import { StoreFull } from '../store/store.ts';
import type { ServerParts } from './server.ts';

/** How long a sender is asked to wait while the store takes nothing, in seconds. */
const RETRY_AFTER = '5';

/** `POST /in/<connection>`: find, authenticate, keep, answer; in this order, and nothing else before the answer. */
export function deliver(app: FastifyInstance, { config, accept, onAccepted, clock, log }: ServerParts): void {
  app.post<{ Params: { connection: string } }>('/in/:connection', {
    // Before the body is read: nobody uploads anything to a connection that is not there.
    onRequest: async (request, reply) => {
      if (!Object.hasOwn(config.connections, request.params.connection)) {
        await reply.code(404).send({ error: 'there is no such connection' });
      }
    },
    handler: async (request, reply) => {
      const { connection } = request.params;
      const startedAt = clock();
      let acceptance: Acceptance;
      try {
        acceptance = await accept(connection, rawOf(request));
      } catch (error) {
        log.warn({ step: 'accept', connection, failure: error instanceof StoreFull ? error.message : String(error) });
        return reply
          .code(503)
          .header('Retry-After', RETRY_AFTER)
          .send({ error: 'the store takes nothing at the moment' });
      }
      switch (acceptance.kind) {
        case 'unknown connection':
          return reply.code(404).send({ error: 'there is no such connection' });
        case 'rejected':
          log.info({ step: 'accept', connection, rejected: acceptance.reason });
          return reply.code(401).send({ error: acceptance.reason });
        case 'accepted':
          onAccepted(acceptance.delivery, clock() - startedAt);
          return reply.code(acceptance.status).send({ delivery: acceptance.delivery });
      }
    },
  });
}

/** Headers as they were sent; one that came several times has all its values. */
const rawOf = ({ url, raw, body }: FastifyRequest): RawRequest => ({
  url,
  headers: Object.fromEntries(
    Object.entries(raw.headersDistinct).map(([name, values = []]) => [name, values.join(', ')]),
  ),
  body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
});
