import type { Datum } from '../datum.ts';
import type { Kind } from '../kind.ts';
import type { Interview } from '../program.ts';

/** A standard action that flows can call. */
export interface Action {
  readonly inputs: Readonly<Record<string, Input>>;
  /** Does it; what Salesforce would refuse throws a RowError. */
  readonly run: (interview: Interview, given: Given) => void;
}

export interface Input {
  readonly kind: Kind;
  readonly required?: boolean;
}

/** The inputs by name; what is not given, or blank, is not there. */
export type Given = ReadonlyMap<string, Datum>;

export const text: Input = { kind: { type: 'string' } };
export const requiredText: Input = { ...text, required: true };
export const texts: Input = { kind: { type: 'string', collection: true } };

export const textOf = (given: Given, name: string) => (given.get(name) as string | undefined) ?? '';
