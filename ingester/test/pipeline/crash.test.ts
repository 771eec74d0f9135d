import { afterEach, describe, expect, test } from '@jest/globals';
import { evaluate, type Model } from '../../../scoring-core/src/index.ts';
import { leadModel } from '../support/model.ts';
import { startOrg, type TestOrg } from '../support/org.ts';
import { ingesterProcess, type Running } from '../support/process.ts';
import { until } from '../support/until.ts';

const PEOPLE = 12;
const EVENTS = 240;
const types = ['email.click', 'email.open', 'page.view', 'form.submit'];

const events = Array.from({ length: EVENTS }, (_, index) => ({
  id: `event-${index}`,
  type: types[index % types.length]!,
  email: `person${index % PEOPLE}@example.com`,
  occurredAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
}));

/** Where the process is killed: what it has just logged, or what the org sees of it. */
const seams = ['accepted', 'ledger', 'evaluated', 'asked', 'done', 'written', 'asked', 'done'] as const;

describe('killed with SIGKILL under load, and started again', () => {
  let org: TestOrg;
  let running: Running | undefined;

  afterEach(async () => {
    await running?.kill();
    await org.stop();
  });

  test(`at ${seams.length} seams: no accepted delivery missing, none twice, scores as from scratch`, async () => {
    org = await startOrg();
    org.model();
    const leads = Array.from({ length: PEOPLE }, (_, person) =>
      org.lead(`person${person}@example.com`, { Industry: 'Technology' }),
    );

    let reached: (seam: string) => void = () => undefined;
    org.watch((seam, path) => {
      if (path.endsWith('/composite')) reached(seam);
    });
    const start = ingesterProcess(org, ({ step }) => {
      reached(String(step));
    });
    running = await start();

    // A sender that repeats what was not answered: what it got a 200 for is never sent again.
    const unsent = [...events];
    const sender = async () => {
      for (let event = unsent.shift(); event; event = unsent.shift()) {
        const accepted = await fetch(`${running!.url}/in/generic`, {
          method: 'POST',
          body: JSON.stringify(event),
        }).then(
          ({ status }) => status === 200,
          () => false,
        );
        if (!accepted) {
          unsent.push(event);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    };
    const kills = async () => {
      for (const seam of seams) {
        const killed = new Promise<void>((resolve) => {
          reached = (at) => {
            if (at !== seam) return;
            reached = () => undefined;
            void running!.kill().then(resolve);
          };
        });
        // Keeps the pipeline busy when all has been sent already.
        const nudge = setInterval(() => {
          void fetch(`${running!.url}/in/generic`, { method: 'POST', body: JSON.stringify(extra()) }).catch(
            () => undefined,
          );
        }, 50);
        await killed;
        clearInterval(nudge);
        running = await start();
      }
    };
    let extras = 0;
    const extra = () => ({ id: `extra-${(extras += 1)}`, type: 'tag.remove', email: 'person0@example.com' });
    await Promise.all([sender(), sender(), kills()]);
    await until(
      async () => {
        const { counts } = (await (await fetch(`${running!.url}/status`)).json()) as { counts: Record<string, number> };
        return counts['inbox'] === 0 && counts['outbox'] === 0 && counts['unmatched'] === 0;
      },
      'all is written',
      60_000,
    );

    const rows = org.query("SELECT Lead__c, Occurred_At__c, Type__c FROM Engagement__c WHERE Type__c != 'tag.remove'");
    const key = (lead: unknown, type: unknown, at: unknown) =>
      `${String(lead)} ${String(type)} ${new Date(String(at)).toISOString()}`;
    expect(rows.map((row) => key(row['Lead__c'], row['Type__c'], row['Occurred_At__c'])).toSorted()).toEqual(
      events.map(({ type, occurredAt }, index) => key(leads[index % PEOPLE], type, occurredAt)).toSorted(),
    );

    const at = new Date().toISOString();
    for (const [person, id] of leads.entries()) {
      const engagements = events.filter((_, index) => index % PEOPLE === person);
      const result = evaluate(leadModel as Model, { Industry: 'Technology' }, engagements, undefined, at);
      const [lead] = org.query(`SELECT Lead_Score__c, Score_Rating__c FROM Lead WHERE Id = '${id}'`);
      expect(lead).toMatchObject({ Lead_Score__c: result.score, Score_Rating__c: result.rating });
      expect(org.query(`SELECT Value__c FROM Score__c WHERE Record_Id__c = '${id}'`)).toMatchObject([
        { Value__c: result.score },
      ]);
    }
  }, 120_000);
});
