import { Connection } from 'jsforce';
import { authorize, type Credentials } from './authorize.ts';
import { classify, Retryable, SessionExpired } from './errors.ts';
import { createLimiter } from './limiter.ts';

export const API_VERSION = '66.0';

export interface SessionOptions {
  loginUrl: string;
  credentials: Credentials;
  /** How long a call may take, in milliseconds. */
  timeout: number;
  /** How many calls may be in progress at once. */
  concurrency: number;
  clock: () => number;
}

/** jsforce's own retries hide what happens for up to 15 seconds, and cover reads only; the loops retry instead. */
export type CallOptions = { retry: { maxRetries: number }; timeout: number };

export interface Session {
  /**
   * Runs one call: logged in, in its turn, within the timeout. An expired session is renewed once, for all calls that
   * found it expired. Throws a SalesforceError, whatever happened.
   */
  call<T>(request: (connection: Connection, options: CallOptions) => Promise<T>): Promise<T>;
  /** Calls made, logins included. */
  readonly calls: () => number;
}

export function createSession({ loginUrl, credentials, timeout, concurrency, clock }: SessionOptions): Session {
  // Without oauth2.clientId jsforce installs no refresh of its own, which would fail for want of a refresh token.
  const connection = new Connection({ loginUrl, version: API_VERSION, callOptions: { client: 'scoreline' } });
  const inTurn = createLimiter(concurrency);
  const options: CallOptions = { retry: { maxRetries: 0 }, timeout };
  let login: Promise<void> | undefined;
  let calls = 0;

  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    calls += 1;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Retryable('TIMEOUT', `no answer within ${timeout} ms`));
      }, timeout);
    });
    try {
      return await Promise.race([work(), late]);
    } catch (error) {
      throw classify(error);
    } finally {
      clearTimeout(timer);
    }
  };

  /** All calls that need a token wait for the same login. */
  const renew = () =>
    (login ??= timed(() => authorize(connection, credentials, clock())).finally(() => {
      login = undefined;
    }));

  return {
    calls: () => calls,
    call: (request) =>
      inTurn(async () => {
        if (!connection.accessToken || login) await renew();
        const token = connection.accessToken;
        const attempt = () => timed(() => request(connection, options));
        try {
          return await attempt();
        } catch (error) {
          if (!(error instanceof SessionExpired)) throw error;
          if (connection.accessToken === token) await renew();
          return await attempt();
        }
      }),
  };
}
