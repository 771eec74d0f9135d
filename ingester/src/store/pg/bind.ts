import { untilNextLookUp } from '../intervals.ts';
import type { Found, Unbound } from '../store.ts';
import type { Database, Sql } from './database.ts';
import { markRecords } from './touch.ts';
import { unnest } from './unnest.ts';

/** Whoever is taken is due again when `hold` is over, if nobody answers by then. */
export const dueBindings =
  (db: Database, hold: number) =>
  async (now: number, limit: number): Promise<Unbound[]> => {
    const people = await db.all(
      `UPDATE person SET bind_due = $2
       FROM (SELECT id AS taken FROM person WHERE bind_due <= $1 ORDER BY bind_due LIMIT $3 FOR UPDATE SKIP LOCKED) AS due
       WHERE id = taken RETURNING id, version`,
      ...[now, now + hold, limit],
    );
    const aliases = Map.groupBy(
      await db.all(
        'SELECT person, key FROM alias WHERE person = ANY($1)',
        people.map(({ id }) => id),
      ),
      ({ person }) => person as number,
    );
    return people.map((row) => {
      const [person, version] = [row['id'] as number, row['version'] as number];
      const keys = (aliases.get(person) ?? []).map(({ key }) => key as string);
      const values = (kind: string) =>
        keys.filter((key) => key.startsWith(`${kind}:`)).map((key) => key.slice(kind.length + 1));
      return { person, version, emails: values('email'), salesforceIds: values('salesforce') };
    });
  };

export const bind =
  (db: Database, retryInterval: number) =>
  (found: readonly Found[], now: number): Promise<void> =>
    db.transaction(async (tx) => {
      const people = await tx.all(
        'SELECT id, version, misses FROM person WHERE id = ANY($1) ORDER BY id FOR UPDATE',
        found.map(({ person }) => person),
      );
      const current = people.flatMap(({ id, version, misses }) => {
        const answer = found.find((each) => each.person === id && each.version === version);
        return answer ? [{ ...answer, misses: misses as number }] : [];
      });
      await replaceBindings(tx, current, now);
      await tx.run(
        `UPDATE person SET checked_at = $4, bind_due = next_look, misses = missed
         FROM ${unnest(['bigint', 'bigint', 'integer'], 'found, next_look, missed')} WHERE id = found`,
        current.map(({ person }) => person),
        current.map(({ records, misses }) =>
          records.length > 0 ? null : now + untilNextLookUp(misses, retryInterval),
        ),
        current.map(({ records, misses }) => (records.length > 0 ? 0 : misses + 1)),
        now,
      );
    });

/** Records that people have lost and those that are new are evaluated: both have other engagements now. */
async function replaceBindings(tx: Sql, found: readonly Found[], now: number): Promise<void> {
  const bound = await tx.all(
    'SELECT person, record FROM binding WHERE person = ANY($1)',
    found.map(({ person }) => person),
  );
  const before = Map.groupBy(bound, ({ person }) => person as number);
  const changes = found.map(({ person, records }) => {
    const had = (before.get(person) ?? []).map(({ record }) => record as string);
    const lost = had.filter((id) => !records.some((record) => record.id === id));
    return { person, records, lost, gained: records.filter(({ id }) => !had.includes(id)) };
  });
  const changed = changes.filter(({ lost, gained }) => lost.length + gained.length > 0);
  if (changed.length === 0) return;
  const objects = new Map(changed.flatMap(({ records }) => records).map(({ id, object }) => [id, object]));
  const ids = [...objects.keys()].sort();
  // Locks the records, so that none of them can be forgotten meanwhile.
  await tx.run(
    `INSERT INTO record (id, object, due, version)
     SELECT given.id, given.object, $3, 1 FROM ${unnest(['text', 'text'], 'id, object')} ORDER BY n
     ON CONFLICT (id) DO UPDATE SET due = excluded.due, version = record.version + 1`,
    ...[ids, ids.map((id) => objects.get(id)), now],
  );
  const lost = changed.flatMap(({ person, lost }) => lost.map((id) => ({ person, id })));
  await tx.run(
    `DELETE FROM binding USING ${unnest(['bigint', 'text'], 'loser, lost')} WHERE person = loser AND record = lost`,
    lost.map(({ person }) => person),
    lost.map(({ id }) => id),
  );
  await markRecords(tx, 'SELECT unnest($2::text[])', [...new Set(lost.map(({ id }) => id))], now);
  const gained = changed.flatMap(({ person, gained }) => gained.map(({ id }) => ({ person, id })));
  await tx.run(
    `INSERT INTO binding (person, record) SELECT person, record FROM ${unnest(['bigint', 'text'], 'person, record')}`,
    gained.map(({ person }) => person),
    gained.map(({ id }) => id),
  );
}
