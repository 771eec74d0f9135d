import type { FastifyInstance } from 'fastify';
import type { Org, User } from '../org.ts';
import { authorize } from './authorize.ts';
import { Codes } from './codes.ts';
import type { ConnectedApp } from './connected-app.ts';
import { OAuthError } from './oauth-error.ts';
import { grantOf, RefreshTokens } from './refresh-tokens.ts';
import type { Sessions } from './sessions.ts';
import { issueToken } from './token.ts';
import type { TokenRequest } from './token.ts';

export interface OAuthOptions {
  readonly org: Org;
  readonly sessions: Sessions;
  readonly apps: readonly ConnectedApp[];
}

/** Who a user is, to the world: Salesforce names its own login host, wherever the org is. */
const identityUrl = (org: Org, user: User) => `https://login.salesforce.com/id/${org.id}/${user.id}`;

/** Tokens, who a token is, revocation, and the browser's session. */
export function oauth(app: FastifyInstance, options: OAuthOptions, done: () => void): void {
  const { org, sessions, apps } = options;
  const refreshTokens = new RefreshTokens(org);
  const codes = new Codes(org.clock);
  authorize(app, { org, apps, codes });
  const origin = (request: { protocol: string; host: string }) => `${request.protocol}://${request.host}`;

  app.post<{ Body: TokenRequest | null }>('/services/oauth2/token', (request, reply) => {
    try {
      return issueToken({ ...options, codes, refreshTokens }, request.body ?? {}, origin(request));
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      return reply.code(400).send({ error: error.error, error_description: error.message });
    }
  });

  app.post<{ Body: { token?: string } | null }>('/services/oauth2/revoke', (request, reply) => {
    const token = request.body?.token ?? '';
    if (refreshTokens.end(token)) sessions.endGrant(grantOf(token));
    else if (!sessions.end(token))
      return reply.code(400).send({ error: 'invalid_token', error_description: `invalid token: ${token}` });
    return reply.send();
  });

  app.get('/services/oauth2/userinfo', (request) => {
    const user = sessions.user(request);
    const { id, username, name, email } = user;
    return {
      sub: identityUrl(org, user),
      user_id: id,
      organization_id: org.id,
      preferred_username: username,
      name,
      email,
    };
  });

  app.get<{ Params: { org: string; user: string }; Querystring: { oauth_token?: string } }>(
    '/id/:org/:user',
    (request) => {
      const { authorization = `Bearer ${request.query.oauth_token ?? ''}`, cookie } = request.headers;
      const user = sessions.user({ headers: { authorization, cookie } });
      const base = origin(request);
      return {
        id: identityUrl(org, user),
        asserted_user: true,
        user_id: user.id,
        organization_id: org.id,
        username: user.username,
        display_name: user.name,
        email: user.email,
        active: true,
        user_type: 'STANDARD',
        photos: { picture: `${base}/profilephoto/005/F`, thumbnail: `${base}/profilephoto/005/T` },
        urls: {
          rest: `${base}/services/data/v{version}/`,
          sobjects: `${base}/services/data/v{version}/sobjects/`,
          query: `${base}/services/data/v{version}/query/`,
          recent: `${base}/services/data/v{version}/recent/`,
        },
      };
    },
  );

  app.get<{ Querystring: { sid?: string; retURL?: string } }>('/secur/frontdoor.jsp', (request, reply) => {
    const { sid = '', retURL = '/' } = request.query;
    if (!sessions.find(sid))
      return reply.code(401).type('text/html').send('<p>This session has expired. Log in again.</p>');
    // Only to a path of this host: `//elsewhere` and `/\elsewhere` would leave it.
    const target = /^\/(?![/\\])/.test(retURL) ? retURL : '/';
    void reply.header('set-cookie', `sid=${encodeURIComponent(sid)}; Path=/; HttpOnly; SameSite=Strict`);
    return reply.redirect(target);
  });
  done();
}
