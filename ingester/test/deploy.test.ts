import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createIngester } from '../src/ingester.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import { testConfig } from './support/config.ts';
import { keptLog } from './support/log.ts';
import { noSalesforce } from './support/no-salesforce.ts';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const names = (from: string) => new Set(from.match(/\bscoreline_\w+/g));

test('the dashboard shows every metric that /metrics has, and no other', async () => {
  const store = openSqliteStore({ folder: ':memory:', highWaterMark: 10, retryUnmatched: 1000 });
  const parts = { config: testConfig(), store, salesforce: noSalesforce, fetch, clock: Date.now, random: () => 0 };
  const ingester = createIngester({ ...parts, log: keptLog() });
  const url = await ingester.start();
  const metrics = names(await (await fetch(`${url}/metrics`)).text());
  await ingester.stop();

  const dashboard = JSON.parse(text('ingester/deploy/dashboard.json')) as {
    panels: { title: string; targets: { expr: string }[] }[];
  };
  const queries = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n');
  expect(names(queries)).toEqual(metrics);
  expect(metrics.size).toBeGreaterThan(5);
});

test('the image has the Node of package.json, copies what is there and is let in, and is not root', () => {
  const dockerfile = text('ingester/deploy/Dockerfile');
  const { devDependencies } = JSON.parse(text('package.json')) as { devDependencies: { node: string } };
  expect(dockerfile.match(/^FROM \S+/gm)).toEqual([
    `FROM node:${devDependencies.node}-slim`,
    `FROM node:${devDependencies.node}-slim`,
  ]);
  const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) => files!.split(' '));
  expect(sources.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const letIn = text('ingester/deploy/Dockerfile.dockerignore').split('\n');
  for (const path of sources) expect(letIn).toContain(`!${path}`);
  expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('FROM'));
});
