import type { User } from '../org.ts';
import type { Row, Schema, SObject } from '../schema/types.ts';
import type { Bin } from '../store/bin.ts';
import type { Database } from '../store/database.ts';
import type { Records } from '../store/records.ts';
import type { Sequences } from '../store/sequences.ts';
import type { ValidationRules } from '../validation/load.ts';

/** Who saves, and from within which flows: what a flow writes is saved with the same context, one level deeper. */
export interface SaveContext {
  readonly user: User;
  readonly depth: number;
  /** `flow record` pairs whose interview is under way; a flow does not start again for the record it runs for. */
  readonly running: ReadonlySet<string>;
  /** What the user who asks may read and write; absent for what the org itself saves, flows first of all. */
  readonly permitted?: Schema;
}

/** A record about to be, or just, saved. */
export interface Change {
  readonly object: SObject;
  readonly id: string;
  /** All stored fields; null before creation. */
  readonly before: Row | null;
  readonly after: Row;
}

/** What happens around a save besides the save itself. A throw refuses the record. */
export interface Automation {
  /** May change fields of `after`. */
  beforeSave(context: SaveContext, change: Change): void;
  /** Not called for deletions. */
  afterSave(context: SaveContext, change: Change): void;
  /** Called for a record whose deletion is asked for, not for those that go with it. */
  beforeDelete(context: SaveContext, object: SObject, id: string): void;
}

/** What every DML operation works with. */
export interface Dml {
  readonly schema: Schema;
  readonly database: Database;
  readonly records: Records;
  readonly bin: Bin;
  readonly sequences: Sequences;
  readonly clock: () => number;
  readonly automation: Automation;
  readonly rules: () => ValidationRules;
  /** Publishes a platform event: once the transaction commits, or whatever becomes of it, as its object says. */
  readonly publish: (object: SObject, fields: Row) => void;
  /** Told of each saved record once its transaction has committed. */
  readonly changed: (change: Change) => void;
}
