import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { ApiError, NotSupported } from '../errors.ts';
import type { Org, User } from '../org.ts';
import { answerError } from '../rest/errors.ts';
import type { Schema } from '../schema/types.ts';
import { answer } from './graphql/execute.ts';
import type { GraphQLRequest } from './graphql/execute.ts';
import { buildGraphQLSchema } from './graphql/schema.ts';
import { RecordError } from './record-error.ts';
import { routes } from './routes.ts';
import type { UiCall } from './routes.ts';

export interface UiApiOptions {
  readonly org: Org;
  /** Who calls; throws the ApiError of a missing session. */
  readonly user: (request: Pick<FastifyRequest, 'headers'>) => User;
}

/** GraphQL and UI API, under `/services/data/vXX.0`: what Lightning components read and write through. */
export function uiApi(app: FastifyInstance, { org, user }: UiApiOptions, done: () => void): void {
  const schemas = new WeakMap<Schema['objects'], GraphQLSchema>();
  const schemaOf = (seen: Schema): GraphQLSchema => {
    const schema = schemas.get(seen.objects) ?? buildGraphQLSchema(seen);
    schemas.set(seen.objects, schema);
    return schema;
  };

  app.setErrorHandler((error, _, reply) => {
    if (error instanceof RecordError) return reply.code(error.status).send(error.body);
    const { status, body } = answerError(error);
    return reply.code(status).send(body);
  });

  app.post<{ Body: GraphQLRequest }>('/graphql', (request) => {
    const caller = user(request);
    const seen = org.as(caller);
    return answer(schemaOf(seen.schema), seen, caller, request.body);
  });

  for (const { method, url, handle } of routes)
    app.route({
      method,
      url: `/ui-api${url}`,
      handler: (request, reply) => {
        const caller = user(request);
        const { version, ...params } = request.params as Record<string, string>;
        const { query, body, headers } = request as FastifyRequest<{ Querystring: UiCall['query'] }>;
        const call = { org: org.as(caller), user: caller, version: version!, params, query, headers };
        const result = handle({ ...call, body: body ?? {} });
        if (result === undefined) return reply.code(204).send();
        return reply.code(method === 'POST' && url === '/records' ? 201 : 200).send(result);
      },
    });

  app.all('/ui-api/*', (request: FastifyRequest) => {
    throw new NotSupported(`${request.method} ${request.url.split('?')[0]!}`);
  });
  app.get('/graphql', () => {
    throw new ApiError(405, 'METHOD_NOT_ALLOWED', "HTTP Method 'GET' not allowed. Allowed are POST");
  });
  done();
}
