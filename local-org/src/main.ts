import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { LoadError } from './errors.ts';
import { demoApp } from './oauth/connected-app.ts';
import { openOrg } from './open.ts';
import type { Org } from './org.ts';
import { usernames } from './seed.ts';
import { createServer } from './server.ts';

const usage =
  'usage: npm run org -- --source FOLDER [--port 8080] [--pubsub-port 7443] [--host 127.0.0.1] [--data FILE] [--strict] [--daily-api-requests N] [--faults] [--lightning FOLDER] [--open]';

/** Why the server cannot start, told in one line. */
class StartError extends Error {}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        source: { type: 'string', default: 'force-app' },
        port: { type: 'string', default: '8080' },
        'pubsub-port': { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string', default: ':memory:' },
        strict: { type: 'boolean', default: false },
        'daily-api-requests': { type: 'string' },
        faults: { type: 'boolean', default: false },
        lightning: { type: 'string' },
        open: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${usage}`);
  }
}

function open(source: string, data: string, strict: boolean): Org {
  const leaveOut = (problem: string) => process.stderr.write(`local-org: left out: ${problem}\n`);
  try {
    if (data !== ':memory:') mkdirSync(dirname(data), { recursive: true });
    return openOrg({ source, data, clock: Date.now, leaveOut: strict ? undefined : leaveOut });
  } catch (error) {
    if (error instanceof LoadError) throw new StartError(error.message);
    throw new StartError(`cannot write ${data}: ${(error as Error).message}`);
  }
}

function checkPort(option: string, port: string): void {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new StartError(`${option} ${port}: a number up to 65535 is expected`);
}

/** Everybody who reaches a local org can log in to it. */
function warnBeyondLoopback(host: string): void {
  if (/^(127\.|::1$|localhost$)/.test(host)) return;
  process.stderr.write(
    `local-org: --host ${host}: whoever reaches this address can log in with the documented password\n`,
  );
}

const cannotListen = (option: string, host: string, port: string) => (cause: unknown) => {
  const { message } = cause as Error;
  throw new StartError(
    message.includes('EADDRINUSE')
      ? `port ${port} is in use; choose another with ${option}`
      : `cannot listen on ${host}:${port}: ${message}`,
  );
};

async function startPubSub(org: Org, server: ReturnType<typeof createServer>, host: string, port: string) {
  const { PubSubServer } = await import('./pubsub/server.ts');
  const pubSub = new PubSubServer({ org, sessions: server.sessions, allowances: server.allowances });
  const address = await pubSub.listen(Number(port), host).catch(cannotListen('--pubsub-port', host, port));
  return { server: pubSub, address };
}

async function main(): Promise<void> {
  const { source, port, host, data, strict, faults, lightning, open: openPage, ...more } = readArguments();
  const { 'pubsub-port': pubSubPort, 'daily-api-requests': requests } = more;
  checkPort('--port', port);
  if (pubSubPort !== undefined) checkPort('--pubsub-port', pubSubPort);
  if (requests !== undefined && !/^[1-9]\d*$/.test(requests))
    throw new StartError(`--daily-api-requests ${requests}: a number from 1 is expected`);
  warnBeyondLoopback(host);
  const org = open(source, data, strict);
  const server = createServer(org, { faults, dailyApiRequests: requests === undefined ? undefined : Number(requests) });
  if (lightning) {
    const { lightningHost } = await import('../lightning/host.ts');
    await server.register(lightningHost({ org, files: lightning, source, sessions: server.sessions }));
  }
  const address = await server.listen({ port: Number(port), host }).catch(cannotListen('--port', host, port));
  const pubSub = pubSubPort === undefined ? undefined : await startPubSub(org, server, host, pubSubPort);
  const login = `${address}/secur/frontdoor.jsp?sid=${encodeURIComponent(server.sessions.start(org.user(usernames.rep)!))}&retURL=/lightning`;
  process.stdout.write(
    `local-org: ready at ${address}; client credentials ${demoApp.id} / ${demoApp.secret!}${pubSub ? `; Pub/Sub API at ${pubSub.address}` : ''}${lightning ? `; page ${login}` : ''}\n`,
  );
  if (openPage)
    spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [login], { stdio: 'ignore', detached: true }).unref();

  const close = () => {
    void Promise.all([server.close(), pubSub?.server.close()]).then(() => {
      org.close();
      process.exit(0);
    });
  };
  process.once('SIGINT', close);
  process.once('SIGTERM', close);
}

await main().catch((error: unknown) => {
  process.stderr.write(`local-org: ${error instanceof StartError ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
});
