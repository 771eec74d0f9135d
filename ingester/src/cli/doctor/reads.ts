import { lookUp } from '../../bind/look-up.ts';
import { fetchRecords } from '../../evaluate/fetch.ts';
import type { ActiveModel } from '../../evaluate/models.ts';
import { fetchPrevious } from '../../evaluate/previous.ts';
import { Permanent } from '../../salesforce/errors.ts';
import type { Salesforce } from '../../salesforce/salesforce.ts';
import { DEPLOY, orFine, type Finding } from './finding.ts';

const check = 'read';
const NOBODY = 'doctor@scoreline.invalid';

/** Whether the user may read what people are found by, and the scores that stand: the ingester's own queries, for nobody. */
export async function checkReads(salesforce: Salesforce): Promise<Finding[]> {
  const person = {
    person: 0,
    version: 0,
    emails: [NOBODY],
    salesforceIds: ['00Q000000000000AAA', '003000000000000AAA'],
  };
  const queries = [
    ...(await queriesOf((recorder) => lookUp(recorder, [person]))),
    ...(await queriesOf((recorder) => fetchPrevious(recorder, [NOBODY]))),
  ];
  const findings = await Promise.all(
    queries.map(async (soql): Promise<Finding[]> => {
      const where = / FROM (\w+)/.exec(soql)?.[1] ?? soql;
      const refusal = await refusalOf(() => salesforce.query(soql));
      return refusal === null ? [] : [{ level: 'problem', check, where, what: refusal, remedy: DEPLOY }];
    }),
  );
  const distinct = new Map(findings.flat().map((each) => [`${each.where} ${each.what}`, each]));
  return orFine([...distinct.values()], check, 'Lead, Contact, Score__c', 'people and scores can be found');
}

/** Whether the user may read all that a model reads. Children of parents are not tried: that takes a record. */
export async function checkModelReads(salesforce: Salesforce, { model, needs }: ActiveModel): Promise<Finding[]> {
  const where = `model "${model.key}"`;
  const attempt = (part: Pick<ActiveModel['needs'], 'fields' | 'children'>) =>
    refusalOf(() => fetchRecords(salesforce, { ...needs, ...part }, ['000000000000000AAA']));
  const whole = await attempt(needs);
  if (whole === null) return [{ level: 'ok', check, where, what: `all that it reads of ${model.object} can be read` }];

  const parts = [
    ...needs.fields.map((field) => ({ name: `${model.object}.${field}`, fields: [field], children: [] })),
    ...needs.children.flatMap(({ path, fields }) =>
      fields.map((field) => ({ name: `${path}.${field}`, fields: [], children: [{ path, fields: [field] }] })),
    ),
  ];
  const findings: Finding[] = [];
  for (const { name, ...part } of parts) {
    const what = await attempt(part);
    const remedy = `give the user Read on it by a permission set, or take it out of the model "${model.key}"`;
    if (what !== null) findings.push({ level: 'problem', check, where: `${where}, ${name}`, what, remedy });
  }
  return findings.length > 0 ? findings : [{ level: 'problem', check, where, what: whole, remedy: DEPLOY }];
}

/** What Salesforce has against it; null if nothing. */
async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Permanent) return `${error.code}: ${error.message.trim().split('\n').pop() ?? ''}`;
    throw error;
  }
}

/** The queries that the work would ask. */
async function queriesOf(work: (recorder: Salesforce) => Promise<unknown>): Promise<string[]> {
  const asked: string[] = [];
  await work({
    query(soql) {
      asked.push(soql);
      return Promise.resolve([]);
    },
    write: () => Promise.resolve([]),
    calls: () => 0,
  });
  return asked;
}
