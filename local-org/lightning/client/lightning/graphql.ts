import { rest } from 'host/rest';
import { fetchingWire } from 'host/wire';

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

/** Runs a mutation; what fails is in `errors`, as with queries. */
export async function executeMutation({
  query,
  variables,
  operationName,
}: Config): Promise<{ data?: unknown; errors?: unknown[] }> {
  try {
    const answer = await rest<Answer>('/graphql', 'POST', { query: query?.text, variables, operationName });
    return answer.errors.length ? answer : { data: answer.data };
  } catch (error) {
    return { errors: [error] };
  }
}

/** Wire adapter: `{ data, errors, refresh }` of a query. */
export const graphql = fetchingWire<Config, Answer, Value>({
  isComplete: ({ query }) => query !== undefined,
  fetch: ({ query, variables, operationName }) =>
    rest('/graphql', 'POST', { query: query?.text, variables, operationName }),
  value: (answer, error, refresh) => {
    if (!answer && !error) return {};
    const errors = answer ? answer.errors : [error];
    return errors.length ? { errors, refresh } : { data: answer?.data, refresh };
  },
});
