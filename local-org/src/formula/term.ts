import type { FieldType, Value } from '../schema/types.ts';

/** The types that Salesforce checks a formula's operands against; a blank literal fits everywhere. */
export type FormulaType =
  'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'picklist' | 'multipicklist' | 'blank';

/** A part of a formula, compiled: its type, and its value in a context (a record, an interview). */
export interface Term<Context> {
  readonly type: FormulaType;
  readonly evaluate: (context: Context) => Value;
  /** The name that it refers to, where it is nothing but a reference. */
  readonly reference?: string;
}

/** Where a formula stands: what its names mean there, and how its mistakes are told. */
export interface Place<Context> {
  /** Names are written `{!Name}` in flows, and bare in fields and rules. */
  readonly braces: boolean;
  readonly reference: (name: string) => Term<Context>;
  readonly now: (context: Context) => number;
  /** What a number operator makes of a blank operand: a blank, or the end of the interview. */
  readonly blankNumber: 'blank' | 'error';
  /** The value of a reference before the save, and whether there was one; only where a save is under way. */
  readonly save?: {
    readonly prior: (name: string) => Term<Context>;
    readonly isNew: (context: Context) => boolean;
  };
  readonly refuse: (problem: string) => never;
}

/** A formula met values that it cannot work with, such as a division by zero. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
}

const types: Partial<Record<FieldType, FormulaType>> = {
  boolean: 'boolean',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  picklist: 'picklist',
  multipicklist: 'multipicklist',
};

/** The formula type of a field. */
export const formulaType = (type: FieldType): FormulaType => types[type] ?? 'text';

export const isBlank = (value: Value) => value === null || value === '';

/** A value as formulas join it to text: a blank is no text at all. */
export const asText = (value: Value): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
