import type { FastifyInstance } from 'fastify';
import type { Sessions } from '../oauth/sessions.ts';
import type { Org } from '../org.ts';

const path = '/local-org/outbox';

/** What flows would have sent, for whoever is logged in: `GET /local-org/outbox` shows it, `DELETE` empties it. */
export function showOutbox(
  app: FastifyInstance,
  { org, sessions }: { readonly org: Org; readonly sessions: Sessions },
) {
  app.get(path, (request) => {
    sessions.user(request);
    return org.flows.outbox.messages;
  });
  app.delete(path, (request, reply) => {
    sessions.user(request);
    org.flows.outbox.clear();
    return reply.code(204).send();
  });
}
