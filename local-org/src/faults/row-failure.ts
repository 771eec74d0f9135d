import { NotSupported } from '../errors.ts';
import type { Reply } from '../rest/route.ts';
import { messageOf } from './faults.ts';

/** The answer of a collections call whose rows all fail. */
export function rowFailure(statusCode: string, { body, query }: { body: unknown; query: unknown }): Reply {
  const { records } = (body ?? {}) as { records?: unknown[] };
  const { ids } = query as { ids?: string };
  const count = records?.length ?? ids?.split(',').length;
  if (count === undefined) throw new NotSupported('the fault rowError outside collections calls');
  const failed = { success: false, errors: [{ statusCode, message: messageOf(statusCode), fields: [] }] };
  return { status: 200, body: Array.from({ length: count }, () => failed) };
}
