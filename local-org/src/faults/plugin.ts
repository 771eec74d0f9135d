import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tokenOf } from '../oauth/sessions.ts';
import type { Sessions } from '../oauth/sessions.ts';
import { fits, refusal, wait } from './call-fault.ts';
import type { CallFault } from './call-fault.ts';
import type { Faults } from './faults.ts';
import { readFault } from './kinds.ts';

const admin = '/local-org/faults';
const met = new WeakMap<object, CallFault>();

/** The fault that a call has met. */
export const faultOf = ({ raw }: Pick<FastifyRequest, 'raw'>) => met.get(raw);

export interface FaultOptions {
  readonly faults: Faults;
  readonly sessions: Sessions;
  readonly random: () => number;
}

/** Faults on request: `POST /local-org/faults` adds one, `GET` lists those still waiting, `DELETE` forgets them. */
export function injectFaults(app: FastifyInstance, { faults, sessions, random }: FaultOptions): void {
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
    const fault = faults.take('call', (each) => fits(each, request));
    if (!fault) return;
    met.set(request.raw, fault);
    if (fault.latencyMs !== undefined) await setTimeout(wait(fault.latencyMs, random), undefined, { ref: false });
    if (fault.expireSession) sessions.end(tokenOf(request.headers) ?? '');
    if (fault.dropConnection === 'before') {
      reply.hijack();
      request.raw.socket.destroy();
      return;
    }
    const error = refusal(fault);
    if (error) throw error;
  });
  app.addHook('onSend', (request, _, payload, next) => {
    const { dropConnection, malformedBody, slowBodyMs } = faultOf(request) ?? {};
    if (dropConnection === 'after') request.raw.socket.destroy();
    if (typeof payload !== 'string') next(null, payload);
    else if (malformedBody) next(null, payload.slice(0, Math.floor(payload.length / 2)));
    else if (slowBodyMs !== undefined) next(null, Readable.from(slowly(payload, slowBodyMs)));
    else next(null, payload);
  });
}

const pieces = 10;

async function* slowly(text: string, duration: number): AsyncGenerator<string> {
  const size = Math.ceil(text.length / pieces);
  for (let at = 0; at < text.length; at += size) {
    await setTimeout(duration / pieces);
    yield text.slice(at, at + size);
  }
}
