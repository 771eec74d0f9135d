import { usernames } from '../seed.ts';

/** A program that may ask for tokens. */
export interface ConnectedApp {
  readonly id: string;
  /** For client credentials; the token's user is `runAs`. */
  readonly secret?: string;
  readonly runAs?: string;
  /** For JWT bearer: a public key or certificate in PEM. The assertion names the user. */
  readonly publicKey?: string;
}

/** The app that every local org has, so that nothing needs to be set up for a first call. */
export const demoApp: ConnectedApp = { id: 'local-org', secret: 'local-org-secret', runAs: usernames.integration };
