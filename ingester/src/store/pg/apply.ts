import type { Engagement } from '../../engagement/engagement.ts';
import { identityOf, statesIdentity, type Identity } from '../../engagement/identity.ts';
import { identify } from '../identify.ts';
import type { Settled } from '../store.ts';
import { Overtaken, storableText, type Database, type Row, type Sql } from './database.ts';
import { indexableIdentity, lockPeople, type LockedPeople } from './people.ts';
import { touch } from './touch.ts';
import { unnest } from './unnest.ts';

/** How many buckets one worker holds at once; the others find theirs among the rest. */
const BUCKETS = 128;
/** How many arrivals go into one transaction. */
const BATCH = 500;

interface Arrival {
  seq: number;
  bucket: number;
  delivery: number;
  acceptedAt: number;
  engagement: Engagement | null;
  identity: Identity;
}

/**
 * From the buckets to the ledger, for buckets that no other worker holds. To hold one is to have its row locked: a worker
 * that dies has let go of it. Yields the new engagements; null once there is no bucket left to take.
 */
export const apply = (db: Database, now: number): Promise<Settled['entries'] | null> =>
  db.transaction(async (tx) => {
    const buckets = await tx.all(
      `SELECT id FROM bucket WHERE EXISTS (SELECT 1 FROM arrival WHERE arrival.bucket = bucket.id)
       LIMIT ${BUCKETS} FOR UPDATE SKIP LOCKED`,
    );
    if (buckets.length === 0) return null;
    // A statement of its own, as it must see what the last holder of a bucket has left.
    const arrivals = (
      await tx.all(
        `SELECT * FROM arrival WHERE bucket = ANY($1) ORDER BY seq LIMIT ${BATCH}`,
        buckets.map(({ id }) => id),
      )
    ).map(arrivalOf);
    const fresh = await withoutKnown(tx, arrivals);
    const identities = fresh.map(({ identity }) => identity);
    const people = await lockPeople(tx, [
      ...new Set(
        identities.flatMap(({ strong, anonymous }) => (anonymous === undefined ? strong : [...strong, anonymous])),
      ),
    ]);
    const persons = fresh.map(({ engagement, identity }) =>
      identify(people, identity, engagement === null || statesIdentity(engagement)),
    );
    const entries = await enter(tx, fresh, persons, people, now);
    await tx.run(
      'DELETE FROM arrival WHERE seq = ANY($1)',
      arrivals.map(({ seq }) => seq),
    );
    return entries;
  });

const arrivalOf = (row: Row): Arrival => {
  const engagement = row['engagement'] === null ? null : (JSON.parse(row['engagement'] as string) as Engagement);
  return {
    seq: row['seq'] as number,
    bucket: row['bucket'] as number,
    delivery: row['delivery'] as number,
    acceptedAt: row['accepted_at'] as number,
    engagement,
    identity: indexableIdentity(
      engagement
        ? identityOf(engagement.person, engagement.source)
        : (JSON.parse(row['introduction'] as string) as Identity),
    ),
  };
};

/** Leaves out the engagements that the ledger has, and those that come a second time. */
async function withoutKnown(tx: Sql, arrivals: readonly Arrival[]): Promise<Arrival[]> {
  const engagements = arrivals.flatMap(({ engagement }) => engagement ?? []);
  const known = await tx.all(
    `SELECT n FROM ${unnest(['text', 'text'], 'source, id')} JOIN ledger USING (source, id)`,
    engagements.map(({ source }) => source),
    engagements.map(({ id }) => id),
  );
  const keyOf = ({ source, id }: Engagement) => storableText(`${source}\n${id}`);
  const seen = new Set(known.map(({ n }) => keyOf(engagements[Number(n) - 1]!)));
  return arrivals.filter(({ engagement }) => {
    if (engagement === null) return true;
    if (seen.has(keyOf(engagement))) return false;
    seen.add(keyOf(engagement));
    return true;
  });
}

async function enter(
  tx: Sql,
  arrivals: readonly Arrival[],
  persons: readonly (number | undefined)[],
  people: LockedPeople,
  now: number,
): Promise<Settled['entries']> {
  const numberOf = await people.write(tx);
  const numbers = persons.map((person) => (person === undefined ? null : numberOf(person)));
  const rows = arrivals.flatMap((arrival, index) => {
    const { engagement } = arrival;
    return engagement ? [{ ...arrival, engagement, person: numbers[index] ?? null }] : [];
  });
  const columns = 'source, id, person, occurred_at, engagement, delivery, accepted_at';
  const entered = await tx.run(
    `INSERT INTO ledger (${columns}) SELECT ${columns}
     FROM ${unnest(['text', 'text', 'bigint', 'bigint', 'text', 'bigint', 'bigint'], columns)}
     ORDER BY source, id ON CONFLICT DO NOTHING`,
    rows.map(({ engagement }) => engagement.source),
    rows.map(({ engagement }) => engagement.id),
    rows.map(({ person }) => person),
    rows.map(({ engagement }) => Date.parse(engagement.occurredAt)),
    rows.map(({ engagement }) => JSON.stringify(engagement)),
    rows.map(({ delivery }) => delivery),
    rows.map(({ acceptedAt }) => acceptedAt),
  );
  if (entered < rows.length) throw new Overtaken('another worker has just entered one of these engagements');
  await tx.run(
    `UPDATE bucket SET ledger = ledger + news
     FROM (SELECT id AS held, count(*) AS news FROM unnest($1::integer[]) AS id GROUP BY id) AS counted WHERE id = held`,
    rows.map(({ bucket }) => bucket),
  );
  await touch(tx, [...new Set(numbers.filter((person) => person !== null))], now);
  return rows.map(({ delivery, acceptedAt, engagement: { source, id } }) => ({ delivery, source, id, acceptedAt }));
}
