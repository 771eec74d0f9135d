import { randomUUID } from 'node:crypto';
import type { User } from '../org.ts';
import type { FlowRecord } from './datum.ts';
import type { Host } from './host.ts';
import type { Interview } from './program.ts';

interface Beginning {
  readonly user: User;
  readonly now: number;
  readonly host: Host;
  readonly record?: FlowRecord;
  readonly prior?: FlowRecord | null;
}

/** An interview that has not done anything yet. */
export const newInterview = ({ record, prior, ...given }: Beginning): Interview => ({
  ...given,
  guid: randomUUID(),
  record: record ?? null,
  prior: prior ?? null,
  values: new Map(),
  loops: new Map(),
  fault: null,
  usage: { elements: 0, queries: 0, writes: 0 },
});
