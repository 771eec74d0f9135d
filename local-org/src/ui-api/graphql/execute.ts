import { execute, getOperationAST, OperationTypeNode, parse, validate } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { Org, User } from '../../org.ts';
import type { Context } from './connection.ts';
import { noOperations } from './mutation.ts';
import { withoutMissing } from './optional.ts';

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
  let document: DocumentNode;
  try {
    document = withoutMissing(schema, parse(request?.query ?? ''));
  } catch (error) {
    return refused('InvalidSyntax', [error as GraphQLError]);
  }
  const problems = validate(schema, document);
  if (problems.length) return refused('ValidationError', problems);
  const context: Context = {
    org,
    user,
    variables: request?.variables ?? {},
    parents: new Map(),
    operations: noOperations(),
  };
  const run = () =>
    execute({
      schema,
      document,
      variableValues: context.variables,
      operationName: request?.operationName,
      contextValue: context,
    }) as ExecutionResult;
  const mutates = getOperationAST(document, request?.operationName)?.operation === OperationTypeNode.MUTATION;
  const { data, errors = [] } = mutates ? allOrNone(org, context, run) : run();
  const kind = data === undefined ? 'ValidationError' : 'DataFetchingException';
  return { data: data ?? null, errors: errors.map((error) => toJson(kind, error)) };
}

/** Runs a mutation in one transaction, which keeps nothing where an operation failed and all depend on each other. */
function allOrNone(org: Org, { operations }: Context, run: () => ExecutionResult): ExecutionResult {
  let result: ExecutionResult = {};
  try {
    org.transaction(() => {
      result = run();
      if (operations.failed && operations.allOrNone) throw new Undo();
    });
    return result;
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
    const done = result.data?.['uiapi'] ?? {};
    const undone = Object.fromEntries(Object.keys(done).map((alias) => [alias, null]));
    return { ...result, data: { uiapi: undone } };
  }
}

class Undo extends Error {}

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
