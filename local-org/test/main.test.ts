import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forceApp } from './support/server.ts';

const main = new URL('../src/main.ts', import.meta.url).pathname;
const run = (...args: string[]) =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function fails(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const child = run(...args);
  const [[code], said] = (await Promise.all([once(child, 'exit'), child.stderr.toArray()])) as [[number], Buffer[]];
  return { code, lines: Buffer.concat(said).toString().trim().split('\n') };
}

test('starts on a free port, says where, and ends at SIGTERM', async () => {
  const child = run('--source', forceApp, '--port', '0');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const [, url] = /ready at (http:\/\/127\.0\.0\.1:\d+)/.exec(line.toString())!;
  expect((await fetch(`${url!}/services/data`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('says in one line why it cannot start', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const told = await Promise.all([
    fails('--source', '/nowhere'),
    fails('--source', forceApp, '--port', String(port)),
    fails('--source', forceApp, '--port', 'http'),
    fails('--source', forceApp, '--daily-api-requests', '0'),
    fails('--source', forceApp, '--data', `${main}/org.db`),
  ]);
  taken.close();
  expect(told.map(({ code, lines }) => [code, lines.length])).toEqual(told.map(() => [1, 1]));
  expect(told.map(({ lines }) => lines[0])).toEqual([
    'local-org: /nowhere is not a folder; name an sfdx source folder such as force-app',
    `local-org: port ${port} is in use; choose another with --port`,
    'local-org: --port http: a number up to 65535 is expected',
    'local-org: --daily-api-requests 0: a number from 1 is expected',
    expect.stringContaining(`local-org: cannot write ${main}/org.db: `),
  ]);
});

test('leaves out what it cannot keep to and names it; with --strict it does not open', async () => {
  const source = await mkdtemp(join(tmpdir(), 'main-'));
  try {
    await mkdir(join(source, 'objects/Big__b'), { recursive: true });
    await writeFile(
      join(source, 'objects/Big__b/Big__b.object-meta.xml'),
      '<CustomObject><label>Big</label></CustomObject>',
    );
    const child = run('--source', source, '--port', '0');
    const said = once(child.stderr, 'data') as Promise<[Buffer]>;
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    expect(line.toString()).toContain('ready at');
    expect((await said)[0].toString()).toMatch(/^local-org: left out: .*Big__b/);
    child.kill('SIGTERM');
    await once(child, 'exit');
    const { code, lines } = await fails('--source', source, '--port', '0', '--strict');
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain('Big__b');
  } finally {
    await rm(source, { recursive: true });
  }
});
