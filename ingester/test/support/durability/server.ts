import { connect, createServer, type Socket } from 'node:net';
import { Client } from 'pg';
import { cloneForStandby, initPostgres, startPostgres, type Postgres } from '../postgres.ts';

/** A PostgreSQL that can be killed behind an address that stays the same, as a load balancer's does. */
export interface Cluster {
  url: string;
  /** SIGKILL to the server; it is started again on the same disk. */
  restart: () => Promise<void>;
  /** SIGKILL to the primary; its synchronous standby takes over, and there is no other after that. */
  failOver: () => Promise<void>;
  stop: () => Promise<void>;
}

export async function startCluster({ standby: withStandby }: { standby: boolean }): Promise<Cluster> {
  const folder = initPostgres();
  let primary = await startPostgres(folder);
  let standby: Postgres | null = null;
  let settings: Record<string, string> = {};
  if (withStandby) {
    await primary.stop();
    settings = { synchronous_standby_names: '*' };
    const copy = cloneForStandby(folder, primary);
    primary = await startPostgres(folder, settings, primary.port);
    standby = await startPostgres(copy);
  }
  const sockets = new Set<Socket>();
  const address = createServer((client) => {
    const server = connect(primary.port, '127.0.0.1');
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => address.listen(0, '127.0.0.1', resolve));

  return {
    url: `postgres://postgres@127.0.0.1:${(address.address() as { port: number }).port}/postgres`,
    async restart() {
      await primary.kill();
      primary = await startPostgres(folder, settings, primary.port);
    },
    async failOver() {
      if (!standby) throw new Error('there is no standby');
      await primary.kill();
      primary = standby;
      standby = null;
      const client = new Client(primary.url);
      await client.connect();
      await client.query('SELECT pg_promote()');
      await client.end();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => address.close(resolve));
      await standby?.kill();
      await primary.kill();
    },
  };
}
