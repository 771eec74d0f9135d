import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance } from 'fastify';

const origins = new AsyncLocalStorage<string>();

/** The API call that the work under way is done for, as change events say it; empty where no call asked for it. */
export const changeOrigin = () => origins.getStore() ?? '';

/** Remembers with each API call what it is, so that the changes it makes can say so. */
export function trackChangeOrigin(app: FastifyInstance): void {
  app.addHook('preHandler', (request, _, next) => {
    const origin = originOf(request.url, request.headers['sforce-call-options']);
    if (origin === undefined) next();
    else origins.run(origin, next);
  });
}

/** Bulk jobs go on after the call that started them, and keep its origin. */
function originOf(url: string, callOptions: string | string[] | undefined): string | undefined {
  const [, api, version] = /^\/services\/(data|async|Soap\/\w)\/v?(\d+\.\d)/i.exec(url) ?? [];
  if (api === undefined) return undefined;
  const name = api.startsWith('Soap') ? 'soap' : api === 'async' || url.includes('/jobs/') ? 'bulkapi' : 'rest';
  const client = /(?:^|[,;]\s*)client=([^,;]*)/i.exec(String(callOptions ?? ''))?.[1]?.trim();
  return `com/salesforce/api/${name}/${version!}${client ? `;client=${client}` : ''}`;
}
