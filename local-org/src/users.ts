import type { Dml } from './dml/dml.ts';
import type { Org } from './org.ts';
import { canonicalId } from './store/id.ts';

/** Finds active users by ID or username. */
export function userFinder({ schema, records }: Pick<Dml, 'schema' | 'records'>): Org['user'] {
  const object = schema.object('User')!;
  const username = object.field('Username')!;
  const name = object.field('Name')!;
  return (idOrUsername) => {
    const id = canonicalId(idOrUsername) ?? records.find(object, username, idOrUsername)[0];
    const row = id === undefined ? undefined : records.read(object, id);
    if (id === undefined || row?.['IsActive'] !== true) return undefined;
    return {
      id,
      username: row['Username'] as string,
      name: records.value(object, id, name) as string,
      email: row['Email'] as string,
    };
  };
}
