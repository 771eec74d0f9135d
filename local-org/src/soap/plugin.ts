import { XMLParser } from 'fast-xml-parser';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, NotSupported } from '../errors.ts';
import { passwordUser } from '../oauth/password.ts';
import type { Sessions } from '../oauth/sessions.ts';
import type { Org } from '../org.ts';
import { answerError } from '../rest/errors.ts';
import { isVersion } from '../rest/versions.ts';
import { elements, escapeXml } from '../xml.ts';

interface Envelope {
  readonly Header?: { readonly SessionHeader?: { readonly sessionId?: string } } | '';
  readonly Body?: { readonly login?: { readonly username?: string; readonly password?: string }; readonly logout?: '' };
}

const parser = new XMLParser({ parseTagValue: false, removeNSPrefix: true, ignoreAttributes: true });

/** `login` and `logout` of the SOAP API (partner and enterprise), for clients that have a username and a password. */
export function soap(
  app: FastifyInstance,
  { org, sessions }: { org: Org; sessions: Sessions },
  done: () => void,
): void {
  app.setErrorHandler((error, _, reply) => {
    const [{ errorCode, message }] = answerError(error).body as [{ errorCode: string; message: string }];
    const fault = { faultcode: `sf:${errorCode}`, faultstring: `${errorCode}: ${message}` };
    return answer(
      reply.code(error instanceof NotSupported ? 501 : 500),
      `<soapenv:Fault>${elements(fault)}</soapenv:Fault>`,
    );
  });

  for (const kind of ['u', 'c'])
    app.post<{ Params: { version: string } }>(`/services/Soap/${kind}/:version`, (request, reply) => {
      const { version } = request.params;
      if (!isVersion(version)) throw new ApiError(500, 'UNSUPPORTED_API_VERSION', `Invalid Api version: ${version}`);
      const { Header, Body = {} } = readEnvelope(request.body);
      if (Body.login) {
        const user = passwordUser(org, Body.login.username ?? '', Body.login.password ?? '');
        if (!user)
          throw new ApiError(500, 'INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.');
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
      if (Body.logout !== undefined) {
        if (!sessions.end((Header || {}).SessionHeader?.sessionId ?? ''))
          throw new ApiError(500, 'INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader');
        return answer(reply, response(kind, 'logout', ''));
      }
      throw new NotSupported(`the SOAP call ${Object.keys(Body)[0] ?? ''}`);
    });
  done();
}

const origin = (request: FastifyRequest) => `${request.protocol}://${request.host}`;

function readEnvelope(body: unknown): Envelope {
  const { Envelope: envelope } = parser.parse(typeof body === 'string' ? body : '') as { Envelope?: Envelope };
  return envelope ?? {};
}

const response = (kind: string, call: string, content: string) =>
  `<${call}Response xmlns="urn:${escapeXml(kind === 'u' ? 'partner' : 'enterprise')}.soap.sforce.com">${content}</${call}Response>`;

const answer = (reply: FastifyReply, body: string) =>
  reply
    .type('text/xml; charset=UTF-8')
    .send(
      `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`,
    );
