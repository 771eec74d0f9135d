import type { Xml } from '../metadata/xml.ts';
import type { Schema, SObject } from '../schema/types.ts';
import type { Kind } from './kind.ts';
import type { Expression } from './program.ts';

/** What the names in a flow stand for, while it is compiled. */
export interface Names {
  readonly schema: Schema;
  /** The object of `$Record`. */
  readonly trigger: SObject | undefined;
  /** A variable, a constant, a formula, a text template, or what an element stores; of an element with several outputs, `Element.output`. */
  readonly lookup: (name: string) => Expression | undefined;
  /** Variables can be assigned; of what an element stores, only the fields can. */
  readonly isVariable: (name: string) => boolean;
  /** An email alert by its name, such as `Lead.Hot_Lead`. */
  readonly alert: (name: string) => { readonly object: SObject; readonly xml: Xml } | undefined;
  /** What another flow takes and gives. */
  readonly parametersOf: (flow: string) => readonly Parameter[] | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly kind: Kind;
  readonly isInput: boolean;
  readonly isOutput: boolean;
}
