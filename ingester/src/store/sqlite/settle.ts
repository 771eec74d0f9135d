import type { Delivery, Normalized } from '../../adapters/adapter.ts';
import type { Engagement } from '../../engagement/engagement.ts';
import { identityOf, statesIdentity } from '../../engagement/identity.ts';
import { identify } from '../identify.ts';
import type { Settled } from '../store.ts';
import { integer, type Database } from './database.ts';
import { deliveryColumns, fromRow, toColumns } from './delivery.ts';
import { peopleIn } from './people.ts';
import { touch } from './touch.ts';

export const settle =
  (db: Database) =>
  (limit: number, now: number, normalize: (delivery: Delivery) => Normalized): Settled =>
    db.transaction(() => {
      const people = peopleIn(db);
      const settled: Settled = { taken: 0, entries: [], deadLetters: [] };
      const touched = new Set<number>();
      for (const row of db.all('SELECT * FROM inbox ORDER BY seq LIMIT ?', limit)) {
        const seq = integer(row['seq'])!;
        const delivery = fromRow(row);
        const { engagements, introductions, deadLetters } = normalize(delivery);
        for (const engagement of engagements) {
          if (!enter(db, engagement, seq, delivery.receivedAt)) continue;
          const person = identify(people, identityOf(engagement.person, engagement.source), statesIdentity(engagement));
          settled.entries.push({
            delivery: seq,
            source: engagement.source,
            id: engagement.id,
            acceptedAt: delivery.receivedAt,
          });
          if (person === undefined) continue;
          db.run('UPDATE ledger SET person = ? WHERE source = ? AND id = ?', person, engagement.source, engagement.id);
          touched.add(person);
        }
        for (const introduction of introductions) {
          const person = identify(people, introduction, true);
          if (person !== undefined) touched.add(person);
        }
        if (deadLetters.length > 0) {
          bury(db, seq, delivery, deadLetters.join('; '));
          settled.deadLetters.push({ delivery: seq, reason: deadLetters.join('; ') });
        }
        db.run('DELETE FROM inbox WHERE seq = ?', seq);
        settled.taken += 1;
      }
      for (const person of touched) touch(db, person, now);
      return settled;
    });

/** Whether the engagement is new. */
const enter = (db: Database, engagement: Engagement, delivery: number, acceptedAt: number): boolean =>
  db.run(
    `INSERT INTO ledger (source, id, occurred_at, engagement, delivery, accepted_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    engagement.source,
    engagement.id,
    Date.parse(engagement.occurredAt),
    JSON.stringify(engagement),
    delivery,
    acceptedAt,
  ) === 1;

const bury = (db: Database, seq: number, delivery: Delivery, reason: string) =>
  db.run(
    `INSERT OR REPLACE INTO dead_letter (seq, reason, ${deliveryColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    reason,
    ...toColumns(delivery),
  );
