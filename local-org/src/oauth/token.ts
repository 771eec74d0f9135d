import { createHmac } from 'node:crypto';
import type { Org, User } from '../org.ts';
import type { Codes } from './codes.ts';
import type { ConnectedApp } from './connected-app.ts';
import { assertedUsername } from './jwt.ts';
import { OAuthError } from './oauth-error.ts';
import { passwordUser, same } from './password.ts';
import { grantOf } from './refresh-tokens.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { Sessions } from './sessions.ts';

export interface TokenRequest {
  readonly grant_type?: string;
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly assertion?: string;
  readonly username?: string;
  readonly password?: string;
  readonly code?: string;
  readonly code_verifier?: string;
  readonly redirect_uri?: string;
  readonly refresh_token?: string;
}

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export interface TokenOptions {
  readonly org: Org;
  readonly sessions: Sessions;
  readonly apps: readonly ConnectedApp[];
  readonly codes: Codes;
  readonly refreshTokens: RefreshTokens;
}

/** Answers POST /services/oauth2/token. Of the flows here, the web server flow alone gives a refresh token. */
export function issueToken(options: TokenOptions, request: TokenRequest, instanceUrl: string) {
  const { org, sessions, refreshTokens } = options;
  const { user, app } = grantee(options, request, instanceUrl);
  const issued = request.grant_type === 'authorization_code' ? refreshTokens.issue(user, app) : undefined;
  const refreshToken = issued ?? (request.grant_type === 'refresh_token' ? request.refresh_token : undefined);
  const issued_at = String(org.clock());
  const id = `${instanceUrl}/id/${org.id}/${user.id}`;
  return {
    access_token: sessions.start(user, refreshToken === undefined ? undefined : grantOf(refreshToken)),
    ...(issued === undefined ? {} : { refresh_token: issued }),
    signature: createHmac('sha256', app.secret ?? app.id)
      .update(id + issued_at)
      .digest('base64'),
    scope: issued === undefined ? 'api id' : 'refresh_token api id',
    instance_url: instanceUrl,
    id,
    token_type: 'Bearer',
    issued_at,
  };
}

function grantee(
  { org, apps, codes, refreshTokens }: TokenOptions,
  request: TokenRequest,
  instanceUrl: string,
): { user: User; app: ConnectedApp } {
  const { grant_type, assertion, username = '', password = '' } = request;
  if (grant_type === 'authorization_code') {
    const app = webApp(apps, request);
    const { code = '', redirect_uri = '', code_verifier } = request;
    return { user: codes.redeem(app, code, redirect_uri, code_verifier), app };
  }
  if (grant_type === 'refresh_token') {
    const app = webApp(apps, request);
    const user = refreshTokens.find(request.refresh_token ?? '', app);
    if (!user) throw new OAuthError('invalid_grant', 'expired access/refresh token');
    return { user, app };
  }
  if (grant_type === 'client_credentials') {
    const app = provenApp(apps, request);
    const user = org.user(app.runAs ?? '');
    if (!user) throw new OAuthError('invalid_grant', 'no client credentials user enabled');
    return { user, app };
  }
  if (grant_type === 'password') {
    const app = provenApp(apps, request);
    const user = passwordUser(org, username, password);
    if (!user) throw new OAuthError('invalid_grant', 'authentication failure');
    return { user, app };
  }
  if (grant_type === jwtBearer) {
    const { app, username } = assertedUsername(assertion ?? '', apps, instanceUrl, org.clock());
    const user = org.user(username);
    if (!user) throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
    return { user, app };
  }
  throw new OAuthError('unsupported_grant_type', `grant type not supported${grant_type ? `: ${grant_type}` : ''}`);
}

/** An app of the web server flow: one with a secret must know it, one without has PKCE. */
function webApp(apps: readonly ConnectedApp[], request: TokenRequest): ConnectedApp {
  const app = apps.find(({ id }) => id === request.client_id);
  return app?.secret === undefined && app?.callbacks ? app : provenApp(apps, request);
}

/** The app that knows its secret. */
function provenApp(apps: readonly ConnectedApp[], { client_id, client_secret = '' }: TokenRequest): ConnectedApp {
  const app = apps.find(({ id }) => id === client_id);
  if (!app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (!app.secret || !same(app.secret, client_secret))
    throw new OAuthError('invalid_client', 'invalid client credentials');
  return app;
}
