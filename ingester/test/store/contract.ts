import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Normalized } from '../../src/adapters/adapter.ts';
import type { Engagement, Person } from '../../src/engagement/engagement.ts';
import { StoreFull, type Evaluation, type Store } from '../../src/store/store.ts';
import { delivery, engagement, reads } from '../support/engagement.ts';
import { NOW } from '../support/request.ts';

/** How the suite gets at an implementation. A store opened a second time finds what the first one was given. */
export interface Harness {
  open(options: { highWaterMark: number; retryUnmatched: number }): Promise<Store>;
  /** Throws away what `open` keeps. */
  clean(): Promise<void>;
}

const options = { highWaterMark: 5, retryUnmatched: 1000 };
const LEAD = { id: '00Q000000000001AAA', object: 'Lead' };
const CONTACT = { id: '003000000000001AAA', object: 'Contact' };

/** What every store must keep, whatever database it stands on. */
export function storeContract(name: string, harness: Harness): void {
  describe(name, () => {
    let store: Store;

    beforeEach(async () => {
      store = await harness.open(options);
    });
    afterEach(async () => {
      await store.close();
      await harness.clean();
    });

    /** Takes in one delivery that says this. */
    async function take(said: Normalized, now = NOW) {
      await store.append(delivery());
      return store.settle(10, now, () => said);
    }

    /** An engagement of somebody whose records are known. */
    async function bound(person: Person, records = [LEAD], ...ids: string[]) {
      await take(reads(...ids.map((id) => engagement(id, person))));
      const [due] = await store.dueBindings(NOW, 10);
      await store.bind([{ person: due!.person, version: due!.version, records }], NOW);
    }

    const dossier = async (record: string) => (await store.dossiers([record])).get(record)!;
    const idsOf = async (record: string) => (await dossier(record)).engagements.map(({ engagement: { id } }) => id);
    const evaluation = (record: Evaluation['record'], more: Partial<Evaluation> = {}): Evaluation => ({
      record,
      scores: [],
      fields: null,
      sent: [],
      outbox: [],
      leaveAt: NOW,
      nextChangeAt: null,
      ...more,
    });
    const row = (target: string, payload: object = { a: 1 }, record = LEAD.id) => ({
      target,
      object: 'Score__c',
      record,
      payload: payload as Record<string, unknown>,
    });

    describe('the inbox', () => {
      test('keeps deliveries whole, in order, over a restart', async () => {
        const first = { ...delivery('\xff\0one'), body: Buffer.from([255, 0, 1]), covers: 'first' as const };
        const numbers = await Promise.all([store.append(first), store.append(delivery('two'))]);
        await store.close();
        store = await harness.open(options);
        const seen: unknown[] = [];
        const { taken } = await store.settle(10, NOW, (each) => {
          seen.push(each);
          return reads();
        });
        expect(taken).toBe(2);
        expect(seen).toEqual([first, delivery('two')]);
        expect(numbers[1]).toBeGreaterThan(numbers[0]);
      });

      test('takes no more than it may, and takes again when it has been emptied', async () => {
        await Promise.all(Array.from({ length: 5 }, () => store.append(delivery())));
        await expect(store.append(delivery())).rejects.toThrow(StoreFull);
        await store.settle(10, NOW, () => reads());
        await expect(store.append(delivery())).resolves.toEqual(expect.any(Number));
      });

      test('loses nothing when a settlement fails half-way', async () => {
        await store.append(delivery('one'));
        await store.append(delivery('two'));
        const failing = store.settle(10, NOW, (each) => {
          if (each.body.toString() === 'two') throw new Error('power cut');
          return reads(engagement('e1', { email: 'a@x.com' }));
        });
        await expect(failing).rejects.toThrow('power cut');
        expect(await store.counts()).toMatchObject({ inbox: 2, ledger: 0, people: 0 });
      });
    });

    describe('the ledger', () => {
      test('takes an engagement once, and says which are new', async () => {
        const said = reads(engagement('e1', { email: 'a@x.com' }), engagement('e1', { email: 'a@x.com' }));
        expect((await take(said)).entries).toHaveLength(1);
        expect((await take(said)).entries).toEqual([]);
        expect((await take(reads(engagement('e1', {}, { source: 'generic:other' })))).entries).toHaveLength(1);
        expect(await store.counts()).toMatchObject({ inbox: 0, ledger: 2 });
      });

      test('a repeated delivery puts nothing up for work', async () => {
        await bound({ email: 'a@x.com' }, [LEAD], 'e1');
        const [record] = await store.dueRecords(NOW, 10);
        await store.save([evaluation(record!)]);
        await take(reads(engagement('e1', { email: 'a@x.com' })));
        expect(await store.dueRecords(NOW, 10)).toEqual([]);
        expect(await store.nextDue()).toEqual({});
      });

      test('what cannot be read is kept with its reason and can be replayed without doubling the rest', async () => {
        await take({ ...reads(engagement('e1')), deadLetters: ['event 1 has no type'] });
        const [letter] = await store.deadLetters(10);
        expect(letter).toMatchObject({ reason: 'event 1 has no type', delivery: delivery() });
        await store.replay([letter!.letter]);
        expect(await store.counts()).toMatchObject({ inbox: 1, deadLetters: 0 });
        await store.settle(10, NOW, () => reads(engagement('e1'), engagement('e2')));
        expect(await store.counts()).toMatchObject({ inbox: 0, ledger: 2, deadLetters: 0 });
      });
    });

    test('any text is kept, however odd or long', async () => {
      const odd = { externalIds: { crm: `a\0${'x'.repeat(5000)}` }, email: 'a@x.com' };
      await bound(odd, [LEAD], 'e\0\ud800');
      await take({ ...reads(engagement('e2', { externalIds: odd.externalIds })), deadLetters: ['not \0 this'] });
      expect((await idsOf(LEAD.id)).toSorted()).toEqual(['e\0\ud800', 'e2']);
      expect(await store.counts()).toMatchObject({ people: 1, deadLetters: 1 });
    });

    describe('people', () => {
      const peopleAfter = async (...said: Engagement[]) => {
        for (const each of said) await take(reads(each));
        return (await store.counts()).people;
      };

      test('the same key is the same person', async () => {
        expect(await peopleAfter(engagement('e1', { email: 'a@x.com' }), engagement('e2', { email: 'a@x.com' }))).toBe(
          1,
        );
      });

      test('external IDs hold within their connection', async () => {
        const person = { externalIds: { crm: '3' } };
        expect(await peopleAfter(engagement('e1', person), engagement('e2', person, { source: 'generic:other' }))).toBe(
          2,
        );
      });

      test('an event with two keys unites two people and their engagements', async () => {
        await bound({ email: 'a@x.com' }, [LEAD], 'e1');
        await take(reads(engagement('e2', { externalIds: { crm: '3' } })));
        expect(await idsOf(LEAD.id)).toEqual(['e1']);
        await take(reads(engagement('e3', { email: 'a@x.com', externalIds: { crm: '3' } })));
        expect(await idsOf(LEAD.id)).toEqual(['e1', 'e2', 'e3']);
        expect(await store.counts()).toMatchObject({ people: 1 });
      });

      test('an introduction does so too', async () => {
        await bound({ email: 'a@x.com' }, [LEAD], 'e1');
        await take(reads(engagement('e2', { anonymousId: 'browser' })));
        const known = { strong: ['email:a@x.com'], anonymous: 'anonymous:main:browser' };
        await take({ ...reads(), introductions: [known] });
        expect(await idsOf(LEAD.id)).toEqual(['e1', 'e2']);
        expect(await store.dueRecords(NOW, 10)).toMatchObject([LEAD]);
      });

      test('an ID that turns up with another address goes with that one, and unites nobody', async () => {
        await bound({ email: 'a@x.com', externalIds: { crm: '3' } }, [LEAD], 'e1');
        await take(reads(engagement('e2', { email: 'b@x.com', externalIds: { crm: '3' } })));
        await take(reads(engagement('e3', { externalIds: { crm: '3' } })));
        await take(reads(engagement('e4', { email: 'a@x.com' })));
        expect(await store.counts()).toMatchObject({ people: 2 });
        expect(await idsOf(LEAD.id)).toEqual(['e1', 'e4']);
      });

      test('who states that an address has changed unites both', async () => {
        await bound({ email: 'a@x.com', externalIds: { crm: '3' } }, [LEAD], 'e1');
        await take(reads(engagement('e2', { email: 'b@x.com' })));
        const changed = { email: 'b@x.com', externalIds: { crm: '3' } };
        await take(reads(engagement('e3', changed, { type: 'person.update' })));
        expect(await store.counts()).toMatchObject({ people: 1 });
        expect(await idsOf(LEAD.id)).toEqual(['e1', 'e2', 'e3']);
      });

      test('a shared browser does not make two people one', async () => {
        await bound({ email: 'a@x.com', anonymousId: 'browser' }, [LEAD], 'e1');
        await take(reads(engagement('e2', { email: 'b@x.com', anonymousId: 'browser' })));
        await take(reads(engagement('e3', { anonymousId: 'browser' })));
        expect(await store.counts()).toMatchObject({ people: 2 });
        expect(await idsOf(LEAD.id)).toEqual(['e1']);
      });

      test('nobody in particular is no person, and waits in the ledger', async () => {
        expect(await peopleAfter(engagement('e1'))).toBe(0);
        expect(await store.counts()).toMatchObject({ ledger: 1, unmatched: 1 });
      });
    });

    describe('bindings', () => {
      test('who cannot be looked up is not', async () => {
        await take(
          reads(engagement('e1', { anonymousId: 'browser' }), engagement('e2', { externalIds: { crm: '3' } })),
        );
        expect(await store.dueBindings(NOW + 1e9, 10)).toEqual([]);
      });

      test('people come with the keys they are looked up by', async () => {
        await take(reads(engagement('e1', { email: 'a@x.com', externalIds: { crm: '3' }, salesforceId: LEAD.id })));
        expect(await store.dueBindings(NOW, 10)).toMatchObject([{ emails: ['a@x.com'], salesforceIds: [LEAD.id] }]);
      });

      test('who was not found is looked for again, ever more rarely', async () => {
        await take(reads(engagement('e1', { email: 'a@x.com' })));
        let now = NOW;
        const waits: number[] = [];
        for (let round = 0; round < 3; round += 1) {
          const [due] = await store.dueBindings(now, 10);
          await store.bind([{ person: due!.person, version: due!.version, records: [] }], now);
          const { binding } = await store.nextDue();
          waits.push(binding! - now);
          now = binding!;
        }
        expect(waits).toEqual([1000, 2000, 4000]);
        expect(await store.counts()).toMatchObject({ unmatched: 1 });
      });

      test('keys that arrive during a look-up are looked up as well', async () => {
        await take(reads(engagement('e1', { externalIds: { crm: '3' }, email: 'a@x.com' })));
        const [due] = await store.dueBindings(NOW, 10);
        const changed = { externalIds: { crm: '3' }, email: 'b@x.com' };
        await take(reads(engagement('e2', changed, { type: 'person.update' })));
        await store.bind([{ person: due!.person, version: due!.version, records: [] }], NOW);
        expect((await store.dueBindings(NOW, 10))[0]?.emails.toSorted()).toEqual(['a@x.com', 'b@x.com']);
      });

      test('a record that Salesforce has no longer is forgotten, its people are looked up again', async () => {
        await bound({ email: 'a@x.com' }, [LEAD, CONTACT], 'e1');
        await store.forget([LEAD.id], NOW);
        expect(await store.dueBindings(NOW, 10)).toHaveLength(1);
        expect(await store.counts()).toMatchObject({ records: 1, ledger: 1 });
        expect((await dossier(CONTACT.id)).engagements[0]?.records).toEqual([CONTACT]);
      });
    });

    describe('records', () => {
      test('a new binding and a new engagement put a record up, an evaluation takes it down until its next change', async () => {
        await bound({ email: 'a@x.com' }, [LEAD], 'e1');
        const [record] = await store.dueRecords(NOW, 10);
        await store.save([evaluation(record!, { nextChangeAt: NOW + 500 })]);
        expect(await store.dueRecords(NOW + 499, 10)).toEqual([]);
        expect(await store.dueRecords(NOW + 500, 10)).toMatchObject([LEAD]);
        await take(reads(engagement('e2', { email: 'a@x.com' })), NOW + 1);
        expect(await store.dueRecords(NOW + 1, 10)).toMatchObject([LEAD]);
      });

      test('what arrives during an evaluation is not passed over', async () => {
        await bound({ email: 'a@x.com' }, [LEAD], 'e1');
        const [record] = await store.dueRecords(NOW, 10);
        await take(reads(engagement('e2', { email: 'a@x.com' })));
        await store.save([evaluation(record!)]);
        expect(await store.dueRecords(NOW, 10)).toMatchObject([LEAD]);
      });

      test('the dossier has engagements in order with all their records, and the last results', async () => {
        const earlier = engagement('e0', { email: 'a@x.com' }, { occurredAt: '2026-01-01T00:00:00.000Z' });
        await bound({ email: 'a@x.com' }, [LEAD, CONTACT], 'e1');
        await take(reads(earlier));
        const score = { rating: 'Hot', earned: { once: '2026-01-01T00:00:00.000Z' }, changedAt: NOW, row: '{"a":1}' };
        const sent = [{ source: 'generic:main', id: 'e1', sentAs: '{"x":1}' }];
        const [record] = (await store.dueRecords(NOW, 10)).filter(({ id }) => id === LEAD.id);
        await store.save([
          evaluation(record!, { scores: [{ model: 'm', fingerprint: 'v1', ...score }], fields: '{"f":1}', sent }),
        ]);
        const { engagements, scores, fields } = await dossier(LEAD.id);
        expect(engagements).toMatchObject([
          { engagement: { id: 'e0' }, sentAs: null, records: [CONTACT, LEAD] },
          { engagement: { id: 'e1' }, sentAs: '{"x":1}', records: [CONTACT, LEAD] },
        ]);
        expect(scores).toEqual(new Map([['m', score]]));
        expect(fields).toBe('{"f":1}');
        expect(await store.counts()).toMatchObject({ unmatched: 1 });
      });

      test('an evaluation that a later one has overtaken, or of a record that is gone, changes nothing', async () => {
        await bound({ email: 'a@x.com' }, [LEAD], 'e1');
        const [earlier] = await store.dueRecords(NOW, 10);
        await take(reads(engagement('e2', { email: 'a@x.com' })));
        const [later] = await store.dueRecords(NOW, 10);
        await store.save([evaluation(later!, { fields: '2', outbox: [row('t', { a: 2 })] })]);
        await store.save([evaluation(earlier!, { fields: '1', outbox: [row('t', { a: 1 })] })]);
        expect((await dossier(LEAD.id)).fields).toBe('2');
        expect(await store.outgoing(NOW, 10)).toMatchObject([{ payload: { a: 2 } }]);
        await store.forget([LEAD.id], NOW);
        await store.save([evaluation(later!, { outbox: [row('t', { a: 3 })] })]);
        expect(await store.counts()).toMatchObject({ outbox: 0, records: 0 });
      });

      test('an evaluation by a model that has been published anew changes nothing, and its record stays due', async () => {
        await bound({ email: 'a@x.com' }, [LEAD], 'e1');
        await store.noteModels([{ key: 'm', object: 'Lead', fingerprint: 'v2' }], NOW);
        const score = { rating: null, earned: {}, changedAt: NOW, row: '{}' };
        const save = async (fingerprint: string) => {
          const [record] = await store.dueRecords(NOW, 10);
          return store.save([evaluation(record!, { scores: [{ model: 'm', fingerprint, ...score }] })]);
        };
        expect(await save('v1')).toEqual({ outdatedModels: true });
        expect((await dossier(LEAD.id)).scores.size).toBe(0);
        expect(await save('v2')).toEqual({ outdatedModels: false });
        expect((await dossier(LEAD.id)).scores.size).toBe(1);
        expect(await store.dueRecords(NOW, 10)).toEqual([]);
      });

      test('what was taken and is given back is due again', async () => {
        await bound({ email: 'a@x.com' }, [LEAD], 'e1');
        const records = await store.dueRecords(NOW, 10);
        await store.release({ records }, NOW);
        expect(await store.dueRecords(NOW, 10)).toMatchObject([LEAD]);
        await take(reads(engagement('e2', { email: 'b@x.com' })));
        const people = await store.dueBindings(NOW, 10);
        await store.release({ people }, NOW);
        expect(await store.dueBindings(NOW, 10)).toMatchObject([{ emails: ['b@x.com'] }]);
      });

      test('a record of two people has what both did, in order', async () => {
        await bound({ email: 'a@x.com' }, [LEAD], 'e1');
        await take(reads(engagement('e0', { email: 'b@x.com' }, { occurredAt: '2026-01-01T00:00:00.000Z' })));
        const [other] = await store.dueBindings(NOW, 10);
        await store.bind([{ person: other!.person, version: other!.version, records: [LEAD] }], NOW);
        expect(await idsOf(LEAD.id)).toEqual(['e0', 'e1']);
      });

      test('a new or changed model puts its object’s records up, the same one does not', async () => {
        await bound({ email: 'a@x.com' }, [LEAD, CONTACT], 'e1');
        await store.save((await store.dueRecords(NOW, 10)).map((record) => evaluation(record)));
        const note = async (fingerprint: string | null) => {
          await store.noteModels([{ key: 'm', object: 'Lead', fingerprint }], NOW);
          const due = await store.dueRecords(NOW, 10);
          await store.save(due.map((record) => evaluation(record)));
          return due.map(({ id }) => id);
        };
        expect(await note('v1')).toEqual([LEAD.id]);
        expect(await note('v1')).toEqual([]);
        expect(await note('v2')).toEqual([LEAD.id]);
        expect(await note(null)).toEqual([]);
        expect(await note('v2')).toEqual([LEAD.id]);
      });
    });

    describe('the outbox', () => {
      let version = 100;
      beforeEach(() => bound({ email: 'a@x.com' }, [LEAD, CONTACT], 'e1'));

      const enqueue = async (rows: ReturnType<typeof row>[], leaveAt = NOW) => {
        version += 1;
        await store.save([evaluation({ ...LEAD, version }, { outbox: rows, leaveAt })]);
      };
      const targets = async (now = NOW) => (await store.outgoing(now, 100)).map(({ target }) => target);

      test('keeps the newest state of a row', async () => {
        await enqueue([row('t', { a: 1 })]);
        await enqueue([row('t', { a: 2 })]);
        expect(await store.outgoing(NOW, 100)).toMatchObject([{ target: 't', payload: { a: 2 } }]);
      });

      test('an acknowledgement leaves a row that has changed since', async () => {
        await enqueue([row('t', { a: 1 })]);
        const [sent] = await store.outgoing(NOW, 100);
        await enqueue([row('t', { a: 2 })]);
        await store.acknowledge([{ ...sent!, kind: 'sent' }]);
        const [newer] = await store.outgoing(NOW, 100);
        expect(newer).toMatchObject({ payload: { a: 2 } });
        await store.acknowledge([{ ...newer!, kind: 'sent' }]);
        expect(await store.counts()).toMatchObject({ outbox: 0 });
      });

      test('rows wait for company, leave with an urgent one of their record, and ride along with any call', async () => {
        await enqueue([row('a')], NOW + 100);
        expect(await targets()).toEqual([]);
        expect(await store.nextDue()).toMatchObject({ outbox: NOW + 100 });
        await enqueue([row('other', {}, CONTACT.id)], NOW + 100);
        await enqueue([row('b')], NOW);
        expect(await targets()).toEqual(['a', 'b', 'other']);
      });

      test('a row that must be tried again waits, and does not ride along', async () => {
        await enqueue([row('a'), row('b')]);
        const [a, b] = await store.outgoing(NOW, 100);
        await store.acknowledge([
          { ...a!, kind: 'retry', at: NOW + 1000 },
          { ...b!, kind: 'sent' },
        ]);
        await enqueue([row('c')]);
        const [c, ...others] = await store.outgoing(NOW, 100);
        expect([c?.target, others]).toEqual(['c', []]);
        await store.acknowledge([{ ...c!, kind: 'sent' }]);
        expect((await store.outgoing(NOW + 1000, 100)).find(({ target }) => target === 'a')).toMatchObject({
          attempts: 1,
        });
      });

      test('a row set aside is out of the way until it changes or is tried again', async () => {
        await enqueue([row('a'), row('b')]);
        const aside = (await store.outgoing(NOW, 100)).map((each) => ({
          ...each,
          kind: 'set aside' as const,
          reason: 'no such field',
        }));
        await store.acknowledge(aside);
        expect(await store.counts()).toMatchObject({ outbox: 0, setAside: 2 });
        expect(await targets()).toEqual([]);
        await enqueue([row('a', { a: 2 })]);
        const rows = await store.outgoing(NOW, 100);
        expect(rows).toMatchObject([{ target: 'a', payload: { a: 2 } }]);
        await store.release({ rows }, NOW);
        expect(await store.retrySetAside(NOW)).toBe(1);
        expect(await targets()).toEqual(['a', 'b']);
      });
    });
  });
}
