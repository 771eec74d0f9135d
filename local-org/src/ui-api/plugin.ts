import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError, NotSupported } from '../errors.ts';
import type { Org, User } from '../org.ts';
import type { GraphQLSchema } from 'graphql';
import type { Row, Schema } from '../schema/types.ts';
import { answer } from './graphql/execute.ts';
import type { GraphQLRequest } from './graphql/execute.ts';
import { buildGraphQLSchema } from './graphql/schema.ts';
import { objectInfo } from './object-info.ts';
import { readRecord, RecordError, updateRecord } from './records.ts';

export interface UiApiOptions {
  readonly org: Org;
  /** Who calls; throws the ApiError of a missing session. */
  readonly user: (request: Pick<FastifyRequest, 'headers'>) => User;
}

interface RecordRoute {
  Params: { id: string };
  Querystring: { fields?: string; optionalFields?: string };
}

/** GraphQL and UI API, under `/services/data/vXX.0`: what Lightning components read and write through. */
export function uiApi(app: FastifyInstance, { org, user }: UiApiOptions, done: () => void): void {
  const schemas = new WeakMap<Schema['objects'], GraphQLSchema>();
  const schemaOf = (seen: Schema): GraphQLSchema => {
    const schema = schemas.get(seen.objects) ?? buildGraphQLSchema(seen);
    schemas.set(seen.objects, schema);
    return schema;
  };

  app.post<{ Body: GraphQLRequest }>('/graphql', (request) => {
    const caller = user(request);
    const seen = org.as(caller);
    return answer(schemaOf(seen.schema), seen, caller, request.body);
  });

  app.get<RecordRoute>('/ui-api/records/:id', (request) => {
    const { fields, optionalFields } = request.query;
    const caller = user(request);
    return readRecord(org.as(caller), caller, request.params.id, list(fields), list(optionalFields));
  });

  app.patch<RecordRoute & { Body: { fields?: Row } }>('/ui-api/records/:id', (request, reply) => {
    try {
      const caller = user(request);
      return updateRecord(org.as(caller), caller, request.params.id, request.body.fields ?? {});
    } catch (error) {
      if (error instanceof RecordError) return reply.code(error.status).send(error.body);
      throw error;
    }
  });

  app.get<{ Params: { object: string } }>('/ui-api/object-info/:object', (request) => {
    const object = org.as(user(request)).schema.object(request.params.object);
    if (!object) throw new ApiError(404, 'NOT_FOUND', `Object ${request.params.object} was not found`);
    return objectInfo(object);
  });

  app.all('/ui-api/*', (request: FastifyRequest) => {
    throw new NotSupported(`${request.method} ${request.url.split('?')[0]!}`);
  });
  done();
}

const list = (names = ''): string[] => names.split(',').filter(Boolean);
