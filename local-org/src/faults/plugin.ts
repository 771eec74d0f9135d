import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { readFault, refusal } from './faults.ts';
import type { Faults } from './faults.ts';

const admin = '/local-org/faults';

/** Faults on request: `POST /local-org/faults` adds one, `GET` lists those still waiting, `DELETE` forgets them. */
export function injectFaults(app: FastifyInstance, faults: Faults): void {
  app.post(admin, (request, reply) => {
    faults.add(readFault(request.body));
    return reply.code(201).send(faults.waiting);
  });
  app.get(admin, () => faults.waiting);
  app.delete(admin, (_, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  app.addHook('preHandler', async (request, reply) => {
    if (request.url.startsWith(admin)) return;
    const fault = faults.choose(request);
    if (!fault) return;
    if (fault.latencyMs) await setTimeout(fault.latencyMs);
    if (fault.dropConnection === 'before') {
      reply.hijack();
      request.raw.socket.destroy();
      return;
    }
    const error = refusal(fault);
    if (error) throw error;
  });
  app.addHook('onSend', (request, _, payload, next) => {
    if (faults.chosen(request)?.dropConnection === 'after') request.raw.socket.destroy();
    next(null, payload);
  });
}
