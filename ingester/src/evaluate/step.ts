import { setImmediate } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { Permanent } from '../salesforce/errors.ts';
import type { SalesforceRow } from '../salesforce/query.ts';
import type { Salesforce } from '../salesforce/salesforce.ts';
import type { Dossier, DueRecord, Evaluation, Store } from '../store/store.ts';
import type { OnStep } from '../trace.ts';
import type { Round } from '../worker/loop.ts';
import { engagementId } from './engagement-row.ts';
import { evaluateRecord, type Scoring } from './evaluate.ts';
import { fetchRecords } from './fetch.ts';
import type { ActiveModel, Models } from './models.ts';
import { fetchPrevious } from './previous.ts';
import { scoreId } from './score-row.ts';

const BATCH = 200;

/** Third step, second half: from the ledger to what Salesforce must hold, for the records that are due. */
export function createEvaluateStep(parts: {
  store: Store;
  salesforce: Salesforce;
  models: Models;
  config: Pick<Config, 'flushInterval' | 'modelRefreshInterval'>;
  clock: () => number;
  log: Log;
  onStep: OnStep;
  onSaved: () => void;
  /** Records are gone; their people may have others. */
  onGone: () => void;
}): () => Promise<Round> {
  const { store, salesforce, models, config, clock, log, onStep, onSaved, onGone } = parts;
  let refreshAt = 0;

  return async () => {
    if (clock() >= refreshAt) {
      await models.refresh();
      refreshAt = clock() + config.modelRefreshInterval;
    }
    const due = await store.dueRecords(clock(), BATCH);
    if (due.length === 0) {
      const { record = Infinity } = await store.nextDue();
      return { more: false, dueAt: Math.min(record, refreshAt) };
    }
    try {
      for (const [object, records] of Map.groupBy(due, ({ object }) => object)) await evaluateAll(object, records);
    } catch (error) {
      await store.release({ records: due }, clock());
      throw error;
    }
    onSaved();
    return { more: true };
  };

  async function evaluateAll(object: string, records: DueRecord[]): Promise<void> {
    const dossiers = await store.dossiers(records.map(({ id }) => id));
    const active = models.forObject(object);
    const unknown = active.flatMap(({ model }) =>
      records.filter(({ id }) => !dossiers.get(id)!.scores.has(model.key)).map(({ id }) => scoreId(model.key, id)),
    );
    const [fetched, inSalesforce] = await Promise.all([
      Promise.all(active.map((each) => fetchOrSkip(each, records))),
      fetchPrevious(salesforce, unknown),
    ]);
    const usable = active.flatMap((model, index) => (fetched[index] ? [{ active: model, rows: fetched[index] }] : []));
    const gone = usable.length === 0 ? [] : records.filter(({ id }) => usable.every(({ rows }) => !rows.has(id)));
    if (gone.length > 0) {
      await store.forget(
        gone.map(({ id }) => id),
        clock(),
      );
      log.info({ step: 'evaluate', object, gone: gone.length });
      onGone();
    }

    const evaluations: Evaluation[] = [];
    for (const record of records.filter((each) => !gone.includes(each))) {
      // Deliveries are accepted in between.
      await setImmediate();
      const scorings = usable.flatMap(({ active, rows }): Scoring[] => {
        const row = rows.get(record.id);
        return row ? [{ active, row }] : [];
      });
      const { flushInterval } = config;
      const dossier = dossiers.get(record.id)!;
      evaluations.push(evaluateRecord(record, dossier, scorings, inSalesforce, { at: clock(), flushInterval }));
    }
    const { outdatedModels } = await store.save(evaluations);
    if (outdatedModels) refreshAt = 0;
    for (const evaluation of evaluations) trace(evaluation, dossiers.get(evaluation.record.id)!);
  }

  /** One model that reads what the org does not have must not hold up the others. */
  async function fetchOrSkip(active: ActiveModel, records: DueRecord[]): Promise<Map<string, SalesforceRow> | null> {
    try {
      return await fetchRecords(
        salesforce,
        active.needs,
        records.map(({ id }) => id),
      );
    } catch (error) {
      if (!(error instanceof Permanent)) throw error;
      await models.skip(
        active,
        `Salesforce refuses what the model reads (${error.code}: ${error.message}); correct and publish it`,
      );
      return null;
    }
  }

  function trace({ sent }: Evaluation, { engagements }: Dossier): void {
    const newly = new Set(sent.map(({ source, id }) => engagementId(source, id)));
    for (const { engagement, delivery, acceptedAt } of engagements) {
      const id = engagementId(engagement.source, engagement.id);
      if (newly.has(id)) onStep({ step: 'evaluated', delivery, engagement: id, ms: clock() - acceptedAt });
    }
  }
}
