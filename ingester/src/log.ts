import { pino } from 'pino';

/** Structured logs: one JSON object a line. Callers put no personal data and no secrets into them. */
export interface Log {
  info(fields: Record<string, unknown>): void;
  warn(fields: Record<string, unknown>): void;
}

/**
 * Logs through pino. What callers were handed in a message after all is taken out: email addresses, and the secrets that
 * are given.
 */
export function createLog(write: (line: string) => void, clock: () => number, secrets: readonly string[] = []): Log {
  const clean = cleaner(secrets.filter(({ length }) => length >= SHORTEST));
  const logger = pino(
    {
      base: null,
      timestamp: () => `,"time":"${new Date(clock()).toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    { write },
  );
  return {
    info: (fields) => {
      logger.info(clean(fields));
    },
    warn: (fields) => {
      logger.warn(clean(fields));
    },
  };
}

/** What is shorter is part of every other word. */
const SHORTEST = 4;

/** The lengths are those of RFC 5321, and keep the search linear. */
const address = /[^\s"'<>()[\]{},;:=]{1,64}(?:@|%40)[^\s"'<>()[\]{},;&]{1,255}/gi;

/** A copy of a value with every text in it cleaned, the names of properties too. */
function cleaner(secrets: readonly string[]) {
  const text = (value: string) =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), value).replaceAll(address, '[email]');
  const clean = <T>(value: T): T => {
    if (typeof value === 'string') return text(value) as T;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(clean) as T;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [text(name), clean(each)])) as T;
  };
  return clean;
}
