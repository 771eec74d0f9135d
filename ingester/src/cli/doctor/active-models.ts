import { createModels, type ActiveModel } from '../../evaluate/models.ts';
import type { Salesforce } from '../../salesforce/salesforce.ts';
import { attempt } from './attempt.ts';
import type { Finding } from './finding.ts';

const check = 'models';
const where = 'Scoring_Model__c';

/** The active models as the ingester reads them, and what keeps others from being scored. */
export async function checkActiveModels(
  salesforce: Salesforce,
  clock: () => number,
): Promise<{ active: readonly ActiveModel[]; findings: Finding[] }> {
  const log = { info: () => undefined, warn: () => undefined };
  const models = createModels({ salesforce, store: { noteModels: () => Promise.resolve() }, clock, log });
  const findings = await attempt(check, async () => {
    await models.refresh();
    return [...[...models.problems()].map(refused), summary(models.all())];
  });
  return { active: models.all(), findings };
}

const refused = ([key, what]: [string, string]): Finding => ({
  level: 'problem',
  check,
  where: `${where} "${key}"`,
  what,
  remedy: 'correct the draft in the model builder and publish it',
});

const summary = (active: readonly ActiveModel[]): Finding =>
  active.length > 0
    ? { level: 'ok', check, where, what: active.map(({ model }) => model.key).join(', ') }
    : {
        level: 'warning',
        check,
        where,
        what: 'no model is active: nothing is scored',
        remedy: 'build a model and publish it; docs/models.md',
      };
