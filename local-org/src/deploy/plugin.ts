import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import type { User } from '../org.ts';
import { formParts } from '../rest/form-parts.ts';
import { notFound } from '../rest/request.ts';
import { isVersion } from '../rest/versions.ts';
import type { Deployments } from './deployments.ts';
import { readDeployOptions } from './options.ts';
import { deployResult } from './result.ts';
import type { Deployment } from './result.ts';

export interface DeployPluginOptions {
  readonly deployments: Deployments;
  readonly user: (request: Pick<FastifyRequest, 'headers'>) => User;
}

type DeployRequest = FastifyRequest<{
  Params: { version: string; id?: string };
  Querystring: { includeDetails?: string };
  Body: ReadonlyMap<string, Buffer> | undefined;
}>;

/** Deployments over REST: `metadata/deployRequest`. */
export function deployPlugin(app: FastifyInstance, { deployments, user }: DeployPluginOptions, done: () => void): void {
  const multipart = 'multipart/form-data';
  if (app.hasContentTypeParser(multipart)) app.removeContentTypeParser(multipart);
  app.addContentTypeParser<Buffer>(multipart, { parseAs: 'buffer' }, ({ headers }, body, parsed) => {
    parsed(null, formParts(body, headers['content-type']));
  });

  const caller = (request: DeployRequest): User => {
    if (!isVersion(request.params.version.replace(/^v/, ''))) throw notFound();
    return user(request);
  };
  const path = '/services/data/:version/metadata/deployRequest';
  app.post(path, (request: DeployRequest, reply) => {
    const by = caller(request);
    const archive = request.body?.get('file');
    if (!archive) throw missing('a part "file" with the zip archive');
    const deployment = deployments.start(by, archive, readDeployOptions(optionsOf(request.body!)));
    return reply.code(201).send(answer(deployment, false));
  });
  app.get(`${path}/:id`, (request: DeployRequest) => {
    caller(request);
    const deployment = deployments.find(request.params.id!);
    if (!deployment) throw notFound();
    return answer(deployment, request.query.includeDetails === 'true');
  });
  done();
}

const answer = (deployment: Deployment, details: boolean) => ({
  id: deployment.id,
  validatedDeployRequestId: null,
  deployOptions: deployment.options,
  deployResult: deployResult(deployment, { details }),
});

/** `{"deployOptions": {...}}` */
function optionsOf(form: ReadonlyMap<string, Buffer>): Record<string, unknown> {
  try {
    const text = String(form.get('entity_content') ?? form.get('json'));
    const { deployOptions } = JSON.parse(text) as { deployOptions?: Record<string, unknown> };
    if (deployOptions) return deployOptions;
  } catch {
    // told below
  }
  throw missing('a part "entity_content" with {"deployOptions": {...}} as JSON');
}

const missing = (what: string) => new ApiError(400, 'INVALID_MULTIPART_REQUEST', `The request lacks ${what}`);
