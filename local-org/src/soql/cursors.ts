import { ApiError } from '../errors.ts';
import { makeId } from '../store/id.ts';
import type { Select } from './select.ts';

/** A query with pages left: what it selects, and of which records in which order. */
export interface Cursor {
  readonly select: Select;
  readonly size: number;
  readonly ids: readonly string[];
  /** Whose it is: nobody else may read on. */
  readonly userId: string | undefined;
}

const most = 50;

/** The open query cursors; the oldest closes when there are too many. */
export class Cursors {
  readonly #open = new Map<string, Cursor>();
  #count = 0;

  open(cursor: Cursor): string {
    const locator = makeId('01g', ++this.#count);
    this.#open.set(locator, cursor);
    if (this.#open.size > most) this.#open.delete(this.#open.keys().next().value!);
    return locator;
  }

  find(locator: string, userId: string | undefined): Cursor {
    const cursor = this.#open.get(locator);
    if (!cursor || cursor.userId !== userId)
      throw new ApiError(400, 'INVALID_QUERY_LOCATOR', `invalid query locator: ${locator}`);
    return cursor;
  }
}
