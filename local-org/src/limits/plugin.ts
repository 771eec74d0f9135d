import type { FastifyInstance } from 'fastify';
import { ApiError } from '../errors.ts';
import type { ApiCalls } from './api-calls.ts';

/** Bytes of an address, and of an address with all headers, that Salesforce takes. */
const mostBytes = 16_384;

/** Headers that Node reads before this plugin can refuse them. */
export const maxHeaderSize = 4 * mostBytes;

const isApi = (url: string) => /^\/services\/(data|async|Soap)\//i.test(url);

/** Holds calls to the size of an address, and says in each REST answer how many calls were made. */
export function limitCalls(app: FastifyInstance, calls: ApiCalls): void {
  app.addHook('onRequest', (request, _, next) => {
    const uri = Buffer.byteLength(request.raw.url!);
    if (uri > mostBytes) throw new ApiError(414, 'URI_TOO_LONG', `the URI exceeds ${mostBytes} bytes`);
    const headers = request.raw.rawHeaders.reduce((bytes, text) => bytes + Buffer.byteLength(text), uri);
    if (headers > mostBytes)
      throw new ApiError(431, 'REQUEST_HEADER_FIELDS_TOO_LARGE', `URI and headers exceed ${mostBytes} bytes`);
    if (isApi(request.url)) calls.started(request);
    next();
  });
  app.addHook('onSend', (request, reply, payload, next) => {
    if (/^\/services\/data\/./.test(request.url) && reply.statusCode !== 401)
      void reply.header('sforce-limit-info', calls.usage);
    next(null, payload);
  });
  app.addHook('onResponse', (request, _, next) => {
    calls.ended(request);
    next();
  });
  app.addHook('onRequestAbort', (request, next) => {
    calls.ended(request);
    next();
  });
}
