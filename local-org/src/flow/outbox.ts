import type { Database } from '../store/database.ts';

/** What a flow would have sent to people. Nothing leaves the machine. */
export type Message = Notification | Email | Failure;

export interface Notification {
  readonly kind: 'notification';
  readonly sentAt: string;
  /** The developer name of the custom notification type. */
  readonly type: string;
  /** User IDs. */
  readonly recipients: readonly string[];
  readonly title: string;
  readonly body: string;
  /** The record that the notification opens. */
  readonly target: string;
}

export interface Email {
  readonly kind: 'email';
  readonly sentAt: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject?: string;
  readonly body?: string;
  /** In the place of subject and body: the email alert that sent it, such as `Lead.Hot_Lead`, and its template. */
  readonly alert?: string;
  readonly template?: string;
  readonly relatedTo?: string;
}

/** What Salesforce mails to the admin when an interview fails that no save waits for. */
export interface Failure {
  readonly kind: 'flow error';
  readonly sentAt: string;
  readonly flow: string;
  readonly record: string | null;
  readonly message: string;
  /** When it is tried again, or null. */
  readonly retryAt: string | null;
}

/** The messages of an org in the order of sending. What a transaction that was rolled back sent is not here. */
export class Outbox {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database.exec(
      'CREATE TABLE IF NOT EXISTS local_org_outbox (n INTEGER PRIMARY KEY AUTOINCREMENT, message TEXT NOT NULL)',
    );
  }

  add(message: Message): void {
    this.#database.run('INSERT INTO local_org_outbox (message) VALUES (?)', JSON.stringify(message));
  }

  get messages(): Message[] {
    return this.#database
      .all('SELECT message FROM local_org_outbox ORDER BY n')
      .map(({ message }) => JSON.parse(message as string) as Message);
  }

  clear(): void {
    this.#database.run('DELETE FROM local_org_outbox');
  }
}
