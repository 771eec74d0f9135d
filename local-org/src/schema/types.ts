import type { FormulaProgram } from './formula-field.ts';

/** A field value as REST sends it: dates as `2026-11-21`, datetimes as `2026-11-21T09:30:00.000+0000`. */
export type Value = string | number | boolean | null | { readonly [part: string]: Value };

/** A record by API field names, in the case of the schema. */
export type Row = Record<string, Value>;

/** The field types of describe that the local org models. */
export type FieldType =
  | 'id'
  | 'boolean'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'reference'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'email'
  | 'phone'
  | 'url'
  | 'address'
  | 'anyType';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly isDefault: boolean;
  /** The values of the controlling field that offer this one; null where there is no controlling field. */
  readonly validFor: readonly string[] | null;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly custom: boolean;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  /** Characters; 0 where the type has no length. */
  readonly length: number;
  /** Digits in all, and of them after the point. */
  readonly precision: number;
  readonly scale: number;
  readonly defaultValue: Value;
  readonly picklist: readonly PicklistValue[];
  /** A value outside the picklist is refused. */
  readonly restricted: boolean;
  /** The field that decides which values are offered. What clients send is not held to it, as in Salesforce. */
  readonly controller: string | null;
  readonly referenceTo: readonly string[];
  /** The name from child to parent in SOQL (`Owner`, `Lead__r`), and from parent to children (`Scores__r`). */
  readonly relationshipName: string | null;
  readonly childRelationshipName: string | null;
  /** What happens to this record when the record that it looks up to is deleted. */
  readonly onDelete: 'clear' | 'cascade' | 'restrict';
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly nameField: boolean;
  /** The display format of an auto-number, such as `SC-{0000000}`. */
  readonly autoNumber: string | null;
  /** An SQL expression over `{Field}` placeholders: the value is computed at each read and never stored. */
  readonly derived: string | null;
  /** What computes a formula field. */
  readonly formula: FormulaProgram | null;
  /** Computes the default value where it is not always the same. */
  readonly defaultFormula: ((now: number) => Value) | null;
  /** Values that another field's value brings with it where this one is not given (Opportunity.Probability). */
  readonly defaultsFrom: { readonly field: string; readonly values: Readonly<Record<string, Value>> } | null;
  readonly helpText: string | null;
}

/** An object with the changes of another one's fields, and its lookup to that. */
export interface FieldHistory {
  readonly object: string;
  readonly lookup: string;
  readonly tracked: readonly Field[];
}

export interface ChildRelationship {
  /** Null where the relationship cannot be used in a subquery. */
  readonly name: string | null;
  readonly object: string;
  readonly field: Field;
}

export interface SObject {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly custom: boolean;
  /** Platform events are published, never stored or queried. */
  readonly isEvent: boolean;
  /** An event that is published whether or not its transaction commits. */
  readonly publishesImmediately: boolean;
  /** Records of other objects, such as ActivityHistory: only a child subquery reaches them. */
  readonly view: string | null;
  /** The object whose field history this is. */
  readonly historyOf: string | null;
  /** Where changes of its tracked fields are written. */
  readonly history: FieldHistory | null;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly mergeable: boolean;
  /** Deleted records stay with IsDeleted; setup objects have no recycle bin. */
  readonly recycleBin: boolean;
  readonly fields: readonly Field[];
  /** The fields that are not computed at each read. */
  readonly stored: readonly Field[];
  readonly nameField: Field | undefined;
  readonly childRelationships: readonly ChildRelationship[];
  /** Names are found in any case. */
  field(name: string): Field | undefined;
  /** The lookup behind a relationship name such as `Owner` or `Lead__r`. */
  parent(relationshipName: string): Field | undefined;
  children(relationshipName: string): ChildRelationship | undefined;
}

export interface Schema {
  readonly objects: readonly SObject[];
  object(name: string): SObject | undefined;
  /** The object that an ID belongs to, by its key prefix. */
  ofId(id: string): SObject | undefined;
}
