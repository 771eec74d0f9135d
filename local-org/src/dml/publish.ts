import { randomUUID } from 'node:crypto';
import type { SaveResult } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import { makeId } from '../store/id.ts';
import { datetimeText } from '../time.ts';
import { withDefaults } from './defaults.ts';
import type { Dml, SaveContext } from './dml.ts';
import { readInput } from './input.ts';
import { RowError } from './row-error.ts';
import { failure } from './save.ts';
import { validate } from './validate.ts';

/** Publishes a platform event once the transaction commits. Its answer is Salesforce's odd one: success with an "error". */
export function publishEvent(dml: Dml, context: SaveContext, object: SObject, input: Row): SaveResult {
  try {
    const fields = withDefaults(dml, context, object, readInput(dml, context, object, input, 'createable'));
    const stamps = { EventUuid: randomUUID(), CreatedById: context.user.id };
    Object.assign(fields, stamps, { CreatedDate: datetimeText(dml.clock()) });
    const id = makeId(object.keyPrefix, dml.sequences.next(object.name));
    validate(dml, object, id, fields, fields);
    dml.publish(object, fields);
    const queued = { statusCode: 'OPERATION_ENQUEUED', message: stamps.EventUuid, fields: [] };
    return { id, success: true, created: true, errors: [queued] };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return failure(error);
  }
}
