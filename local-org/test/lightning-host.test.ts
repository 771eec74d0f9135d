import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lightningHost } from '../lightning/host.ts';
import type { PageModel } from '../lightning/page-model.ts';
import { openOrg } from '../src/open.ts';
import { createServer } from '../src/server.ts';

const source = fileURLToPath(new URL('../../force-app', import.meta.url));
const files = mkdtempSync(join(tmpdir(), 'lightning-'));
const org = openOrg({ source, clock: Date.now });
const rep = org.user('robin.reed@local-org.example')!;
const server = createServer(org);
let address = '';

const get = (path: string, cookie = '') => fetch(address + path, { redirect: 'manual', headers: { cookie } });
const build = () => {
  for (const folder of ['app', 'vendor']) mkdirSync(join(files, folder), { recursive: true });
  writeFileSync(join(files, 'app/app.json'), '{"entry":"main-1.js","preload":["vendor/lwc-1.js"]}');
  writeFileSync(join(files, 'app/main-1.js'), 'export {};');
  writeFileSync(join(files, 'vendor/vendor.json'), '{"modules":{"lwc":"lwc-1.js"},"shared":[]}');
};
const modelIn = (html: string) =>
  JSON.parse(/<script type="application\/json" id="page">(.*?)<\/script>/.exec(html)![1]!) as PageModel;

beforeAll(async () => {
  await server.register(lightningHost({ org, sessions: server.sessions, files, source }));
  address = await server.listen({ port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
  await server.close();
  org.close();
  rmSync(files, { recursive: true });
});

test('without a session it leads through the login to the page asked for', async () => {
  const path = '/lightning/r/Lead/00Q000000000001EAA/view';
  const login = (await get(path)).headers.get('location')!;
  expect(login).toBe(`/lightning/login?startURL=${encodeURIComponent(path)}`);
  expect(await (await get(login)).text()).toContain('Log in as Robin Reed');

  const frontDoor = (await get(`${login}&user=${rep.id}`)).headers.get('location')!;
  const entered = await get(frontDoor);
  expect(entered.headers.get('location')).toBe(path);
  const cookie = entered.headers.get('set-cookie')!.split(';')[0];
  build();
  const page = await get(path, cookie);
  expect(page.status).toBe(200);
  expect(modelIn(await page.text()).user).toEqual({ id: rep.id, name: 'Robin Reed' });
});

test('the page carries the app, its tabs and the Lightning pages', async () => {
  build();
  const model = modelIn(await (await get('/lightning/n/Leads_by_Score', session())).text());
  expect(model.app.label).toBe('Scoreline');
  expect(model.app.tabs.slice(0, 2)).toEqual([
    {
      name: 'Leads_by_Score',
      label: 'Leads by Score',
      url: '/lightning/n/Leads_by_Score',
      flexipage: 'Leads_by_Score',
    },
    { name: 'standard-Lead', label: 'Leads', url: '/lightning/o/Lead/list', object: 'Lead' },
  ]);
  expect(model.recordPages).toMatchObject({ Lead: 'Lead_Record_Page' });
  const regions = model.flexipages['Lead_Record_Page']!.regions.map(({ name, components }) => [
    name,
    ...components.map((component) => component.name),
  ]);
  expect(regions).toEqual([
    ['header', 'force:highlightsPanel'],
    ['main', 'force:detailPanel', 'c:engagementTimeline'],
    ['sidebar', 'c:scoreCard', 'runtime_sales_activities:activityPanel'],
  ]);
});

test('scripts run only from files, and from the import map by its hash', async () => {
  build();
  const page = await get('/lightning/n/Leads_by_Score', session());
  const importMap = /<script type="importmap">(.*?)<\/script>/.exec(await page.text())![1]!;
  const hash = createHash('sha256').update(importMap).digest('base64');
  expect(JSON.parse(importMap)).toEqual({ imports: { lwc: '/static/lightning/vendor/lwc-1.js' } });
  expect(page.headers.get('content-security-policy')).toContain(`script-src 'self' 'sha256-${hash}';`);
});

test('it leads from /lightning to the first tab', async () => {
  expect((await get('/lightning')).headers.get('location')).toBe('/lightning/n/Leads_by_Score');
});

test('before the build it says what to do', async () => {
  rmSync(join(files, 'app'), { recursive: true, force: true });
  const answer = await get('/lightning/n/Leads_by_Score', session());
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('npm run build');
});

test.each([
  ['/static/lightning/app/main-1.js', 200],
  ['/static/lightning/app/app.json', 404],
  ['/static/lightning/app/nothing.js', 404],
  ['/static/lightning/app/..%2f..%2fpackage.js', 404],
  ['/static/lightning/..%2fapp/main-1.js', 404],
])('%s: %i', async (path, status) => {
  build();
  expect((await get(path)).status).toBe(status);
});

const session = () => `sid=${server.sessions.start(rep)}`;
