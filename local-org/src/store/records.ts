import type { Field, Row, SObject, Value } from '../schema/types.ts';
import { column, fromSql, ignoresCase, toSql } from './columns.ts';
import { fold, quote } from './database.ts';
import type { Database, SqlRow } from './database.ts';

/** The records of all objects, by ID. Knows nothing of rules: whoever writes has checked. */
export class Records {
  readonly #database: Database;
  readonly #known = new Map<SObject, Statements>();
  /** Whether somebody wants to be told of what is written of an object. */
  watches: (object: SObject) => boolean = () => false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The stored fields of a record, deleted or not. */
  read(object: SObject, id: string): Row | undefined {
    const values = this.#database.values(this.#statements(object).read, id);
    if (!values) return undefined;
    const row: Row = {};
    object.stored.forEach((field, i) => (row[field.name] = fromSql(field, values[i])));
    return row;
  }

  /** Whether a record is there, or in the recycle bin. */
  state(object: SObject, id: string): 'alive' | 'deleted' | undefined {
    const deleted = object.recycleBin ? '"IsDeleted"' : '0';
    const row = this.#database.get(`SELECT ${deleted} AS deleted FROM ${quote(object.name)} WHERE "Id" = ?`, id);
    return row && (row['deleted'] === 1 ? 'deleted' : 'alive');
  }

  /** One field of a record, computed ones too. */
  value(object: SObject, id: string, field: Field): Value {
    const row = this.#database.get(
      `SELECT ${column(field, 't')} AS value FROM ${quote(object.name)} t WHERE "Id" = ?`,
      id,
    );
    return fromSql(field, row?.['value']);
  }

  /** An SQL expression over `{Field}` placeholders, of a type, for a record that is not as it is stored. */
  evaluate(field: Field, sql: string, row: Row): Value {
    const names = [...new Set(Array.from(sql.matchAll(/\{(\w+)\}/g), ([, name]) => name!))];
    const columns = names.map((name) => `? COLLATE NOCASE AS ${quote(name)}`).join(', ');
    const value = sql.replace(/\{(\w+)\}/g, (_, name: string) => `t.${quote(name)}`);
    const found = this.#database.get(
      `SELECT ${value} AS value FROM (SELECT ${columns || 'NULL'}) t`,
      ...names.map((name) => toSql(row[name])),
    );
    return fromSql(field, found?.['value']);
  }

  /** The IDs of the records, in the bin or not, whose field has this value. */
  find(object: SObject, field: Field, value: string | number, { deleted = false } = {}): string[] {
    const condition =
      // ASCII text is compared by the column's own NOCASE and can use its index.
      typeof value === 'string' && ignoresCase(field) && /[^ -~]/.test(value)
        ? `fold(${quote(field.name)}) = ?`
        : `${quote(field.name)} = ?`;
    const alive = object.recycleBin ? ` AND "IsDeleted" = ${deleted ? 1 : 0}` : '';
    const rows = this.#database.all(
      `SELECT "Id" FROM ${quote(object.name)} WHERE ${condition}${alive} ORDER BY "Id"`,
      condition.startsWith('fold') ? fold(value as string) : value,
    );
    return rows.map(({ Id }: SqlRow) => Id as string);
  }

  insert(object: SObject, row: Row): void {
    this.#database.run(this.#statements(object).insert, ...object.stored.map(({ name }) => toSql(row[name])));
    if (this.watches(object)) this.#database.note({ object, id: row['Id'] as string, before: null, after: { ...row } });
  }

  /** `known` is the record as it is stored, where the caller has read it. */
  update(object: SObject, id: string, changes: Row, known?: Row): void {
    const names = Object.keys(changes);
    if (names.length === 0) return;
    const before = this.watches(object) ? (known ?? this.read(object, id)) : undefined;
    this.#database.run(
      `UPDATE ${quote(object.name)} SET ${names.map((name) => `${quote(name)} = ?`).join(', ')} WHERE "Id" = ?`,
      ...names.map((name) => toSql(changes[name])),
      id,
    );
    if (before) this.#database.note({ object, id, before, after: { ...before, ...changes } });
  }

  /** Takes a record out for good: setup objects have no recycle bin. */
  erase(object: SObject, id: string): void {
    const before = this.watches(object) ? this.read(object, id) : undefined;
    this.#database.run(`DELETE FROM ${quote(object.name)} WHERE "Id" = ?`, id);
    if (before) this.#database.note({ object, id, before, after: null });
  }

  #statements(object: SObject): Statements {
    const known = this.#known.get(object);
    if (known) return known;
    const columns = object.stored.map(({ name }) => quote(name)).join(', ');
    const statements = {
      read: `SELECT ${columns} FROM ${quote(object.name)} WHERE "Id" = ?`,
      insert: `INSERT INTO ${quote(object.name)} (${columns}) VALUES (${object.stored.map(() => '?').join(', ')})`,
    };
    this.#known.set(object, statements);
    return statements;
  }
}

interface Statements {
  readonly read: string;
  readonly insert: string;
}
