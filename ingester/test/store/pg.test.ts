import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { createIngester } from '../../src/ingester.ts';
import { openPgStore } from '../../src/store/pg/open.ts';
import type { Evaluation, NewOutboxRow, Store } from '../../src/store/store.ts';
import { testConfig } from '../support/config.ts';
import { delivery, engagement, reads } from '../support/engagement.ts';
import { keptLog } from '../support/log.ts';
import { noSalesforce } from '../support/no-salesforce.ts';
import { initPostgres, noPostgres, startPostgres, type Postgres } from '../support/postgres.ts';
import { NOW } from '../support/request.ts';
import { until } from '../support/until.ts';
import { storeContract } from './contract.ts';

const given = process.env['DATABASE_URL'];
const own = { server: null as Postgres | null };
let run = 0;

const urlOf = () => given ?? own.server!.url;
const open = (schema: string, more: Partial<Parameters<typeof openPgStore>[0]> = {}) =>
  openPgStore({
    ...{ url: urlOf(), schema, hold: 60_000, highWaterMark: 100_000, retryUnmatched: 1000 },
    ...{ clock: Date.now, random: Math.random, ...more },
  });

async function sql(text: string, url = urlOf()) {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text);
  await client.end();
  return rows;
}

if (given === undefined && noPostgres !== null) {
  test.skip(`the PostgreSQL store: ${noPostgres}, or set DATABASE_URL`, () => undefined);
} else {
  beforeAll(async () => {
    if (given === undefined) own.server = await startPostgres(initPostgres());
  }, 120_000);
  afterAll(async () => {
    await own.server?.stop();
  });

  storeContract('PostgreSQL', {
    open: (options) => open(`test_${run}`, options),
    clean: async () => {
      await sql(`DROP SCHEMA test_${run} CASCADE`);
      run += 1;
    },
  });
  describe('several workers', severalWorkers);
  describe('the server', theServer);
}

function severalWorkers() {
  let stores: Store[];
  let schema: string;
  const LEAD = { id: '00Q000000000001AAA', object: 'Lead' };

  beforeEach(async () => {
    schema = `test_${run}`;
    run += 1;
    // They start at the same time, on a database without tables.
    stores = await Promise.all(Array.from({ length: 4 }, () => open(schema)));
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await sql(`DROP SCHEMA ${schema} CASCADE`);
  });

  const events = Array.from({ length: 2000 }, (_, index) => {
    // Every person has an address and an ID, and every tenth event says that both are the same person's.
    const who = index % 50;
    const [email, crm] = [`p${who}@x.com`, { crm: String(who) }];
    const person = index % 10 === 0 ? { email, externalIds: crm } : index % 2 === 0 ? { email } : { externalIds: crm };
    // Some are sent twice.
    return engagement(`e${index % 1900}`, person);
  });

  test('settle side by side: each engagement once, nobody split, nothing on anybody who is gone', async () => {
    await Promise.all(events.map((_, index) => stores[index % 4]!.append(delivery(String(index)))));
    const said = ({ body }: { body: Buffer }) => reads(events[Number(body.toString())]!);
    const news = await Promise.all(
      stores.map(async (store) => {
        let entries = 0;
        for (let more = true; more;) {
          const settled = await store.settle(20, NOW, said);
          entries += settled.entries.length;
          more = (await store.counts()).inbox > 0;
        }
        return entries;
      }),
    );
    expect(news.reduce((sum, entries) => sum + entries)).toBe(1900);
    expect(await stores[0]!.counts()).toMatchObject({ ledger: 1900, people: 50, inbox: 0 });
    const [lost] = await sql(
      `SELECT count(*)::int AS n FROM ${schema}.ledger WHERE person NOT IN (SELECT id FROM ${schema}.person)`,
    );
    expect(lost).toEqual({ n: 0 });
  });

  test('are given different records and people, and the same ones again only when they are late', async () => {
    const persons = Array.from({ length: 40 }, (_, index) => engagement(`e${index}`, { email: `p${index}@x.com` }));
    await stores[0]!.append(delivery());
    await stores[0]!.settle(10, NOW, () => reads(...persons));
    const taken = await Promise.all(stores.map((store) => store.dueBindings(NOW, 10)));
    expect(new Set(taken.flat().map(({ person }) => person)).size).toBe(40);
    expect(await stores[0]!.dueBindings(NOW + 59_999, 10)).toEqual([]);
    expect(await stores[0]!.dueBindings(NOW + 60_000, 10)).toHaveLength(10);
  });

  /** A record on which anything can be put. */
  async function bound(store: Store) {
    await store.append(delivery());
    await store.settle(10, NOW, () => reads(engagement('e', { email: 'a@x.com' })));
    const [person] = await store.dueBindings(NOW, 1);
    await store.bind([{ ...person!, records: [LEAD] }], NOW);
  }

  let version = 100;
  const save = (store: Store, outbox: NewOutboxRow[], more: Partial<Evaluation> = {}) => {
    version += 1;
    const evaluation = { scores: [], fields: 'f', sent: [], outbox, leaveAt: NOW, nextChangeAt: null };
    return store.save([{ record: { ...LEAD, version }, ...evaluation, ...more }]);
  };
  const row = (target: string, a = 1) => ({ target, object: 'Score__c', record: LEAD.id, payload: { a } });

  test('never send the same row, or an older and a newer state of it, at once', async () => {
    await bound(stores[0]!);
    await save(stores[0]!, [row('t', 1), row('u', 1)]);
    const taken = (await Promise.all(stores.map((store) => store.outgoing(NOW, 10)))).flat();
    expect(taken.map(({ target }) => target).sort()).toEqual(['t', 'u']);
    await save(stores[1]!, [row('t', 2)]);
    expect(await stores[1]!.outgoing(NOW, 10)).toEqual([]);
    await stores[2]!.acknowledge(taken.map((each) => ({ ...each, kind: 'sent' as const })));
    expect(await stores[1]!.outgoing(NOW, 10)).toMatchObject([{ target: 't', payload: { a: 2 } }]);
  });

  test('what a worker answers for too late neither discards a newer state nor stays in Salesforce', async () => {
    const late = await open(schema, { hold: 1 });
    stores.push(late);
    await bound(late);
    await save(late, [row('t', 1)]);
    const [older] = await late.outgoing(NOW, 10);
    await save(stores[0]!, [row('t', 2)]);
    let newer: Awaited<ReturnType<Store['outgoing']>> = [];
    while (newer.length === 0) newer = await stores[0]!.outgoing(NOW, 10);
    await late.acknowledge([{ ...older!, kind: 'sent' }]);
    expect(await stores[0]!.counts()).toMatchObject({ outbox: 1 });
    await stores[0]!.acknowledge([{ ...newer[0]!, kind: 'sent' }]);
    // Nobody knows which of the two came last: the record is evaluated, and what comes of it is written again.
    expect(await stores[0]!.dueRecords(NOW, 10)).toMatchObject([LEAD]);
    expect((await stores[0]!.dossiers([LEAD.id])).get(LEAD.id)?.fields).toBe('f ');
  });
}

function theServer() {
  test('that does not sync is refused, as is a store of a newer release', async () => {
    await expect(open('refused', { url: `${urlOf()}?options=-c%20synchronous_commit%3Doff` })).rejects.toThrow(
      'synchronous_commit = off',
    );
    const store = await open('newer');
    await store.close();
    await sql('INSERT INTO newer.migration VALUES (99)');
    await expect(open('newer')).rejects.toThrow('run the newer release');
    await sql('DROP SCHEMA newer CASCADE');
  });

  test('that is away: senders are told to come back, and are taken when it is there again', async () => {
    if (given !== undefined) return;
    const folder = initPostgres();
    let server = await startPostgres(folder);
    const store = await open('away', { url: server.url });
    const parts = { config: testConfig(), store, salesforce: noSalesforce, fetch, clock: Date.now, log: keptLog() };
    const ingester = createIngester({ ...parts, random: Math.random });
    const url = await ingester.start();
    const post = async () => {
      const response = await fetch(`${url}/in/generic`, { method: 'POST', body: '{"type":"a"}' });
      await response.arrayBuffer();
      return response;
    };
    expect((await post()).status).toBe(200);
    await server.kill();
    const refused = await post();
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    server = await startPostgres(folder, {}, server.port);
    await until(async () => (await post()).status === 200, 'it takes deliveries again');
    await ingester.stop();
    await server.stop();
  }, 120_000);

  test('that is killed under load and comes back has every delivery that it has answered for', async () => {
    if (given !== undefined) return;
    const folder = initPostgres();
    let server = await startPostgres(folder);
    const store = await open('killed', { url: server.url });
    const answered = new Set<string>();
    let sending = true;
    const senders = Array.from({ length: 8 }, async (_, sender) => {
      for (let n = 0; sending; n += 1) {
        const body = `${sender}-${n}`;
        await store.append(delivery(body)).then(
          () => answered.add(body),
          () => new Promise((resolve) => setTimeout(resolve, 20)),
        );
      }
    });
    const reached = async (size: number) => {
      while (answered.size < size) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await reached(200);
    await server.kill();
    server = await startPostgres(folder, {}, server.port);
    await reached(answered.size + 200);
    sending = false;
    await Promise.all(senders);
    const kept = await sql("SELECT convert_from(body, 'UTF8') AS body FROM killed.inbox", server.url);
    const bodies = new Set(kept.map(({ body }) => body));
    expect([...answered].filter((body) => !bodies.has(body))).toEqual([]);
    await store.close();
    await server.stop();
  }, 120_000);
}
