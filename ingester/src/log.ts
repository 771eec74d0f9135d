/** Structured logs: one JSON object a line. Callers put no personal data and no secrets into them. */
export interface Log {
  info(fields: Record<string, unknown>): void;
  warn(fields: Record<string, unknown>): void;
}

export function createLog(write: (line: string) => void, clock: () => number): Log {
  const line = (level: string) => (fields: Record<string, unknown>) => {
    write(`${JSON.stringify({ time: new Date(clock()).toISOString(), level, ...fields })}\n`);
  };
  return { info: line('info'), warn: line('warn') };
}
