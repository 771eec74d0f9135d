import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { parse as parseForm } from 'node:querystring';
import { Jobs } from './bulk/jobs.ts';
import { bulkOne } from './bulk/plugin.ts';
import { Channels } from './cometd/channels.ts';
import { cometd } from './cometd/plugin.ts';
import { publishTopics } from './cometd/push-topics.ts';
import { ApiError, NotSupported } from './errors.ts';
import { Faults } from './faults/faults.ts';
import { injectFaults } from './faults/plugin.ts';
import { demoApp } from './oauth/connected-app.ts';
import type { ConnectedApp } from './oauth/connected-app.ts';
import { oauth } from './oauth/plugin.ts';
import { Sessions } from './oauth/sessions.ts';
import type { Org } from './org.ts';
import { usernames } from './seed.ts';
import { answerError } from './rest/errors.ts';
import { rest } from './rest/plugin.ts';
import { soap } from './soap/plugin.ts';
import { uiApi } from './ui-api/plugin.ts';

export interface ServerOptions {
  /** Who may ask for tokens; the demo app by default. */
  readonly apps?: readonly ConnectedApp[];
  /** Takes faults on request at /local-org/faults. */
  readonly faults?: boolean;
  /** For latencies that vary: numbers from 0 to 1. */
  readonly random?: () => number;
  /** API calls a day, as `Sforce-Limit-Info` shows them. */
  readonly apiLimit?: number;
}

const elsewhere = ['/services/Soap/*', '/services/apexrest/*'];

const textTypes = ['text/csv', 'text/xml', 'application/xml'];
/** An upload of Bulk 2.0: 150 MB. */
const bulkLimit = 150_000_000;

/** The org's HTTP server, not yet listening; further plugins may be registered on it. */
export function createServer(
  org: Org,
  { apps = [demoApp], faults: withFaults = false, random = Math.random, apiLimit = 100_000 }: ServerOptions = {},
): FastifyInstance & { readonly sessions: Sessions } {
  const app = fastify({
    bodyLimit: 50_000_000,
    forceCloseConnections: true,
    // The sf command line stores instance URLs with a slash at the end.
    rewriteUrl: ({ url = '/' }) => url.replace(/^\/{2,}/, '/'),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 5000 },
  });
  const sessions = new Sessions(org);
  const faults = withFaults ? new Faults() : undefined;
  const jobs = new Jobs();
  const channels = new Channels();
  publishTopics(org, channels, org.user(usernames.admin)!);
  const user = sessions.user.bind(sessions);

  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
    done(null, { ...parseForm(body as string) });
  });
  app.addContentTypeParser(textTypes, { parseAs: 'string', bodyLimit: bulkLimit }, (_, body, done) => {
    done(null, body);
  });
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => {
    try {
      // jsforce names JSON on calls without a body too.
      done(null, body === '' ? undefined : JSON.parse(body as string));
    } catch (error) {
      done(new ApiError(400, 'JSON_PARSER_ERROR', (error as Error).message));
    }
  });
  app.setErrorHandler((error, _, reply) => {
    const { status, body } = answerError(error);
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]),
  );

  if (faults) injectFaults(app, { faults, sessions, random });
  app.register(oauth, { org, sessions, apps });
  app.register(soap, { org, sessions });
  app.register(rest, { org, user, apiLimit, jobs, channels });
  app.register(cometd, { org, sessions, channels });
  app.register(bulkOne, { org, sessions, jobs });
  app.register(uiApi, { prefix: '/services/data/:version', org, user });
  for (const url of elsewhere)
    app.all(url, (request) => {
      throw new NotSupported(`${request.method} ${request.url}`);
    });
  return Object.assign(app, { sessions });
}
