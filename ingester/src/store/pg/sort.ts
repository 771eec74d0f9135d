import type { Delivery, Normalized } from '../../adapters/adapter.ts';
import type { Settled } from '../store.ts';
import { bucketOf, bucketOfEngagement } from './bucket.ts';
import type { Database, Sql } from './database.ts';
import { deliveryArrays, deliveryColumns, fromRow, toColumns } from './delivery.ts';
import { unnest } from './unnest.ts';

/**
 * From the inbox to the buckets, in the order of the deliveries; so one worker sorts at a time, and the others go on to
 * the buckets.
 */
export const sort = (db: Database, limit: number, normalize: (delivery: Delivery) => Normalized) =>
  db.transaction(async (tx): Promise<Omit<Settled, 'entries'>> => {
    const turn = await tx.all("SELECT name FROM turn WHERE name = 'sort' FOR UPDATE SKIP LOCKED");
    if (turn.length === 0) return { taken: 0, deadLetters: [] };
    const deliveries = (await tx.all('SELECT * FROM inbox ORDER BY seq LIMIT $1', limit)).map((row) => ({
      seq: row['seq'] as number,
      delivery: fromRow(row),
    }));
    const read = deliveries.map((each) => ({ ...each, said: normalize(each.delivery) }));
    await arrive(
      tx,
      read.flatMap(({ seq, delivery: { receivedAt }, said: { engagements, introductions } }) => [
        ...engagements.map((each) => [bucketOfEngagement(each), seq, receivedAt, JSON.stringify(each), null]),
        ...introductions.map((each) => [bucketOf(each, String(seq)), seq, receivedAt, null, JSON.stringify(each)]),
      ]),
    );
    const unread = read.filter(({ said }) => said.deadLetters.length > 0);
    const deadLetters = unread.map(({ seq, said }) => ({ delivery: seq, reason: said.deadLetters.join('; ') }));
    await bury(
      tx,
      deadLetters,
      unread.map(({ delivery }) => delivery),
    );
    const seqs = deliveries.map(({ seq }) => seq);
    await tx.run('DELETE FROM inbox WHERE seq = ANY($1)', seqs);
    return { taken: seqs.length, deadLetters };
  });

async function arrive(tx: Sql, rows: readonly (string | number | null)[][]): Promise<void> {
  if (rows.length === 0) return;
  const columns = 'bucket, delivery, accepted_at, engagement, introduction';
  await tx.run(
    `INSERT INTO arrival (${columns}) SELECT ${columns}
     FROM ${unnest(['integer', 'bigint', 'bigint', 'text', 'text'], columns)} ORDER BY n`,
    ...[0, 1, 2, 3, 4].map((column) => rows.map((row) => row[column])),
  );
}

async function bury(tx: Sql, letters: Settled['deadLetters'], deliveries: readonly Delivery[]): Promise<void> {
  if (letters.length === 0) return;
  const columns = `seq, reason, ${deliveryColumns}`;
  await tx.run(
    `INSERT INTO dead_letter (${columns}) SELECT ${columns}
     FROM ${unnest(['bigint', 'text', ...deliveryArrays], columns)}`,
    letters.map(({ delivery }) => delivery),
    letters.map(({ reason }) => reason),
    ...toColumns(deliveries),
  );
}
