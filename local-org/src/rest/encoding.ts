import { promisify } from 'node:util';
import { constants, createGunzip, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../errors.ts';

const compress = promisify(gzip);

/** Shorter answers would grow. */
const least = 1024;
/** Clients sit on the same machine: speed before size. */
const options = { level: constants.Z_BEST_SPEED };

/** Reads request bodies in gzip, and compresses answers for clients that take them. */
export function encode(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _, payload, next) => {
    const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
    if (encoding === 'identity') {
      next(null, payload);
      return;
    }
    if (encoding !== 'gzip') throw new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', `content-encoding ${encoding}`);
    const unzipped = Object.assign(createGunzip(), { receivedEncodedLength: 0 });
    payload.on('data', (chunk: Buffer) => (unzipped.receivedEncodedLength += chunk.length));
    next(null, payload.pipe(unzipped));
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < least) return payload;
    if (!/\bgzip\b/i.test(String(request.headers['accept-encoding']))) return payload;
    void reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length');
    return compress(payload, options);
  });
}
