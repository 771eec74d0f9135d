import { RECHECK_KNOWN, RECHECK_UNKNOWN } from '../intervals.ts';
import type { Sql } from './database.ts';

/** Puts people's records up for evaluation, and those up for binding whose last look-up is too long ago. */
export async function touch(tx: Sql, people: readonly number[], now: number): Promise<void> {
  if (people.length === 0) return;
  await markRecords(tx, 'SELECT record FROM binding WHERE person = ANY($2)', people, now);
  await tx.run(
    `UPDATE person SET bind_due = least(
       bind_due,
       CASE WHEN checked_at IS NULL THEN $1
            WHEN EXISTS (SELECT 1 FROM binding WHERE binding.person = person.id)
              THEN greatest($1, checked_at + ${RECHECK_KNOWN})
            ELSE greatest($1, checked_at + ${RECHECK_UNKNOWN}) END)
     WHERE id = ANY($2)
       AND EXISTS (SELECT 1 FROM ledger WHERE ledger.person = person.id)
       AND EXISTS (SELECT 1 FROM alias
                   WHERE alias.person = person.id AND (key LIKE 'email:%' OR key LIKE 'salesforce:%'))`,
    now,
    people,
  );
}

/** Puts records up for evaluation now, locked in their order. `which` selects their IDs, by `$2`. */
export const markRecords = (tx: Sql, which: string, key: unknown, now: number): Promise<number> =>
  tx.run(
    `UPDATE record SET due = $1, version = version + 1
     FROM (SELECT id AS marked FROM record WHERE id IN (${which}) ORDER BY id FOR UPDATE) AS locked WHERE id = marked`,
    now,
    key,
  );
