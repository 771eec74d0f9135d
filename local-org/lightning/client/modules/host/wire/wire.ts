export interface Result<Data> {
  data?: Data;
  error?: unknown;
}

export interface Source<Config, Data, Value> {
  /** Whether all that the request needs is known. */
  isComplete: (config: Config) => boolean;
  fetch: (config: Config) => Promise<Data>;
  /** What components are handed: before the first answer neither data nor error is there. */
  value: (data: Data | undefined, error: unknown, refetch: () => Promise<void>) => Value;
}

/**
 * A wire adapter that fetches. It emits at once, fetches when its configuration is complete, drops an answer that a newer
 * request has overtaken, and emits only what differs from the last answer, as Lightning Data Service does.
 */
export function fetchingWire<Config, Data, Value>({ isComplete, fetch, value }: Source<Config, Data, Value>) {
  return class Wire {
    /** Those of the components on the page. */
    static readonly live = new Set<Wire>();

    config?: Config;
    readonly emit: (value: Value) => void;
    request = 0;
    last?: string;

    constructor(emit: (value: Value) => void) {
      this.emit = emit;
      emit(value(undefined, undefined, () => this.refetch()));
    }

    connect(): void {
      Wire.live.add(this);
    }

    disconnect(): void {
      Wire.live.delete(this);
      this.request++;
    }

    update(config: Config): void {
      this.config = config;
      this.last = undefined;
      void this.refetch();
    }

    async refetch(): Promise<void> {
      const { config } = this;
      if (!config || !isComplete(config)) return;
      const request = ++this.request;
      const { data, error } = await settled(fetch(config));
      const text = JSON.stringify(data ?? { error });
      if (request !== this.request || text === this.last) return;
      this.last = text;
      this.emit(value(data, error, () => this.refetch()));
    }
  };
}

/** The value of most adapters. */
export const dataOrError = <Data>(data: Data | undefined, error: unknown): Result<Data> => ({ data, error });

const settled = <Data>(promise: Promise<Data>): Promise<Result<Data>> =>
  promise.then(
    (data) => ({ data }),
    (error: unknown) => ({ error }),
  );
