import { fastify, type FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import type { Acceptance } from '../inbox/accept.ts';
import type { RawRequest } from '../adapters/adapter.ts';
import type { Log } from '../log.ts';
import { deliver } from './deliver.ts';
import { metrics } from './metrics.ts';
import { probe } from './probe.ts';
import type { Status } from './status.ts';

export interface ServerParts {
  config: Config;
  accept: (connection: string, request: RawRequest) => Promise<Acceptance>;
  status: () => Promise<Status>;
  /** A delivery was accepted. */
  onAccepted: (delivery: number, ms: number) => void;
  clock: () => number;
  log: Log;
}

/** The HTTP side: section 2 of the engagement contract. Bodies are kept as raw bytes, whatever type they claim to be. */
export function createServer(parts: ServerParts): FastifyInstance {
  const { config, log, status } = parts;
  const app = fastify({ bodyLimit: config.bodyLimit, requestTimeout: 30_000, routerOptions: { maxParamLength: 200 } });

  // fastify refuses types that it cannot read (415). To us every body is bytes; adapters see the header as it was sent.
  app.addHook('onRequest', (request, _reply, done) => {
    delete request.raw.headers['content-type'];
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const code = error.statusCode ?? 500;
    if (code >= 500) log.warn({ step: 'http', failure: error.stack });
    // A failure of ours is the sender's to repeat, never a verdict on what was sent.
    if (code >= 500) return reply.code(503).header('Retry-After', '5').send({ error: 'try again later' });
    return reply.code(code).send({ error: error.message });
  });

  deliver(app, parts);
  probe(app, parts);
  metrics(app, parts);
  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const { counts } = await status();
    const ready = counts.inbox < config.highWaterMark;
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  app.get('/status', status);
  return app;
}
