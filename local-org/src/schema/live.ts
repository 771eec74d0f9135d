import type { Schema } from './types.ts';

/** The schema of a running org: a deployment replaces it under everything that holds it. */
export class LiveSchema implements Schema {
  #current: Schema;

  constructor(schema: Schema) {
    this.#current = schema;
  }

  /** As it is now; the next deployment makes another. */
  get current(): Schema {
    return this.#current;
  }

  replace(schema: Schema): void {
    this.#current = schema;
  }

  get objects(): Schema['objects'] {
    return this.#current.objects;
  }

  object(name: string): ReturnType<Schema['object']> {
    return this.#current.object(name);
  }

  ofId(id: string): ReturnType<Schema['ofId']> {
    return this.#current.ofId(id);
  }
}
