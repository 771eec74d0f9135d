import { usernames } from '../seed.ts';

/** A program that may ask for tokens. */
export interface ConnectedApp {
  readonly id: string;
  /** For client credentials; the token's user is `runAs`. */
  readonly secret?: string;
  readonly runAs?: string;
  /** For the web server flow: where users may be sent back to. An app without a secret must use PKCE. */
  readonly callbacks?: readonly string[];
  /** For JWT bearer: a public key or certificate in PEM. The assertion names the user. */
  readonly publicKey?: string;
}

/** The admin's app that every local org has, so that nothing needs to be set up for a first call. */
export const demoApp: ConnectedApp = {
  id: 'local-org',
  secret: 'local-org-secret',
  runAs: usernames.admin,
  callbacks: ['http://localhost:1717/OauthRedirect', 'http://localhost:3000/oauth2/callback'],
};

/** The app as which the sf command line logs people in with a browser. */
export const cliApp: ConnectedApp = { id: 'PlatformCLI', callbacks: ['http://localhost:1717/OauthRedirect'] };

/** The app of an integration: it may do what the integration user's permission sets allow, and nothing else. */
export const integrationApp: ConnectedApp = {
  id: 'local-org-integration',
  secret: 'local-org-integration-secret',
  runAs: usernames.integration,
};
