import { execute, parse, validate } from 'graphql';
import type { ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { Org, User } from '../../org.ts';
import type { Context } from './connection.ts';

export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null;
  readonly operationName?: string;
}

/** Salesforce answers 200 whatever went wrong, always with `errors`, and names the kind of each error. */
export interface GraphQLAnswer {
  readonly data: unknown;
  readonly errors: readonly object[];
}

export function answer(schema: GraphQLSchema, org: Org, user: User, request?: Partial<GraphQLRequest>): GraphQLAnswer {
  let document;
  try {
    document = parse(request?.query ?? '');
  } catch (error) {
    return refused('InvalidSyntax', [error as GraphQLError]);
  }
  const problems = validate(schema, document);
  if (problems.length) return refused('ValidationError', problems);
  const variables = request?.variables ?? {};
  const result = execute({
    schema,
    document,
    variableValues: variables,
    operationName: request?.operationName,
    contextValue: { org, user, variables, parents: new Map() } satisfies Context,
  }) as ExecutionResult;
  return {
    data: result.data ?? null,
    errors: (result.errors ?? []).map((error) => toJson('DataFetchingException', error)),
  };
}

const refused = (kind: string, errors: readonly GraphQLError[]): GraphQLAnswer => ({
  data: null,
  errors: errors.map((error) => toJson(kind, error)),
});

const toJson = (ErrorType: string, { message, locations, path }: GraphQLError): object => ({
  message,
  locations: locations ?? [],
  paths: path ?? [],
  extensions: { ErrorType },
});
