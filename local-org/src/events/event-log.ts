import type { Database, SqlRow } from '../store/database.ts';
import type { BusEvent } from './event.ts';

const hour = 3_600_000;

/** How long events can be replayed: PushTopic and generic events for a day, the others for three. */
const retention = { short: 24 * hour, long: 72 * hour };
const short = (channel: string) => /^\/(topic|u)\//.test(channel);

/** Events that are kept in all, so that an org without a file stays within its memory. */
const most = 200_000;

/** The retained events, in the org's store. */
export class EventLog {
  readonly #database: Database;
  readonly #clock: () => number;
  #purgeAt = 0;

  constructor(database: Database, clock: () => number) {
    this.#database = database;
    this.#clock = clock;
    database.exec(
      'CREATE TABLE IF NOT EXISTS local_org_event (replay_id INTEGER PRIMARY KEY AUTOINCREMENT, published_at INTEGER NOT NULL, channel TEXT NOT NULL, uuid TEXT NOT NULL, content TEXT NOT NULL)',
    );
  }

  /** Returns the event's replay ID. `content` is JSON. */
  append(channel: string, uuid: string, content: string): number {
    this.#purge();
    return this.#database.insert(
      'INSERT INTO local_org_event (published_at, channel, uuid, content) VALUES (?, ?, ?, ?)',
      this.#clock(),
      channel,
      uuid,
      content,
    );
  }

  /** The replay ID of the latest event there ever was; 0 before the first. */
  get last(): number {
    const row = this.#database.get("SELECT seq FROM sqlite_sequence WHERE name = 'local_org_event'");
    return (row?.['seq'] as number | undefined) ?? 0;
  }

  /** The next events after a position, of these channels. */
  after(position: number, channels: readonly string[], limit: number): BusEvent[] {
    const rows = this.#database.all(
      'SELECT * FROM local_org_event WHERE replay_id > ? AND channel IN (SELECT value FROM json_each(?)) AND published_at > ? ORDER BY replay_id LIMIT ?',
      position,
      JSON.stringify(channels),
      this.#clock() - (channels.every(short) ? retention.short : retention.long),
      limit,
    );
    return rows.map(toEvent);
  }

  /** Whether a reader of a channel can go on after this position without having missed what is no longer retained. */
  retains(channel: string, position: number): boolean {
    const row = this.#database.get(
      'SELECT min(replay_id) AS first FROM local_org_event WHERE published_at > ?',
      this.#clock() - (short(channel) ? retention.short : retention.long),
    );
    const first = (row?.['first'] as number | null | undefined) ?? Infinity;
    return position >= first && position <= this.last;
  }

  /** Forgets all events, as though their time were over. */
  expire(): void {
    this.#database.run('DELETE FROM local_org_event');
  }

  #purge(): void {
    const now = this.#clock();
    if (now < this.#purgeAt) return;
    this.#purgeAt = now + hour / 60;
    this.#database.run(
      'DELETE FROM local_org_event WHERE published_at <= ? OR replay_id <= ?',
      now - retention.long,
      this.last - most,
    );
  }
}

const toEvent = (row: SqlRow): BusEvent => ({
  replayId: row['replay_id'] as number,
  publishedAt: row['published_at'] as number,
  channel: row['channel'] as string,
  uuid: row['uuid'] as string,
  content: JSON.parse(row['content'] as string) as unknown,
});
