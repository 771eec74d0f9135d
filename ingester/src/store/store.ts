import type { Delivery, Normalized } from '../adapters/adapter.ts';
import type { Engagement } from '../engagement/engagement.ts';

/**
 * The durable memory between the four steps: inbox → ledger → evaluation → outbox. What a method does, it does in
 * transactions, so a crash within or between them repeats work and changes nothing. The contract is
 * `test/store/contract.ts`; all instants are epoch milliseconds.
 *
 * Several workers may share a store. What one has taken (bindings, records, rows) no other is given until it is answered
 * for, released, or a while has passed; answers that others have overtaken by then change nothing.
 */
export interface Store {
  /** How often to look for work that other workers may have put up, in milliseconds; Infinity where there are none. */
  readonly lookEvery: number;

  // 1. Accept
  /** Resolves with the delivery's number once it has reached the disk. Throws StoreFull beyond the high-water mark. */
  append(delivery: Delivery): Promise<number>;

  // 2. Normalize
  /**
   * Takes up to `limit` deliveries from the inbox, oldest first, into the ledger and the dead letters. Engagements that
   * the ledger has are passed over; the people of new ones are found or made, united where a delivery says so, and put
   * up for binding and evaluation.
   */
  settle(limit: number, now: number, normalize: (delivery: Delivery) => Normalized): Promise<Settled>;

  // 3. Bind and evaluate
  /** People whose records must be looked up by `now`, with the keys to look them up by. */
  dueBindings(now: number, limit: number): Promise<Unbound[]>;
  /** Notes who was found, and puts the records up for evaluation; whoever was not found is looked up again later. */
  bind(found: readonly Found[], now: number): Promise<void>;
  /** Records that must be evaluated by `now`, because of a new engagement or because their next change is due. */
  dueRecords(now: number, limit: number): Promise<DueRecord[]>;
  /** All that the store knows about each record for its evaluation. */
  dossiers(records: readonly string[]): Promise<Map<string, Dossier>>;
  /**
   * Notes evaluations and what Salesforce must hold because of them. Passed over are those of records that are gone,
   * those that a later one has overtaken, and those by models that have been published anew since; the records of
   * these last stay due.
   */
  save(evaluations: readonly Evaluation[]): Promise<{ outdatedModels: boolean }>;
  /** Forgets records that Salesforce no longer has, and looks their people up again. */
  forget(records: readonly string[], now: number): Promise<void>;
  /**
   * Notes the published models by key. Records of an object one of whose models is new or changed are put up for
   * evaluation. A model whose fingerprint is null counts as changed the next time.
   */
  noteModels(models: readonly NotedModel[], now: number): Promise<void>;

  // 4. Write
  /** If a row is due by `now`: that one and whatever else may leave with it, a record's rows together. */
  outgoing(now: number, limit: number): Promise<OutboxRow[]>;
  /** Notes what became of rows; a row that has changed since it was taken stays, whatever became of it. */
  acknowledge(outcomes: readonly Outcome[]): Promise<void>;
  /** Tries rows again that were set aside. */
  retrySetAside(now: number): Promise<number>;

  /** Gives back what was taken and not worked off, so that it need not wait for its time to run out. */
  release(taken: Taken, now: number): Promise<void>;

  // Watching and repairing
  /** When the next binding, record and outbox row is due. */
  nextDue(): Promise<{ binding?: number; record?: number; outbox?: number }>;
  counts(): Promise<Counts>;
  deadLetters(limit: number): Promise<DeadLetter[]>;
  /** Puts dead letters back into the inbox, after a fix. Engagements that were read the first time are not doubled. */
  replay(letters: readonly number[]): Promise<void>;
  close(): Promise<void>;
}

/** The inbox holds as much as it may; senders are asked to come back. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull';
}

export interface Settled {
  /** How many deliveries were taken; fewer than the limit means that the inbox is empty. */
  taken: number;
  /** The engagements that are new. */
  entries: { delivery: number; source: string; id: string; acceptedAt: number }[];
  deadLetters: { delivery: number; reason: string }[];
}

export interface Unbound {
  person: number;
  /** Changes with the person's keys, so that a look-up with outdated keys does not count as one. */
  version: number;
  emails: string[];
  salesforceIds: string[];
}

export interface Found {
  person: number;
  version: number;
  /** Empty: nobody in Salesforce yet. */
  records: { id: string; object: string }[];
}

export interface DueRecord {
  id: string;
  object: string;
  /** Changes whenever the record is put up again, so that what arrives during an evaluation is not passed over. */
  version: number;
}

export interface Dossier {
  engagements: LedgerEntry[];
  /** By model key; only models that have scored the record. */
  scores: Map<string, Score>;
  /** The mapped fields as they were last handed to the outbox, as JSON; null before the first time. */
  fields: string | null;
}

export interface LedgerEntry {
  engagement: Engagement;
  delivery: number;
  acceptedAt: number;
  /** The records of the person who engaged, sorted. */
  records: { id: string; object: string }[];
  /** The look-ups with which the engagement was last handed to the outbox, as JSON; null before the first time. */
  sentAs: string | null;
}

/** The last result for one model and record. */
export interface Score {
  rating: string | null;
  earned: Record<string, string>;
  /** When value, rating or grade last changed. */
  changedAt: number;
  /** The Score__c row as it was last handed to the outbox, without the instant of evaluation, as JSON. */
  row: string;
}

export interface Evaluation {
  record: DueRecord;
  /** `fingerprint`: of the model by which it was scored. */
  scores: (Score & { model: string; fingerprint: string })[];
  fields: string | null;
  /** Engagements that are handed to the outbox, with their look-ups. */
  sent: { source: string; id: string; sentAs: string }[];
  outbox: NewOutboxRow[];
  /** When the rows may leave. */
  leaveAt: number;
  /** When the record is due again by itself. */
  nextChangeAt: number | null;
}

/** What Salesforce must hold in one row. */
export interface NewOutboxRow {
  /** The row: object and ID or external ID. A newer state replaces one that has not left. */
  target: string;
  object: string;
  /** The record that it belongs to. */
  record: string;
  payload: Record<string, unknown>;
  /** Of engagements: where it came from, for the trace. */
  delivery?: number;
  acceptedAt?: number;
}

export interface OutboxRow extends NewOutboxRow {
  version: number;
  attempts: number;
}

export type Outcome = Pick<OutboxRow, 'target' | 'version' | 'record'> &
  ({ kind: 'sent' } | { kind: 'retry'; at: number } | { kind: 'set aside'; reason: string });

export interface Taken {
  people?: readonly Unbound[];
  records?: readonly DueRecord[];
  rows?: readonly OutboxRow[];
}

export interface NotedModel {
  key: string;
  object: string;
  fingerprint: string | null;
}

export interface DeadLetter {
  letter: number;
  reason: string;
  delivery: Delivery;
}

export interface Counts {
  inbox: number;
  ledger: number;
  /** Engagements that stand on no record yet. */
  unmatched: number;
  people: number;
  records: number;
  outbox: number;
  setAside: number;
  deadLetters: number;
}
