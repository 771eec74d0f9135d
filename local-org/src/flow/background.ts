/** Work that no call waits for: each job in a turn of its own, in the order of arrival. */
export class Background {
  readonly #jobs: (() => void)[] = [];
  #waiting: (() => void)[] = [];
  #closed = false;

  /** The job handles its own failures. */
  push(job: () => void): void {
    if (this.#closed) return;
    this.#jobs.push(job);
    if (this.#jobs.length === 1) this.#soon();
  }

  /** Resolves when nothing is left to do. */
  settled(): Promise<void> {
    if (this.#jobs.length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  close(): void {
    this.#closed = true;
    this.#jobs.length = 0;
    this.#idle();
  }

  #soon(): void {
    setImmediate(() => {
      const job = this.#jobs[0];
      if (!job) return;
      try {
        job();
      } finally {
        this.#jobs.shift();
        if (this.#jobs.length > 0) this.#soon();
        else this.#idle();
      }
    });
  }

  #idle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
