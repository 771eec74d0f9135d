type Emit<Value> = (value: Value) => void;

export interface Result<Data> {
  data?: Data;
  error?: unknown;
}

/**
 * A wire adapter that fetches. It emits undefined at once, fetches when its configuration is complete, drops an answer
 * that a newer request has overtaken, and emits only what differs from the last value, as Lightning Data Service does.
 */
export abstract class FetchingWire<Config, Data, Value = Result<Data>> {
  /** The adapters of the components on the page. */
  static readonly live = new Set<{ refetch(): Promise<void> }>();

  config?: Config;
  readonly #emit: Emit<Value>;
  #request = 0;
  #last?: string;

  constructor(emit: Emit<Value>) {
    this.#emit = emit;
    emit(this.value());
  }

  /** Whether all that the request needs is known. */
  abstract isComplete(config: Config): boolean;
  abstract fetch(config: Config): Promise<Data>;
  abstract value(data?: Data, error?: unknown): Value;

  connect(): void {
    FetchingWire.live.add(this);
  }

  disconnect(): void {
    FetchingWire.live.delete(this);
    this.#request++;
  }

  update(config: Config): void {
    this.config = config;
    this.#last = undefined;
    void this.refetch();
  }

  async refetch(): Promise<void> {
    const { config } = this;
    if (!config || !this.isComplete(config)) return;
    const request = ++this.#request;
    const [data, error] = await this.fetch(config).then(
      (data) => [data, undefined] as const,
      (error: unknown) => [undefined, error] as const,
    );
    const text = JSON.stringify(data ?? { error });
    if (request !== this.#request || text === this.#last) return;
    this.#last = text;
    this.#emit(this.value(data, error));
  }
}
