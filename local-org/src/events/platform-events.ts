import type { PublishedEvent } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import type { Database } from '../store/database.ts';
import type { EventBus } from './event-bus.ts';
import { inOrder } from './in-order.ts';

/**
 * How platform events are published: onto the bus within their transaction, and, once it has committed, to those who listen
 * within the org, one event after the other in the order of the bus. Events that are published immediately do not ask
 * what becomes of the transaction.
 */
export function platformEvents(bus: EventBus, database: Database, tell: (event: PublishedEvent) => void) {
  const tellInOrder = inOrder(tell);
  const publish = ({ name }: SObject, fields: Row): void => {
    const replayId = bus.publish(`/event/${name}`, fields, fields['EventUuid'] as string);
    database.afterCommit(() => {
      tellInOrder({ object: name, replayId, fields: { ...fields, ReplayId: String(replayId) } });
    });
  };
  return (object: SObject, fields: Row): void => {
    if (!object.publishesImmediately) publish(object, fields);
    else
      database.afterTransaction(() => {
        publish(object, fields);
      });
  };
}
