import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Sessions } from '../src/oauth/sessions.ts';
import type { Org, User } from '../src/org.ts';
import { usernames } from '../src/seed.ts';
import { appPage, loginPage, type Assets } from './html.ts';
import { readPages } from './pages.ts';

export interface LightningOptions {
  readonly org: Org;
  /** What `npm run build` made of the components: `dist/lightning`. */
  readonly files: string;
  /** The sfdx source folder with the app, its tabs and Lightning pages: the one that the org was opened with. */
  readonly source: string;
  readonly sessions: Pick<Sessions, 'start' | 'user'>;
}

const API_VERSION = '66.0';
const STATIC = '/static/lightning';
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** Lightning Experience, as far as the package's pages need it: the pages themselves and the files that draw them. */
export const lightningHost =
  ({ org, files, source, sessions }: LightningOptions) =>
  (app: FastifyInstance, _options: object, done: () => void): void => {
    const pages = readPages(source, org.schema);

    const show = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      const user = sessionUser(sessions, request);
      if (!user) return reply.redirect(`/lightning/login?${new URLSearchParams({ startURL: request.url }).toString()}`);
      const assets = readAssets(files);
      if (!assets) return reply.code(503).type('text/plain').send('The page is not built yet: run "npm run build".\n');
      return send(
        reply,
        appPage(assets, {
          apiVersion: API_VERSION,
          user: { id: user.id, name: user.name },
          permissions: org.permissions(user),
          ...pages,
        }),
      );
    };
    for (const path of ['/lightning/n/*', '/lightning/r/*', '/lightning/o/*']) app.get(path, show);

    const first = pages.app.tabs[0]?.url ?? '/lightning/o/Lead/list';
    for (const path of ['/lightning', '/lightning/page/home']) {
      app.get(path, (_request, reply) => reply.redirect(first));
    }

    app.get<{ Querystring: { startURL?: string; user?: string } }>('/lightning/login', (request, reply) => {
      const { startURL = first, user: id = '' } = request.query;
      if (!isLoopback(request)) return reply.code(403).type('text/plain').send('Log in on the machine of the org.\n');
      const user = org.user(id);
      if (!user || user.username === usernames.automatedProcess)
        return send(reply, loginPage(`${STATIC}/vendor/slds.css`, people(org), startURL));
      const query = new URLSearchParams({ sid: sessions.start(user), retURL: startURL });
      return reply.redirect(`/secur/frontdoor.jsp?${query.toString()}`);
    });

    app.get<{ Params: { folder: string; file: string } }>(`${STATIC}/:folder/:file`, (request, reply) => {
      const { folder, file } = request.params;
      const path = join(files, folder, file);
      const type = TYPES[extname(file)];
      if (!type || !/^[\w.-]+$/.test(file) || !/^(app|vendor)$/.test(folder) || !existsSync(path)) {
        return reply.code(404).send();
      }
      // The names of scripts carry a hash of their content.
      const caching = type.includes('javascript') ? 'public, max-age=31536000, immutable' : 'no-cache';
      return reply.type(type).header('cache-control', caching).send(createReadStream(path));
    });
    done();
  };

const send = (reply: FastifyReply, { html, csp }: { html: string; csp: string }): FastifyReply =>
  reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', csp)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'same-origin')
    .send(html);

/** Anybody may choose to be anybody here, so nobody may from elsewhere. */
const isLoopback = ({ ip }: FastifyRequest): boolean => /^(::1|(::ffff:)?127\.[\d.]+)$/.test(ip);

/** Read anew for each page, so that a build is seen without a restart. */
function readAssets(files: string): Assets | undefined {
  const at = (path: string): string => join(files, path);
  if (!existsSync(at('vendor/vendor.json')) || !existsSync(at('app/app.json'))) return undefined;
  const json = (path: string): unknown => JSON.parse(readFileSync(at(path), 'utf8'));
  const app = json('app/app.json') as { entry: string; preload: string[] };
  const { modules } = json('vendor/vendor.json') as { modules: Record<string, string> };
  return {
    entry: `${STATIC}/app/${app.entry}`,
    styles: `${STATIC}/vendor/slds.css`,
    preload: app.preload.map((file) => `${STATIC}/${file}`),
    imports: Object.fromEntries(Object.entries(modules).map(([name, file]) => [name, `${STATIC}/vendor/${file}`])),
  };
}

function sessionUser(sessions: LightningOptions['sessions'], request: FastifyRequest): User | undefined {
  try {
    return sessions.user(request);
  } catch {
    return undefined;
  }
}

function people(org: Org): { id: string; name: string }[] {
  const { records } = org.query(
    org.user(usernames.admin)!,
    `SELECT Id, Name FROM User WHERE IsActive = true AND Username != '${usernames.automatedProcess}' ORDER BY Name LIMIT 20`,
  );
  return records.map((record) => ({ id: String(record['Id']), name: String(record['Name']) }));
}
