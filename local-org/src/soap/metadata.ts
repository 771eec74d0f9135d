import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deployments } from '../deploy/deployments.ts';
import { readDeployOptions } from '../deploy/options.ts';
import { deployResult } from '../deploy/result.ts';
import { ApiError, NotSupported } from '../errors.ts';
import type { ApiCalls } from '../limits/api-calls.ts';
import type { Sessions } from '../oauth/sessions.ts';
import type { User } from '../org.ts';
import { isVersion } from '../rest/versions.ts';
import { toXml } from '../xml.ts';
import { answer, answerFaults, readEnvelope } from './envelope.ts';
import { children, flag, text } from './node.ts';
import type { Node } from './node.ts';

interface MetadataCall {
  readonly deployments: Deployments;
  readonly user: User;
  readonly node: Node;
}

/** The calls of the Metadata API that the local org has; each answers its result. */
const metadataCalls: Readonly<Record<string, (call: MetadataCall) => object>> = {
  deploy: ({ deployments, user, node }) => {
    const [options = ''] = children(node, 'DeployOptions');
    const given = typeof options === 'object' ? options : {};
    const archive = Buffer.from(text(node, 'ZipFile') ?? '', 'base64');
    const { id } = deployments.start(user, archive, readDeployOptions(given));
    return { done: false, id, state: 'Queued' };
  },
  checkDeployStatus: ({ deployments, node }) => {
    const id = text(node, 'asyncProcessId') ?? '';
    const deployment = deployments.find(id);
    if (!deployment) throw new ApiError(500, 'INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: ${id}`);
    return deployResult(deployment, { details: flag(node, 'includeDetails') });
  },
};

/** The Metadata API over SOAP: deployments. */
export function soapMetadata(
  app: FastifyInstance,
  { deployments, sessions, calls }: { deployments: Deployments; sessions: Sessions; calls: ApiCalls },
  done: () => void,
): void {
  answerFaults(app);
  const handle = (request: FastifyRequest<{ Params: { version: string } }>, reply: FastifyReply) => {
    const { version } = request.params;
    if (!isVersion(version)) throw new ApiError(500, 'UNSUPPORTED_API_VERSION', `Invalid Api version: ${version}`);
    const { header, call, node } = readEnvelope(request.body);
    const user = sessions.find(text(children(header, 'SessionHeader')[0] ?? '', 'sessionId') ?? '');
    if (!user) throw new ApiError(500, 'INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader');
    calls.count();
    const run = metadataCalls[call];
    if (!run) throw new NotSupported(`the call ${call} of the Metadata API`);
    const result = toXml('result', run({ deployments, user, node }));
    return answer(
      reply,
      `<${call}Response xmlns="http://soap.sforce.com/2006/04/metadata">${result}</${call}Response>`,
    );
  };
  // A login answers the address with the org's ID behind the version.
  for (const url of ['/services/Soap/m/:version', '/services/Soap/m/:version/:org']) app.post(url, handle);
  done();
}
