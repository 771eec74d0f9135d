import { rest } from 'host/rest';
import { FetchingWire } from 'host/wire';

interface Config {
  query?: { text: string };
  variables?: Record<string, unknown>;
  operationName?: string;
}

interface Answer {
  data?: unknown;
  errors: unknown[];
}

interface Value {
  data?: unknown;
  errors?: unknown[];
  refresh?: () => Promise<void>;
}

export function gql(text: TemplateStringsArray, ...values: unknown[]): { text: string } {
  return { text: String.raw({ raw: text }, ...values) };
}

const send = ({ query, variables, operationName }: Config): Promise<Answer> =>
  rest('/graphql', 'POST', { query: query?.text, variables, operationName });

/** Wire adapter: `{ data, errors, refresh }` of a query. */
export class graphql extends FetchingWire<Config, Answer, Value> {
  isComplete({ query }: Config): boolean {
    return query !== undefined;
  }

  fetch(config: Config): Promise<Answer> {
    return send(config);
  }

  value(answer?: Answer, error?: unknown): Value {
    if (!answer && !error) return { data: undefined, errors: undefined };
    const errors = answer ? answer.errors : [error];
    return {
      data: errors.length ? undefined : answer?.data,
      errors: errors.length ? errors : undefined,
      refresh: () => this.refetch(),
    };
  }
}
