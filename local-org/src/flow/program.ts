import type { Field, FieldType, Row, SObject, Value } from '../schema/types.ts';

/** A record-triggered flow, checked against the schema when it was loaded. */
export interface Program {
  readonly name: string;
  readonly label: string;
  readonly object: SObject;
  readonly timing: 'before' | 'after';
  readonly runsOn: { readonly create: boolean; readonly update: boolean };
  /** Whether the record meets the entry conditions of the start element. */
  readonly entry: Condition;
  /** On update, run only if the record did not meet them before. */
  readonly onlyWhenChangedToMeet: boolean;
  /** Flows of one object run in this order: 1 to 1,000, those without, 1,001 to 2,000. */
  readonly order: number;
  readonly first: string | undefined;
  readonly elements: ReadonlyMap<string, Element>;
}

export type Element = Decision | CreateRecord | UpdateTriggeringRecord | UpdateRecords;

export interface Decision {
  readonly kind: 'decision';
  readonly outcomes: readonly { readonly holds: Condition; readonly next: string | undefined }[];
  readonly otherwise: string | undefined;
}

interface DataElement {
  readonly assignments: readonly Assignment[];
  readonly next: string | undefined;
  /** Where the interview goes on when Salesforce refuses; without it the triggering save fails. */
  readonly fault: string | undefined;
}

/** Its name stands for the ID of the new record in the elements that follow. */
export interface CreateRecord extends DataElement {
  readonly kind: 'create';
  readonly name: string;
  readonly object: SObject;
}

export interface UpdateTriggeringRecord extends DataElement {
  readonly kind: 'update record';
}

export interface UpdateRecords extends DataElement {
  readonly kind: 'update records';
  readonly object: SObject;
  /** Fields and the values that they must equal, all of them. */
  readonly filters: readonly Assignment[];
}

export interface Assignment {
  readonly field: string;
  readonly value: Expression;
}

/** One run of a flow for one record. */
export interface Interview {
  readonly record: Row;
  /** The record before the save; null when it is being created. */
  readonly prior: Row | null;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly created: Map<string, string>;
  fault: string | null;
  /** The stored fields of a record, and one of its computed ones. */
  readonly read: (object: SObject, id: string) => Row | undefined;
  readonly compute: (object: SObject, id: string, field: Field) => Value;
}

export type Condition = (interview: Interview) => boolean;

export interface Expression {
  readonly type: FieldType;
  readonly evaluate: (interview: Interview) => Value;
}
