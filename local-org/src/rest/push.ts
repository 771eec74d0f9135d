import { ApiError, NotSupported } from '../errors.ts';
import { literal, notFound, objectBody } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

interface PushEvent {
  readonly payload?: unknown;
  readonly userIds?: readonly string[];
}

/** Publishes to a generic streaming channel. */
function push(call: Call): Reply {
  const { org, user, params } = call;
  const { pushEvents } = objectBody(call);
  const soql = `SELECT Name FROM StreamingChannel WHERE Id = ${literal(params['id']!)}`;
  const [channel] = org.query(user, soql).records;
  if (!channel) throw notFound();
  if (!Array.isArray(pushEvents)) throw new ApiError(400, 'JSON_PARSER_ERROR', 'pushEvents: a list is expected');
  return ok(
    (pushEvents as PushEvent[]).map(({ payload, userIds = [] }) => {
      if (userIds.length > 0) throw new NotSupported('events of a generic channel for chosen users');
      org.bus.publish(channel['Name'] as string, { payload });
      // Sent to everybody, Salesforce does not count to how many.
      return { fanoutCount: -1, userOnlineStatus: {} };
    }),
  );
}

export const pushes: Route[] = [{ method: 'POST', path: '/sobjects/StreamingChannel/:id/push', handle: push }];
