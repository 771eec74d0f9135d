import { RECHECK_KNOWN, RECHECK_UNKNOWN } from '../intervals.ts';
import type { Database } from './database.ts';

/** Puts a person's records up for evaluation, and the person up for binding where the last look-up is too long ago. */
export function touch(db: Database, person: number, now: number): void {
  markRecords(db, 'SELECT record FROM binding WHERE person = ?2', person, now);
  db.run(
    `UPDATE person SET bind_due = min(
       coalesce(bind_due, 9e15),
       CASE WHEN checked_at IS NULL THEN ?2
            WHEN EXISTS (SELECT 1 FROM binding WHERE person = ?1) THEN max(?2, checked_at + ${RECHECK_KNOWN})
            ELSE max(?2, checked_at + ${RECHECK_UNKNOWN}) END)
     WHERE id = ?1
       AND EXISTS (SELECT 1 FROM ledger WHERE person = ?1)
       AND EXISTS (SELECT 1 FROM alias WHERE person = ?1 AND (key GLOB 'email:*' OR key GLOB 'salesforce:*'))`,
    person,
    now,
  );
}

/** Puts records up for evaluation now. `which` selects their IDs, by `?2`. */
export const markRecords = (db: Database, which: string, key: string | number, now: number): number =>
  db.run(`UPDATE record SET due = ?1, version = version + 1 WHERE id IN (${which})`, now, key);
