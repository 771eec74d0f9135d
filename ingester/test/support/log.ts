import type { Log } from '../../src/log.ts';

/** Logs for tests: kept, to look at. */
export function keptLog(): Log & { lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const keep = (fields: Record<string, unknown>) => {
    lines.push(fields);
  };
  return { lines, info: keep, warn: keep };
}
