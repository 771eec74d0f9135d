import type { Org, User } from '../org.ts';
import { canonicalId, makeId } from '../store/id.ts';
import { BatchJob } from './batch-job.ts';
import type { BatchJobData } from './batch-job.ts';
import { IngestJob } from './ingest-job.ts';
import type { IngestJobData } from './ingest-job.ts';
import { QueryJob } from './query-job.ts';
import type { QueryJobData } from './query-job.ts';
import type { Shelf } from './shelf.ts';

export type Job = IngestJob | QueryJob | BatchJob;

/** Salesforce forgets a job and its results after seven days. */
const kept = 7 * 24 * 3_600_000;

/** The bulk jobs of an org, of every kind. They are kept in the org's file, and go on where an earlier process ended. */
export class Jobs {
  readonly shelf: Shelf;
  readonly #jobs = new Map<string, Job>();
  #stopped = false;

  constructor(org: Org) {
    this.shelf = { org, stopped: () => this.#stopped };
    const all = (kind: string) => org.documents.all(kind);
    const jobs = [
      ...all(IngestJob.kind).map((data) => new IngestJob(this.shelf, data as IngestJobData)),
      ...all(QueryJob.kind).map((data) => new QueryJob(this.shelf, data as QueryJobData)),
      ...all(BatchJob.kind).map((data) => new BatchJob(this.shelf, data as BatchJobData)),
    ];
    for (const job of jobs)
      if (job.data.created < org.clock() - kept) job.delete();
      else {
        this.#jobs.set(job.data.id, job);
        if (!job.isFinished && !(job instanceof IngestJob && job.data.state === 'Open')) void job.run();
      }
  }

  /** Opens a job of a kind with what the kind says of a new one. */
  open<D, T extends Job & { data: D }>(
    make: new (shelf: Shelf, data: D) => T,
    user: User,
    version: string,
    begin: Omit<D, 'id' | 'userId' | 'created' | 'version'>,
  ): T {
    const { org } = this.shelf;
    const id = makeId('750', org.documents.next('bulk job'));
    const job = new make(this.shelf, { ...begin, id, userId: user.id, created: org.clock(), version } as D);
    this.#jobs.set(id, job);
    job.save();
    return job;
  }

  find<T extends Job>(kind: abstract new (...given: never[]) => T, id: string | undefined): T | undefined {
    const job = this.#jobs.get(canonicalId(id) ?? '');
    return job instanceof kind ? job : undefined;
  }

  /** All jobs, the newest first. */
  get all(): readonly Job[] {
    return [...this.#jobs.values()].sort((a, b) => b.data.created - a.data.created || (a.data.id < b.data.id ? 1 : -1));
  }

  delete(job: Job): void {
    job.delete();
    this.#jobs.delete(job.data.id);
  }

  /** The process is about to end: what is under way stays as it is kept. */
  stop(): void {
    this.#stopped = true;
  }
}
