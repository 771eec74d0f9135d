import type { Field, Schema } from '../schema/types.ts';
import { declaration } from './columns.ts';
import { quote } from './database.ts';
import type { Database } from './database.ts';

const isSearched = ({ type, externalId, unique, nameField, name }: Field) =>
  (type === 'reference' && name !== 'MasterRecordId') ||
  type === 'email' ||
  externalId ||
  unique ||
  nameField ||
  name === 'SystemModstamp';

/** Brings the tables up to the schema: a table per object, a column per stored field. Nothing is ever dropped. */
export function createTables(database: Database, schema: Schema): void {
  for (const object of schema.objects.filter(({ isEvent }) => !isEvent)) {
    const table = quote(object.name);
    if (object.view !== null) {
      database.exec(`DROP VIEW IF EXISTS ${table}; CREATE VIEW ${table} AS ${object.view}`);
      continue;
    }
    const fields = object.stored;
    const columns = new Set(database.all(`PRAGMA table_info(${table})`).map(({ name }) => name));
    if (columns.size === 0) database.exec(`CREATE TABLE ${table} (${fields.map(declaration).join(', ')})`);
    else
      for (const field of fields.filter(({ name }) => !columns.has(name)))
        database.exec(`ALTER TABLE ${table} ADD COLUMN ${declaration(field)}`);
    for (const field of fields.filter(isSearched))
      database.exec(
        `CREATE INDEX IF NOT EXISTS ${quote(`${object.name} ${field.name}`)} ON ${table} (${quote(field.name)})`,
      );
  }
}
