import fastify from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parse as parseForm } from 'node:querystring';
import { Jobs } from './bulk/jobs.ts';
import { bulkOne } from './bulk/plugin.ts';
import { cometd } from './cometd/plugin.ts';
import { publishTopics } from './cometd/push-topics.ts';
import { Deployments } from './deploy/deployments.ts';
import { deployPlugin } from './deploy/plugin.ts';
import { ApiError, NotSupported } from './errors.ts';
import { trackChangeOrigin } from './events/change-origin.ts';
import { injectEventFaults } from './events/inject-event-faults.ts';
import { Faults } from './faults/faults.ts';
import { injectFaults } from './faults/plugin.ts';
import { showOutbox } from './flow/outbox-plugin.ts';
import { Allowances } from './limits/allowances.ts';
import { ApiCalls } from './limits/api-calls.ts';
import { limitCalls, maxHeaderSize } from './limits/plugin.ts';
import { cliApp, demoApp, integrationApp } from './oauth/connected-app.ts';
import type { ConnectedApp } from './oauth/connected-app.ts';
import { oauth } from './oauth/plugin.ts';
import { Sessions } from './oauth/sessions.ts';
import type { Org } from './org.ts';
import { usernames } from './seed.ts';
import { encode } from './rest/encoding.ts';
import { answerError } from './rest/errors.ts';
import { rest } from './rest/plugin.ts';
import { soapMetadata } from './soap/metadata.ts';
import { soap } from './soap/plugin.ts';
import { uiApi } from './ui-api/plugin.ts';

export interface ServerOptions {
  /** Who may ask for tokens; the admin's app and the integration's by default. */
  readonly apps?: readonly ConnectedApp[];
  /** Takes faults on request at /local-org/faults. */
  readonly faults?: boolean;
  /** For latencies that vary: numbers from 0 to 1. */
  readonly random?: () => number;
  /** API calls a day; more are refused. That of an Enterprise Edition org, without its licenses' share, by default. */
  readonly dailyApiRequests?: number | undefined;
}

const elsewhere = ['/services/Soap/*', '/services/apexrest/*'];

const textTypes = ['text/csv', 'text/xml', 'application/xml', 'multipart/form-data'];
/** Bytes of an upload of Bulk 2.0, which grow to 150 MB where Salesforce keeps them in base64. */
const bulkLimit = 100_000_000;

/** The org's HTTP server, not yet listening; further plugins may be registered on it. */
export function createServer(
  org: Org,
  {
    apps = [demoApp, integrationApp, cliApp],
    faults: withFaults = false,
    random = Math.random,
    dailyApiRequests,
  }: ServerOptions = {},
): FastifyInstance & { readonly sessions: Sessions; readonly allowances: Allowances } {
  const app = fastify({
    bodyLimit: 50_000_000,
    forceCloseConnections: true,
    http: { maxHeaderSize },
    // The sf command line stores instance URLs with a slash at the end.
    rewriteUrl: ({ url = '/' }) => url.replace(/^\/{2,}/, '/'),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 5000 },
  });
  const sessions = new Sessions(org);
  const faults = withFaults ? new Faults() : undefined;
  const jobs = new Jobs(org);
  publishTopics(org, org.user(usernames.admin)!);
  const allowances = new Allowances(org.clock, { DailyApiRequests: dailyApiRequests });
  const calls = new ApiCalls(allowances.of('DailyApiRequests'), org.clock);
  const user = (request: Pick<FastifyRequest, 'headers'>) => {
    const caller = sessions.user(request);
    calls.count();
    return caller;
  };
  const published = () => void allowances.of('HourlyPublishedPlatformEvents').take();

  org.events.on('publish', published);
  app.addHook('preClose', () => {
    jobs.stop();
    org.events.off('publish', published);
  });
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

  limitCalls(app, calls);
  if (faults) {
    injectFaults(app, { faults, sessions, random });
    injectEventFaults(faults, org, org.user(usernames.admin)!);
  }
  encode(app);
  trackChangeOrigin(app);
  showOutbox(app, { org, sessions });
  app.register(oauth, { org, sessions, apps });
  app.register(soap, { org, sessions, calls });
  app.register(rest, { org, user, calls, allowances, jobs });
  app.register(cometd, { org, sessions, allowances });
  app.register(bulkOne, { org, sessions, jobs, calls, allowances });
  app.register(uiApi, { prefix: '/services/data/:version', org, user });
  const deployments = new Deployments(org);
  app.register(deployPlugin, { deployments, user });
  app.register(soapMetadata, { deployments, sessions, calls });
  for (const url of elsewhere)
    app.all(url, (request) => {
      throw new NotSupported(`${request.method} ${request.url}`);
    });
  return Object.assign(app, { sessions, allowances });
}
