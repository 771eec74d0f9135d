import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError, NotSupported } from '../errors.ts';
import type { ApiCalls } from '../limits/api-calls.ts';
import { passwordUser } from '../oauth/password.ts';
import type { Sessions } from '../oauth/sessions.ts';
import type { Org } from '../org.ts';
import { isVersion } from '../rest/versions.ts';
import { elements, escapeXml } from '../xml.ts';
import { calls as sessionCalls } from './calls/calls.ts';
import { answer, answerFaults, readEnvelope } from './envelope.ts';
import { children, flag, text } from './node.ts';

/** The SOAP API (partner and enterprise): `login` and `logout`, and the calls of `calls/`, which need a session. */
export function soap(
  app: FastifyInstance,
  { org, sessions, calls }: { org: Org; sessions: Sessions; calls: ApiCalls },
  done: () => void,
): void {
  answerFaults(app);
  for (const kind of ['u', 'c'])
    app.post<{ Params: { version: string } }>(`/services/Soap/${kind}/:version`, (request, reply) => {
      const { version } = request.params;
      if (!isVersion(version)) throw new ApiError(500, 'UNSUPPORTED_API_VERSION', `Invalid Api version: ${version}`);
      const { header, call, node } = readEnvelope(request.body);
      if (call === 'login') {
        const user = passwordUser(org, text(node, 'username') ?? '', text(node, 'password') ?? '');
        if (!user)
          throw new ApiError(500, 'INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.');
        calls.count();
        const base = origin(request);
        const result = elements({
          metadataServerUrl: `${base}/services/Soap/m/${version}/${org.id}`,
          passwordExpired: 'false',
          sandbox: 'false',
          serverUrl: `${base}/services/Soap/${kind}/${version}/${org.id}`,
          sessionId: sessions.start(user),
          userId: user.id,
        });
        const info = elements({
          organizationId: org.id,
          userEmail: user.email,
          userFullName: user.name,
          userId: user.id,
        });
        return answer(reply, response(kind, 'login', `<result>${result}<userInfo>${info}</userInfo></result>`));
      }
      const run = sessionCalls[call];
      if (!run && call !== 'logout') throw new NotSupported(`the SOAP call ${call}`);
      const sessionId = text(children(header, 'SessionHeader')[0] ?? '', 'sessionId') ?? '';
      const user = sessions.find(sessionId);
      if (!user) throw new ApiError(500, 'INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader');
      if (!run) {
        sessions.end(sessionId);
        return answer(reply, response(kind, 'logout', ''));
      }
      calls.count();
      const options = { allOrNone: flag(children(header, 'AllOrNoneHeader')[0] ?? '', 'allOrNone') };
      return answer(reply, response(kind, call, run({ org, user, node, options })));
    });
  done();
}

const origin = (request: FastifyRequest) => `${request.protocol}://${request.host}`;

const response = (kind: string, call: string, content: string) =>
  `<${call}Response xmlns="urn:${escapeXml(kind === 'u' ? 'partner' : 'enterprise')}.soap.sforce.com">${content}</${call}Response>`;
