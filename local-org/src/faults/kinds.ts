import * as z from 'zod/mini';
import { ApiError } from '../errors.ts';
import { eventFault } from '../events/event-fault.ts';
import { callFault } from './call-fault.ts';

/**
 * All that can go wrong on request, by what it happens `on`. A part of the org that has faults of its own adds their schema
 * here and asks `Faults` for them.
 */
const anyFault = z.discriminatedUnion('on', [callFault, eventFault]);

export type Fault = z.infer<typeof anyFault>;
export type FaultOn<K extends Fault['on']> = Extract<Fault, { on: K }>;

/** Reads what POST /local-org/faults was given. Without `on`, a fault is one of calls. */
export function readFault(body: unknown): Fault {
  const { data, error } = anyFault.safeParse({ on: 'call', ...(body as object | null) }, { error: explain });
  if (data) return data;
  const problems = error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new ApiError(400, 'INVALID_INPUT', problems.join('; '));
}

const explain = z.locales.en().localeError;
