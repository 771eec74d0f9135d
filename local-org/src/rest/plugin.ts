import type { FastifyInstance, FastifyRequest } from 'fastify';
import { faultOf } from '../faults/plugin.ts';
import { rowFault } from '../faults/row-failure.ts';
import type { Jobs } from '../bulk/jobs.ts';
import { bulkIngest } from './bulk-ingest.ts';
import { bulkQuery } from './bulk-query.ts';
import { notFound } from './request.ts';
import { collections } from './collections.ts';
import { composite } from './composite.ts';
import { describes } from './describe.ts';
import { flowActions } from './flow-actions.ts';
import { externalIds } from './external-id.ts';
import { pushes } from './push.ts';
import { graph } from './graph.ts';
import { batch } from './batch.ts';
import { trees } from './tree.ts';
import { layoutRoutes } from './layouts.ts';
import { listViewRoutes } from './list-views.ts';
import { recentRoutes } from './recent.ts';
import { replication } from './replication.ts';
import { searches } from './search.ts';
import { tabRoutes } from './tabs.ts';
import { limits } from './limits.ts';
import { queries } from './query.ts';
import { answerError } from './errors.ts';
import type { Reply } from './route.ts';
import { router } from './router.ts';
import type { Match } from './router.ts';
import { sobjects } from './sobject.ts';
import { isVersion, resources, versions } from './versions.ts';
import type { Allowances } from '../limits/allowances.ts';
import type { ApiCalls } from '../limits/api-calls.ts';
import type { Org, User } from '../org.ts';

export interface RestOptions {
  readonly org: Org;
  readonly user: (request: Pick<FastifyRequest, 'headers'>) => User;
  readonly calls: ApiCalls;
  readonly allowances: Allowances;
  readonly jobs: Jobs;
}

type VersionedRequest = FastifyRequest<{
  Params: { version: string; '*'?: string };
  Querystring: Record<string, string>;
}>;

/** `/services/data` and all below it. */
export function rest(
  app: FastifyInstance,
  { org, user, calls, allowances, jobs }: RestOptions,
  done: () => void,
): void {
  const find: (method: string, path: string) => Match = router([
    ...resources,
    ...limits,
    ...queries,
    ...describes,
    ...flowActions,
    ...layoutRoutes,
    ...listViewRoutes,
    ...recentRoutes,
    ...pushes,
    ...replication,
    ...searches,
    ...tabRoutes,
    ...sobjects,
    ...externalIds,
    ...collections,
    ...bulkIngest(jobs),
    ...bulkQuery(jobs),
    ...trees,
    ...graph((method, path) => find(method, path)),
    ...batch((method, path) => find(method, path)),
    ...composite((method, path) => find(method, path)),
  ]);
  const answer = (request: VersionedRequest): Reply => {
    const version = request.params.version.replace(/^v/, '');
    const path = request.raw.url!.split('?')[0]!.slice(`/services/data/v${version}`.length) || '/';
    if (!isVersion(version)) throw notFound();
    const caller = user(request);
    const fault = faultOf(request);
    const { route, params } = find(request.method, path);
    const { query, body, headers, protocol, host } = request;
    return route.handle({
      org: org.as(caller),
      user: caller,
      version,
      params,
      query,
      body,
      headers,
      origin: `${protocol}://${host}`,
      calls,
      allowances,
      rowFault: fault && rowFault(fault),
    });
  };

  app.get('/services/data', () => versions);
  for (const url of ['/services/data/:version', '/services/data/:version/*'])
    app.all(url, (request, reply) => {
      const { status, body, headers = {} } = answered(() => answer(request as VersionedRequest));
      return reply.code(status).headers(headers).send(body);
    });
  done();
}

function answered(work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    return answerError(error);
  }
}
