import { invalidField, invalidType, NotSupported } from '../errors.ts';
import type { Field, Schema, SObject } from '../schema/types.ts';
import { column, isNumeric } from '../store/columns.ts';
import { quote } from '../store/database.ts';

/** A field as a query reaches it: its SQL, and the lookups on the way to it. */
export interface Reached {
  readonly field: Field;
  readonly sql: string;
  /** Relationship names from the query's object to the field's, in the schema's case. */
  readonly path: readonly Step[];
}

export interface Step {
  readonly name: string;
  /** SQL of the parent's ID. */
  readonly id: string;
}

/** The fields of Salesforce's Name object: what is visible of a parent that can be of several objects. */
const nameFields = [
  'Id',
  'Name',
  'FirstName',
  'LastName',
  'Email',
  'Phone',
  'Title',
  'Alias',
  'Username',
  'IsActive',
  'ProfileId',
];

/** The objects that one SELECT reads: its own, and the parents that its field paths join. */
export class Scope {
  readonly object: SObject;
  readonly alias: string;
  readonly #schema: Schema;
  readonly #prefixes: readonly string[];
  readonly #joins = new Map<string, { alias: string; object: SObject; sql: string }>();

  constructor(schema: Schema, object: SObject, alias: string, prefixes: readonly (string | undefined)[] = []) {
    this.#schema = schema;
    this.object = object;
    this.alias = alias;
    this.#prefixes = [object.name, ...prefixes].filter((name) => name !== undefined).map((name) => name.toLowerCase());
  }

  get table(): string {
    return `${quote(this.object.name)} ${this.alias}`;
  }

  get joins(): string {
    return [...this.#joins.values()].map(({ sql }) => ` ${sql}`).join('');
  }

  get from(): string {
    return this.table + this.joins;
  }

  /** Finds `Name`, `Account.Owner.Name` or `alias.Name`. */
  reach(text: string): Reached {
    const names = text.split('.');
    if (names.length > 1 && this.#prefixes.includes(names[0]!.toLowerCase()) && !this.object.parent(names[0]!))
      names.shift();
    let { object, alias } = this as { object: SObject; alias: string };
    const path: Step[] = [];
    for (const [i, name] of names.slice(0, -1).entries()) {
      const lookup = object.parent(name);
      if (!lookup) throw noSuchRelationship(name, text);
      const id = column(lookup, alias);
      path.push({ name: lookup.relationshipName!, id });
      if (lookup.referenceTo.length > 1) {
        if (i < names.length - 2) throw new NotSupported(`the path ${text} across a lookup to several objects in SOQL`);
        return this.#reachName(lookup, id, names.at(-1)!, path);
      }
      ({ object, alias } = this.#join(path.map((step) => step.name).join('.'), lookup, id));
    }
    const field = object.field(names.at(-1)!);
    if (!field) throw noSuchColumn(names.at(-1)!, object.name);
    return { field, sql: column(field, alias), path };
  }

  #join(key: string, lookup: Field, id: string): { alias: string; object: SObject } {
    const known = this.#joins.get(key);
    if (known) return known;
    const object = this.#schema.object(lookup.referenceTo[0]!)!;
    const alias = `${this.alias}_${this.#joins.size}`;
    const join = { alias, object, sql: `LEFT JOIN ${quote(object.name)} ${alias} ON ${alias}."Id" = ${id}` };
    this.#joins.set(key, join);
    return join;
  }

  /** `Owner.Name`, `What.Type`: whichever of the possible parents it is. */
  #reachName(lookup: Field, id: string, name: string, path: Step[]): Reached {
    const targets = lookup.referenceTo.flatMap((target) => this.#schema.object(target) ?? []);
    if (name.toLowerCase() === 'type') {
      const cases = targets.map(({ keyPrefix, name: type }) => `WHEN '${keyPrefix}' THEN '${type}'`).join(' ');
      const field = { ...targets[0]!.field('Id')!, name: 'Type', type: 'string', caseSensitive: false } as const;
      return { field, sql: `(CASE substr(${id}, 1, 3) ${cases} END) COLLATE NOCASE`, path };
    }
    const allowed = nameFields.find((each) => each.toLowerCase() === name.toLowerCase());
    const holders = targets.flatMap((target) => {
      const field = allowed === 'Name' ? target.nameField : allowed === undefined ? undefined : target.field(allowed);
      return field ? [{ target, field }] : [];
    });
    if (allowed === undefined || holders.length === 0) throw noSuchColumn(name, 'Name');
    const field = { ...holders[0]!.field, name: allowed };
    if (allowed === 'Id') return { field, sql: id, path };
    const values = holders.map(
      (holder) => `(SELECT ${column(holder.field, 'n')} FROM ${quote(holder.target.name)} n WHERE n."Id" = ${id})`,
    );
    const collate = isNumeric(field) ? '' : ' COLLATE NOCASE';
    return { field, sql: `coalesce(${[...values, 'NULL'].join(', ')})${collate}`, path };
  }
}

export function queryable(schema: Schema, name: string): SObject {
  const object = schema.object(name);
  if (!object)
    throw invalidType(
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  if (object.isEvent || object.view !== null) throw invalidType(`entity type ${object.name} does not support query`);
  return object;
}

export const noSuchColumn = (name: string, object: string) =>
  invalidField(
    `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

const noSuchRelationship = (name: string, path: string) =>
  invalidField(
    `Didn't understand relationship '${name}' in field path '${path}'. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
