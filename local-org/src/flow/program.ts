import type { User } from '../org.ts';
import type { FieldType, SObject, Value } from '../schema/types.ts';
import type { Datum, FlowRecord } from './datum.ts';
import type { Host } from './host.ts';
import type { Kind } from './kind.ts';

/** An active flow, checked against the schema when it was loaded. */
export interface Program {
  readonly name: string;
  readonly label: string;
  /** How the flow runs follows the API version that it was saved with. */
  readonly apiVersion: number;
  /** Sees and changes everything, whoever runs it. */
  readonly inSystemMode: boolean;
  readonly start: Start;
  /** Flows of one object run in this order: 1 to 1,000, then those without, then 1,001 to 2,000. */
  readonly order: number;
  readonly steps: ReadonlyMap<string, Step>;
  readonly variables: readonly Variable[];
}

export type Start = RecordStart | EventStart | InvokedStart;

interface Begin {
  /** The element that the flow begins with. */
  readonly first: string | undefined;
}

export interface RecordStart extends Begin {
  readonly kind: 'record';
  readonly object: SObject;
  readonly timing: 'before save' | 'after save' | 'before delete';
  readonly runsOn: { readonly create: boolean; readonly update: boolean; readonly delete: boolean };
  /** Whether the record meets the entry conditions. */
  readonly entry: Condition;
  /** On update, run only if the record did not meet them before. */
  readonly onlyWhenChangedToMeet: boolean;
  readonly paths: readonly Path[];
}

/** A path that runs later: right after the commit, or some time after an instant or a date of the record. */
export interface Path extends Begin {
  readonly name: string;
  readonly when: 'after commit' | { readonly field: string | null; readonly offset: Offset };
}

export interface Offset {
  readonly number: number;
  readonly unit: 'Minutes' | 'Hours' | 'Days' | 'Months';
}

export interface EventStart extends Begin {
  readonly kind: 'event';
  readonly object: SObject;
  readonly entry: Condition;
}

/** Started by a subflow element, or by a client. */
export interface InvokedStart extends Begin {
  readonly kind: 'invoked';
}

export interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly isInput: boolean;
  readonly isOutput: boolean;
  readonly initial: Expression | undefined;
}

/** An element, compiled. */
export interface Step {
  /** Its tag and name: `recordCreates "Make_Task"`. */
  readonly element: string;
  /** Does its work and says which element is next. */
  readonly run: (interview: Interview) => string | undefined;
  /** Where the interview goes on when the work is refused; without it the interview fails. */
  readonly fault?: string | undefined;
  /** Every element that may come next. */
  readonly leadsTo: readonly (string | undefined)[];
  /** Whether a flow that runs before the save may have it. */
  readonly beforeSave: boolean;
}

/** One run of a flow. */
export interface Interview {
  readonly guid: string;
  /** The running user. */
  readonly user: User;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The record or event that triggered the flow. */
  readonly record: FlowRecord | null;
  /** The record before the save; null when it is being created, and in paths that run later. */
  readonly prior: FlowRecord | null;
  /** What variables and elements hold, by name. */
  readonly values: Map<string, Datum>;
  /** How far each loop has come. */
  readonly loops: Map<string, { readonly items: readonly Datum[]; next: number }>;
  fault: string | null;
  readonly usage: Usage;
  readonly host: Host;
}

/** What an interview, with its subflows, has used of Salesforce's limits. */
export interface Usage {
  elements: number;
  queries: number;
  writes: number;
}

export type Condition = (interview: Interview) => boolean;

export interface Expression extends Kind {
  readonly evaluate: (interview: Interview) => Datum;
}

/** An expression whose value is neither a record nor a collection. */
export interface Scalar extends Expression {
  readonly type: FieldType | 'blank';
  readonly evaluate: (interview: Interview) => Value;
}
