import { canonicalId, makeId } from '../store/id.ts';

interface Job {
  readonly id: string;
}

/** The bulk jobs of an org, of every kind. They live as long as the process; Salesforce forgets them after seven days. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();
  #count = 0;
  #batches = 0;

  open<T extends Job>(make: (id: string) => T): T {
    const job = make(makeId('750', ++this.#count));
    this.#jobs.set(job.id, job);
    return job;
  }

  /** The ID of a new batch of a Bulk 1 job. */
  batchId(): string {
    return makeId('751', ++this.#batches);
  }

  find<T extends Job>(kind: abstract new (...given: never[]) => T, id: string | undefined): T | undefined {
    const job = this.#jobs.get(canonicalId(id) ?? '');
    return job instanceof kind ? job : undefined;
  }

  delete({ id }: Job): void {
    this.#jobs.delete(id);
  }
}
