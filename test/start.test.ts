import { afterEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/program.ts';

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
}

/** Started by the test in progress; a test that fails leaves nothing running. */
const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGINT');
    await once(child, 'exit');
  }
});

function start(...args: string[]): Run {
  const program = ['--disable-warning=ExperimentalWarning', join(root, 'scripts/start.ts')];
  const child = spawn(process.execPath, [...program, ...args]);
  started.push(child);
  let output = '';
  const more = new EventEmitter();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      more.emit('output');
    });
  child.on('close', () => more.emit('output'));
  const says = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(output);
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`ended without saying ${String(pattern)}:\n${output}`);
      await once(more, 'output');
    }
  };
  return { child, output: () => output, says };
}

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe('npm start', () => {
  test('tells what changed on which record, where to look, and stops everything on Ctrl-C', async () => {
    const data = await mkdtemp(join(tmpdir(), 'scoreline-'));
    const { child, says, output } = start('--org-port', '0', '--ingester-port', '0', '--data', data);
    const [, page = ''] = await says(/sales rep\):\s+(http:\S+)/);
    const [, status = ''] = await says(/doing: (http:\S+\/status)/);
    expect(output()).toMatch(/Dana Whitfield: \d+ → \d+, .*\(activecampaign email.open\)/);
    expect(output()).toMatch(/on the record +\d+ ms/);
    expect(output()).toMatch(/curl -d "type=click/);
    expect(await answers(page)).toBe(true);

    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect([await answers(page), await answers(status)]).toEqual([false, false]);
  }, 60_000);

  test('says in one line that a port is busy', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { child, output } = start('--org-port', String(port));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(output()).toBe(`scoreline: port ${port} is in use; choose another with "npm start -- --org-port PORT"\n`);
    server.close();
  });

  test('says in one line that the folder cannot be written', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'scoreline-')), 'file');
    await writeFile(file, '');
    const { child, output } = start('--org-port', '0', '--ingester-port', '0', '--data', file);
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(output().split('\n').at(-2)).toMatch(/^scoreline: cannot \w+ the folder .* choose another with --data$/);
  });

  test.each([
    [['--org-port', 'eighty'], '--org-port is "eighty"; a port is a number from 0 to 65535'],
    [['--colour', 'red'], "Unknown option '--colour'"],
  ])('refuses %j', async (args, message) => {
    const { child, output } = start(...args);
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(output()).toContain(`scoreline: ${message}`);
  });
});
