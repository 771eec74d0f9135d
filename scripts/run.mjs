// Runs one of our TypeScript programs on the Node that package.json pins, installing the dependencies first where
// they are missing. Plain JavaScript, because it must start on the system's own Node (20 or newer).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.installed');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

function fail(message) {
  process.stderr.write(`scoreline: ${message}\n`);
  process.exit(1);
}

function install() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    fail(`cannot write the folder ${root}; make it writable, or clone into one that is`);
  }
  process.stderr.write('scoreline: installing dependencies, once (about a minute) ...\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, error } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error?.code === 'ENOENT') fail('npm was not found; install Node.js 20 or newer, which brings it');
  if (status !== 0) fail('npm ci did not succeed; its own message is above');
  try {
    writeFileSync(stamp, lock);
  } catch (error) {
    fail(`cannot write ${stamp}: ${error.message}; make the folder writable`);
  }
}

const [program, ...args] = process.argv.slice(2);
if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node.js 20 or newer is needed; this is ${process.version}`);
if (!program) fail('usage: node scripts/run.mjs PROGRAM [ARGUMENT ...]');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) install();

const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, program), ...args], {
  stdio: 'inherit',
});
child.on('error', (error) => fail(`cannot start ${node}: ${error.message}; remove node_modules and try again`));
// Ctrl-C reaches the program by itself, since both belong to the terminal's foreground group.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
