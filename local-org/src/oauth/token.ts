import { createHmac } from 'node:crypto';
import type { Org, User } from '../org.ts';
import type { ConnectedApp } from './connected-app.ts';
import { assertedUsername } from './jwt.ts';
import { OAuthError } from './oauth-error.ts';
import { passwordUser, same } from './password.ts';
import type { Sessions } from './sessions.ts';

export interface TokenRequest {
  readonly grant_type?: string;
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly assertion?: string;
  readonly username?: string;
  readonly password?: string;
}

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Answers POST /services/oauth2/token. */
export function issueToken(
  { org, sessions, apps }: { org: Org; sessions: Sessions; apps: readonly ConnectedApp[] },
  request: TokenRequest,
  instanceUrl: string,
) {
  const { user, app } = grantee(org, apps, request, instanceUrl);
  const issued_at = String(org.clock());
  const id = `${instanceUrl}/id/${org.id}/${user.id}`;
  return {
    access_token: sessions.start(user),
    signature: createHmac('sha256', app.secret ?? app.id)
      .update(id + issued_at)
      .digest('base64'),
    scope: 'api id',
    instance_url: instanceUrl,
    id,
    token_type: 'Bearer',
    issued_at,
  };
}

function grantee(
  org: Org,
  apps: readonly ConnectedApp[],
  request: TokenRequest,
  instanceUrl: string,
): { user: User; app: ConnectedApp } {
  const { grant_type, assertion, username = '', password = '' } = request;
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

/** The app that knows its secret. */
function provenApp(apps: readonly ConnectedApp[], { client_id, client_secret = '' }: TokenRequest): ConnectedApp {
  const app = apps.find(({ id }) => id === client_id);
  if (!app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (!app.secret || !same(app.secret, client_secret))
    throw new OAuthError('invalid_client', 'invalid client credentials');
  return app;
}
