import { ConfigError, type Config } from '../config.ts';
import { openPgStore } from './pg/open.ts';
import { openSqliteStore } from './sqlite/open.ts';
import type { Store } from './store.ts';

/** What is asked of the store's surroundings. */
export interface StoreParts {
  config: Pick<Config, 'databaseUrl' | 'dataFolder' | 'highWaterMark' | 'retryUnmatched' | 'callTimeout'>;
  clock: () => number;
  /** 0..1 */
  random: () => number;
}

/** Opens the store that the configuration asks for: PostgreSQL where there is a URL, SQLite otherwise. Throws ConfigError. */
export async function openStore({ config, clock, random }: StoreParts): Promise<Store> {
  const { databaseUrl, dataFolder, highWaterMark, retryUnmatched, callTimeout } = config;
  const options = { highWaterMark, retryUnmatched };
  try {
    return databaseUrl === null
      ? openSqliteStore({ folder: dataFolder, ...options })
      : // A worker that has not answered after twice the time that a call may take is not going to.
        await openPgStore({ url: databaseUrl, ...options, hold: 2 * callTimeout, clock, random });
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigError(
      databaseUrl === null
        ? `the store in SCORELINE_DATA (${dataFolder}) cannot be opened (${message}); set it to a folder that can be written and that no other ingester uses`
        : `the database in DATABASE_URL cannot be used (${message}); set it to a PostgreSQL that can be reached and written`,
    );
  }
}
