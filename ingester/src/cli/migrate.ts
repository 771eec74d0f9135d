// scoreline migrate: moves the ingester's store from SQLite to PostgreSQL.
import { ConfigError, readStorePlaces } from '../config.ts';
import { MoveError, moveStore } from '../store/move.ts';

export interface MigrateParts {
  /** The process's own by default. */
  environment?: NodeJS.ProcessEnv;
  clock: () => number;
  /** 0..1 */
  random: () => number;
  say: (line: string) => void;
  /** Told how many rows of each table were moved. */
  onMoved?: (counts: Record<string, number>) => void;
}

/**
 * Moves the store of SCORELINE_DATA into the database of DATABASE_URL, and says how it goes.
 *
 * @returns the exit code: 0 moved, 1 nothing was moved, 2 wrong configuration
 */
export async function migrate({ environment, clock, random, say, onMoved }: MigrateParts): Promise<0 | 1 | 2> {
  try {
    const { folder, url } = readStorePlaces(environment);
    const onProgress = (table: string, done: number, total: number) => {
      if (done === total || done % 100_000 === 0) say(`${table}: ${done} of ${total}`);
    };
    const counts = await moveStore({ folder, url, clock, random, onProgress });
    const rows = Object.values(counts).reduce((sum, each) => sum + each, 0);
    onMoved?.(counts);
    say(`moved ${rows} rows; start the ingester with DATABASE_URL, and keep ${folder} until you have seen it work`);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof MoveError)) throw error;
    say(`migrate: ${error.message}`);
    return error instanceof ConfigError ? 2 : 1;
  }
}

if (import.meta.main) {
  process.exitCode = await migrate({
    clock: Date.now,
    random: Math.random,
    say: (line) => {
      process.stderr.write(`${line}\n`);
    },
  });
}
