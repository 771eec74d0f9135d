import type { Delivery } from '../../adapters/adapter.ts';
import type { Authenticated } from '../../engagement/engagement.ts';
import type { Row } from './database.ts';

/** The columns that inbox and dead letters have in common, in the order of `toColumns`. */
export const deliveryColumns = 'connection, adapter, received_at, authenticated, covers, headers, body';
export const deliveryArrays = ['text', 'text', 'bigint', 'text', 'text', 'text', 'bytea'];

/** One array a column, for `unnest`. */
export const toColumns = (deliveries: readonly Delivery[]): unknown[][] => [
  deliveries.map(({ connection }) => connection),
  deliveries.map(({ adapter }) => adapter),
  deliveries.map(({ receivedAt }) => receivedAt),
  deliveries.map(({ authenticated }) => authenticated),
  deliveries.map(({ covers = null }) => covers),
  deliveries.map(({ headers }) => JSON.stringify(headers)),
  deliveries.map(({ body }) => body),
];

export const fromRow = (row: Row): Delivery => ({
  connection: row['connection'] as string,
  adapter: row['adapter'] as string,
  receivedAt: row['received_at'] as number,
  authenticated: row['authenticated'] as Authenticated,
  ...(row['covers'] === 'first' && { covers: 'first' }),
  headers: JSON.parse(row['headers'] as string) as Record<string, string>,
  body: row['body'] as Buffer,
});
