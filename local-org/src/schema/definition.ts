import type { Xml } from '../metadata/xml.ts';
import type { Field, FieldType, PicklistValue, Row, Value } from './types.ts';

/** A field as the catalogue and the metadata reader state it: what is not said has the default of its type. */
export interface FieldDefinition {
  readonly name: string;
  readonly type: FieldType;
  readonly label?: string;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly required?: boolean;
  /** `read`: set by the org only. `create`: given once. Otherwise free. */
  readonly access?: 'read' | 'create';
  readonly values?: readonly (string | PicklistEntry)[];
  readonly controller?: string;
  readonly restricted?: boolean;
  readonly default?: Value;
  readonly to?: readonly string[];
  /** Looks up to each custom object with activities as well (Task.WhatId). */
  readonly toActivityEnabled?: boolean;
  /** Null: the lookup has no name in SOQL. Absent: the field's name without `Id`, or with `__r`. */
  readonly relationship?: string | null;
  readonly children?: string;
  readonly onDelete?: 'clear' | 'cascade' | 'restrict';
  readonly externalId?: boolean;
  readonly unique?: boolean;
  readonly caseSensitive?: boolean;
  readonly nameField?: boolean;
  readonly autoNumber?: string;
  readonly derived?: string;
  readonly formula?: FormulaDefinition;
  readonly rollUp?: RollUpDefinition;
  readonly trackHistory?: boolean;
  readonly defaultFormula?: { readonly source: string; readonly file: string };
  readonly defaultsFrom?: { readonly field: string; readonly values: Readonly<Record<string, Value>> };
  readonly help?: string;
}

/** A formula as a field's metadata states it. */
export interface FormulaDefinition {
  readonly source: string;
  /** What it makes of blank numbers. */
  readonly blanks: 'zero' | 'blank';
  readonly file: string;
}

/** A roll-up summary as a field's metadata states it. */
export interface RollUpDefinition {
  readonly operation: string;
  /** `Score_Change__c.Score__c` */
  readonly foreignKey: string;
  readonly summarized: string | undefined;
  readonly filters: readonly Xml[];
  readonly file: string;
}

export interface PicklistEntry {
  readonly value: string;
  readonly label: string;
  readonly validFor?: readonly string[];
}

export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** Absent: assigned at first load and kept in the store. */
  readonly keyPrefix?: string;
  /** Setup objects have no recycle bin. */
  readonly setup?: boolean;
  readonly readOnly?: boolean;
  readonly isEvent?: boolean;
  readonly publishesImmediately?: boolean;
  readonly activities?: boolean;
  /** The SELECT that the records are of: they are those of other objects, and reached from their parents only. */
  readonly view?: string;
  /** The object whose field history this is. */
  readonly historyOf?: string;
  readonly fields: readonly FieldDefinition[];
  /** What a new org has of it, and users cannot create: the values behind a status picklist. */
  readonly records?: readonly Row[];
}

const lengths: Partial<Record<FieldType, number>> = {
  id: 18,
  reference: 18,
  picklist: 255,
  combobox: 255,
  email: 80,
  phone: 40,
  url: 255,
  string: 255,
  textarea: 255,
  multipicklist: 4099,
};

/** The full field behind a definition. */
export function toField(definition: FieldDefinition, activityEnabled: readonly string[] = []): Field {
  const { name, type, access, autoNumber } = definition;
  const derived = definition.derived ?? (definition.formula || definition.rollUp ? '' : undefined);
  const custom = name.endsWith('__c');
  const computed = derived !== undefined || autoNumber !== undefined || access === 'read' || type === 'id';
  const defaultValue = definition.default ?? (type === 'boolean' ? false : null);
  return {
    name,
    label: definition.label ?? name,
    type,
    custom,
    nillable: !(definition.required ?? (type === 'boolean' || type === 'id' || autoNumber !== undefined)),
    createable: !computed,
    updateable: !computed && access !== 'create',
    length: definition.length ?? lengths[type] ?? 0,
    precision: definition.precision ?? 0,
    scale: definition.scale ?? 0,
    defaultValue,
    picklist: picklist(definition, defaultValue),
    restricted: definition.restricted ?? false,
    controller: definition.controller ?? null,
    referenceTo: [...(definition.to ?? []), ...(definition.toActivityEnabled ? activityEnabled : [])],
    relationshipName: type === 'reference' ? relationshipName(definition) : null,
    childRelationshipName: definition.children ?? null,
    onDelete: definition.onDelete ?? 'clear',
    externalId: definition.externalId ?? false,
    unique: definition.unique ?? false,
    caseSensitive: definition.caseSensitive ?? (type === 'id' || type === 'reference'),
    nameField: definition.nameField ?? false,
    autoNumber: autoNumber ?? null,
    derived: derived ?? null,
    formula: null,
    defaultFormula: null,
    defaultsFrom: definition.defaultsFrom ?? null,
    helpText: definition.help ?? null,
  };
}

function picklist({ values = [] }: FieldDefinition, defaultValue: Value): PicklistValue[] {
  return values
    .map((entry): PicklistEntry => (typeof entry === 'string' ? { value: entry, label: entry } : entry))
    .map(({ value, label, validFor = null }) => ({ value, label, validFor, isDefault: value === defaultValue }));
}

function relationshipName({ name, relationship }: FieldDefinition): string | null {
  if (relationship !== undefined) return relationship;
  return name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, '');
}
