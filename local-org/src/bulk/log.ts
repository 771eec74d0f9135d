import type { Documents } from '../store/documents.ts';

/** Texts that grow at their end, kept piece by piece in the org's file. */
export class Log {
  readonly #documents: Documents;
  readonly #kind: string;

  constructor(documents: Documents, kind: string) {
    this.#documents = documents;
    this.#kind = `bulk ${kind}`;
  }

  /** Pieces are read in the order of their places; a piece written again replaces the earlier one. */
  write(id: string, place: number, piece: string): void {
    if (piece !== '') this.#documents.put(this.#kind, `${id}/${String(place).padStart(12, '0')}`, piece);
  }

  read(id: string): string {
    return (this.#documents.all(this.#kind, id) as string[]).join('');
  }

  delete(id: string): void {
    this.#documents.delete(this.#kind, id);
  }
}
