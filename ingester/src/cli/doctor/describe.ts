import { classify, Permanent } from '../../salesforce/errors.ts';
import type { Session } from '../../salesforce/session.ts';

/** What the describe call says of an object, as far as we ask; without the fields that the user may not see. */
export interface Description {
  createable: boolean;
  updateable: boolean;
  queryable: boolean;
  fields: { name: string; createable: boolean; updateable: boolean }[];
}

/** Null where the object is not there, or the user may not see it. */
export async function describe(session: Session, object: string): Promise<Description | null> {
  try {
    return await session.call((connection, options) =>
      connection.requestGet<Description>(`/sobjects/${encodeURIComponent(object)}/describe`, options),
    );
  } catch (error) {
    if (classify(error) instanceof Permanent) return null;
    throw error;
  }
}
