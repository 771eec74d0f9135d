import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { openPgStore } from '../../src/store/pg/open.ts';
import { Database } from '../../src/store/sqlite/database.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { moveStore } from '../../src/store/move.ts';
import { delivery, engagement, reads } from '../support/engagement.ts';
import { initPostgres, noPostgres, startPostgres, type Postgres } from '../support/postgres.ts';
import { NOW } from '../support/request.ts';
import { run } from '../support/scoreline.ts';

const LEAD = { id: '00Q000000000001AAA', object: 'Lead' };
const options = { highWaterMark: 1000, retryUnmatched: 1000 };
const program = join(import.meta.dirname, '../../src/cli/migrate.ts');

/** A store in which everything is under way. */
async function fill(folder: string) {
  const store = openSqliteStore({ folder, ...options });
  const long = { crm: 'x'.repeat(3000) };
  await store.append(delivery());
  await store.settle(1, NOW, () => ({
    ...reads(engagement('e1', { email: 'a@x.com', externalIds: long }), engagement('e2', { email: 'b@x.com' })),
    deadLetters: ['event 3 has no type'],
  }));
  const [person] = await store.dueBindings(NOW, 1);
  await store.bind([{ ...person!, records: [LEAD] }], NOW);
  await store.noteModels([{ key: 'm', object: 'Lead', fingerprint: 'v1' }], NOW);
  const [record] = await store.dueRecords(NOW, 1);
  const outbox = [{ target: 'Score__c/m', object: 'Score__c', record: LEAD.id, payload: { a: 1 } }];
  const score = { model: 'm', fingerprint: 'v1', rating: 'Hot', earned: { once: '2026' }, changedAt: NOW, row: '{}' };
  const sent = [{ source: 'generic:main', id: 'e1', sentAs: '{}' }];
  await store.save([
    { record: record!, scores: [score], fields: '{}', sent, outbox, leaveAt: NOW, nextChangeAt: NOW + 5 },
  ]);
  await store.append({ ...delivery('waiting'), body: Buffer.from([0, 255]) });
  const state = await stateOf(store);
  await store.close();
  return state;
}

const stateOf = async (store: ReturnType<typeof openSqliteStore>) => ({
  counts: await store.counts(),
  due: await store.nextDue(),
  dossier: (await store.dossiers([LEAD.id])).get(LEAD.id),
  letters: await store.deadLetters(10),
});

(noPostgres === null ? describe : describe.skip)(`migrate${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(initPostgres());
  }, 120_000);
  afterAll(async () => {
    await server.stop();
  });

  const folder = () => mkdtempSync(join(tmpdir(), 'scoreline-move-'));
  const start = (environment: Record<string, string>) => {
    const args = ['--disable-warning=ExperimentalWarning', program];
    return spawnSync(process.execPath, args, { env: environment, encoding: 'utf8', timeout: 60_000 });
  };
  const database = async (name: string) => {
    const client = new Client(server.url);
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    return server.url.replace(/postgres$/, name);
  };

  test('what was under way in SQLite goes on in PostgreSQL', async () => {
    const [from, url] = [folder(), await database('moved')];
    const before = await fill(from);
    const { status, stderr } = start({ SCORELINE_DATA: from, DATABASE_URL: url });
    expect(stderr).toContain('ledger: 2 of 2');
    expect(stderr).toContain('moved 14 rows');
    expect(status).toBe(0);

    const store = await openPgStore({ url, hold: 1000, clock: Date.now, random: Math.random, ...options });
    expect(await stateOf(store)).toEqual(before);
    expect(await store.outgoing(NOW, 10)).toMatchObject([{ target: 'Score__c/m', payload: { a: 1 } }]);
    // The number of a new delivery is new, the person is known by the long key, and the engagement too.
    expect(await store.append(delivery())).toBeGreaterThan(2);
    const again = reads(engagement('e1'), engagement('e3', { externalIds: { crm: 'x'.repeat(3000) } }));
    const bodies: Buffer[] = [];
    const { entries } = await store.settle(10, NOW, ({ body }) => {
      bodies.push(body);
      return again;
    });
    expect(bodies).toEqual([Buffer.from([0, 255]), Buffer.from('body')]);
    expect(entries).toMatchObject([{ id: 'e3' }]);
    expect(await store.counts()).toMatchObject({ people: 2, ledger: 3 });
    await store.close();
  });

  test('scoreline migrate --json says how many rows of each table were moved', async () => {
    const [from, url] = [folder(), await database('by_command')];
    await fill(from);
    const { code, json } = await run({ SCORELINE_DATA: from, DATABASE_URL: url }, ['migrate', '--json']);
    expect(json()).toMatchObject([{ ledger: 2, inbox: 1, outbox: 1 }]);
    expect(code).toBe(0);
  });

  test('a database in use is refused, and left as it is', async () => {
    const [from, url] = [folder(), await database('used')];
    await fill(from);
    expect(start({ SCORELINE_DATA: from, DATABASE_URL: url }).status).toBe(0);
    const { status, stderr } = start({ SCORELINE_DATA: from, DATABASE_URL: url });
    expect(stderr).toMatch(/^migrate: the database has a store in use .* name another database\n$/);
    expect(status).toBe(1);
  });

  test('a move that is cut off leaves nothing behind, and is done when it is started again', async () => {
    const [from, url] = [folder(), await database('cut')];
    await fill(from);
    const parts = { folder: from, url, clock: Date.now, random: Math.random };
    const cutOff = moveStore({
      ...parts,
      onProgress: (table) => {
        if (table === 'ledger') throw new Error('power cut');
      },
    });
    await expect(cutOff).rejects.toThrow('nothing was moved (power cut)');
    const counts = await moveStore({ ...parts, onProgress: () => undefined });
    expect(counts).toMatchObject({ ledger: 2, inbox: 1, outbox: 1 });
  });

  test('a store that an ingester writes at this moment is not moved', async () => {
    const [from, url] = [folder(), await database('busy')];
    await fill(from);
    const ingester = new Database(join(from, 'ingester.db'));
    ingester.exec('BEGIN IMMEDIATE');
    const { status, stderr } = start({ SCORELINE_DATA: from, DATABASE_URL: url });
    ingester.close();
    expect(stderr).toMatch(/^migrate: nothing was moved \(.*locked.*\)/);
    expect(status).toBe(1);
  });

  test.each([
    [{}, 2, 'SCORELINE_DATA is not set'],
    [{ SCORELINE_DATA: '/nowhere' }, 2, 'DATABASE_URL is no URL'],
    [{ SCORELINE_DATA: '/nowhere', DATABASE_URL: 'postgres://127.0.0.1:9/x' }, 1, 'there is no store in /nowhere'],
  ])('%j is refused', (environment, code, message) => {
    const { status, stderr } = start(environment);
    expect(stderr).toContain(message);
    expect(status).toBe(code);
  });
});
