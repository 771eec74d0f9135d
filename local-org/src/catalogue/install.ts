import type { Dml } from '../dml/dml.ts';
import type { User } from '../org.ts';
import { addRecord } from '../seed.ts';
import { standardObjects } from './catalogue.ts';

/** Gives the store the records that every org has, such as the Lead statuses, where it does not have them yet. */
export function installRecords(dml: Dml, admin: User): void {
  for (const { name, records = [] } of standardObjects())
    if (records.length > 0 && !dml.database.get(`SELECT 1 FROM "${name}"`))
      for (const row of records) addRecord(dml, admin, name, row);
}
