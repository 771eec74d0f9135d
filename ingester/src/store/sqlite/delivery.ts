import type { SQLInputValue } from 'node:sqlite';
import type { Delivery } from '../../adapters/adapter.ts';
import type { Authenticated } from '../../engagement/engagement.ts';
import { integer, string, type Row } from './database.ts';

/** The columns that inbox and dead letters have in common, in the order of `toColumns`. */
export const deliveryColumns = 'connection, adapter, received_at, authenticated, covers, headers, body';

export function toColumns(delivery: Delivery): SQLInputValue[] {
  const { connection, adapter, receivedAt, authenticated, covers = null, headers, body } = delivery;
  return [connection, adapter, receivedAt, authenticated, covers, JSON.stringify(headers), body];
}

export const fromRow = (row: Row): Delivery => ({
  connection: string(row['connection']),
  adapter: string(row['adapter']),
  receivedAt: integer(row['received_at'])!,
  authenticated: string(row['authenticated']) as Authenticated,
  ...(row['covers'] === 'first' && { covers: 'first' }),
  headers: JSON.parse(string(row['headers'])) as Record<string, string>,
  body: Buffer.from(row['body'] as Uint8Array),
});
