import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { migrate } from './migrate.ts';

export const migrateCommand: Command = {
  summary: 'moves the store from SQLite to PostgreSQL',
  help: `scoreline migrate

Moves the store of SCORELINE_DATA into the empty database of DATABASE_URL, whole or not at all. Stop the ingester first.`,
  run(args, world) {
    parseArgs({ args, options: {} });
    return migrate(world);
  },
};
