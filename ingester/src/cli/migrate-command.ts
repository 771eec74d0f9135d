import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { migrate } from './migrate.ts';

export const migrateCommand: Command = {
  summary: 'moves the store from SQLite to PostgreSQL',
  help: `scoreline migrate [--json]

Moves the store of SCORELINE_DATA into the empty database of DATABASE_URL, whole or not at all. Stop the ingester first.

  --json   how many rows of each table were moved`,
  run(args, world) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } });
    const onMoved = (counts: object) => {
      world.out(JSON.stringify(counts));
    };
    return migrate({ ...world, ...(values.json && { onMoved }) });
  },
};
