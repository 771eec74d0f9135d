import type { Config } from '../../config.ts';
import { openStore, type StoreParts } from '../../store/open.ts';
import type { Finding } from './finding.ts';

/** Whether the store can be opened and written. */
export async function checkStore(parts: StoreParts): Promise<Finding> {
  const { databaseUrl, dataFolder } = parts.config;
  const at = { check: 'store', where: databaseUrl === null ? dataFolder : 'DATABASE_URL' };
  try {
    const store = await openStore(parts);
    try {
      // Replaying nothing takes the lock of a writer and changes nothing.
      await store.replay([]);
    } finally {
      await store.close();
    }
    return { ...at, level: 'ok', what: 'it can be opened and written' };
  } catch (error) {
    const remedy =
      databaseUrl === null
        ? 'set SCORELINE_DATA to a folder that this user can write and that is not full'
        : 'set DATABASE_URL to a PostgreSQL that can be reached, by a role that may write';
    return { ...at, level: 'problem', what: (error as Error).message, remedy };
  }
}

/** Which connections take deliveries from anybody. Secrets that are named and missing are refused with the configuration. */
export function checkConnections({ connections }: Pick<Config, 'connections'>): Finding[] {
  return Object.entries(connections).map(([name, { secret, publicKey, topics, adapter }]) => {
    const at = { check: 'connection', where: `${name} (${adapter})` };
    return [secret, publicKey, topics].some((each) => each !== undefined)
      ? { ...at, level: 'ok', what: 'it authenticates what it is sent' }
      : {
          ...at,
          level: 'warning',
          what: 'it has no secret: whoever knows its address is believed',
          remedy: `name an environment variable by "secretFrom" in /connections/${name}`,
        };
  });
}
