import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Org } from '../org.ts';
import { escapeXml } from '../xml.ts';
import type { Codes } from './codes.ts';
import type { ConnectedApp } from './connected-app.ts';
import { OAuthError } from './oauth-error.ts';
import { passwordUser } from './password.ts';

interface Asked {
  readonly response_type?: string;
  readonly client_id?: string;
  readonly redirect_uri?: string;
  readonly state?: string;
  readonly code_challenge?: string;
}

type AuthorizeRequest = FastifyRequest<{
  Querystring: Asked;
  Body: { username?: string; password?: string } | null;
}>;

/** The web server flow's page: who logs in there is sent back to the app with a code. */
export function authorize(
  app: FastifyInstance,
  { org, apps, codes }: { org: Org; apps: readonly ConnectedApp[]; codes: Codes },
): void {
  const path = '/services/oauth2/authorize';

  /** What cannot be trusted with a redirect is told on the page. */
  const checked = ({ query }: AuthorizeRequest): { asking: ConnectedApp; redirectUri: string } => {
    const asking = apps.find(({ id }) => id === query.client_id);
    if (!asking) throw new OAuthError('invalid_client_id', 'client identifier invalid');
    const redirectUri = query.redirect_uri ?? '';
    if (!asking.callbacks?.includes(redirectUri))
      throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    if (query.response_type !== 'code')
      throw new OAuthError('unsupported_response_type', 'the local org supports response_type=code');
    if (asking.secret === undefined && query.code_challenge === undefined)
      throw new OAuthError('invalid_request', 'missing required code challenge');
    return { asking, redirectUri };
  };
  const refused = (reply: FastifyReply, error: unknown) => {
    if (!(error instanceof OAuthError)) throw error;
    return page(reply.code(400), `<p>${escapeXml(`error=${error.error}: ${error.message}`)}</p>`);
  };

  app.get(path, (request: AuthorizeRequest, reply) => {
    try {
      const { asking } = checked(request);
      return page(reply, form(asking, ''));
    } catch (error) {
      return refused(reply, error);
    }
  });

  app.post(path, (request: AuthorizeRequest, reply) => {
    try {
      const { asking, redirectUri } = checked(request);
      const { username = '', password = '' } = request.body ?? {};
      const user = passwordUser(org, username, password);
      if (!user) return page(reply.code(401), form(asking, 'Please check your username and password.'));
      const target = new URL(redirectUri);
      target.searchParams.set('code', codes.issue(asking, user, redirectUri, request.query.code_challenge));
      if (request.query.state !== undefined) target.searchParams.set('state', request.query.state);
      return reply.redirect(target.href);
    } catch (error) {
      return refused(reply, error);
    }
  });
}

const page = (reply: FastifyReply, content: string) =>
  reply
    .type('text/html; charset=UTF-8')
    .header('x-frame-options', 'DENY')
    .send(`<!doctype html><html lang="en"><title>Log in to the local org</title><body>${content}</body></html>`);

const form = ({ id }: ConnectedApp, problem: string) =>
  `<form method="post"><h1>Log in to the local org</h1><p>${escapeXml(id)} asks to act for you.</p><p role="alert">${problem}</p>` +
  '<p><label>Username <input name="username" autocomplete="username" required></label></p>' +
  '<p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>' +
  '<button>Log in and allow</button></form>';
