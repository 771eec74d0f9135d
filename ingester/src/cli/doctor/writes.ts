import { compile, type Model } from '../../../../scoring-core/src/index.ts';
import { evaluateRecord } from '../../evaluate/evaluate.ts';
import { mappedFields, type ActiveModel } from '../../evaluate/models.ts';
import type { Session } from '../../salesforce/session.ts';
import { describe, type Description } from './describe.ts';
import { DEPLOY, orFine, type Finding } from './finding.ts';

const check = 'write';

/** A field that the ingester writes, and the model that wants it, if one does. */
interface Written {
  object: string;
  field: string;
  model?: string;
}

/** Whether the user may write all that the ingester writes: what an evaluation under each model hands to the outbox. */
export async function checkWrites(session: Session, models: readonly ActiveModel[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  const examples =
    models.length > 0 ? models : [{ id: '', version: null, mapping: {}, model: bare('Lead'), fingerprint: '' }];
  const written = examples.flatMap(writtenBy);
  for (const [object, fields] of Map.groupBy(written, (each) => each.object)) {
    const description = await describe(session, object);
    const refusals = description ? fieldFindings(description, fields) : [missing(object)];
    findings.push(
      ...orFine(refusals, check, object, `${new Set(fields.map(({ field }) => field)).size} fields can be written`),
    );
  }
  return findings;
}

/** The smallest model of an object. */
const bare = (object: string): Model => ({ schema: 1, key: 'doctor', name: 'Doctor', object, rules: [] });

const RECORD = '00Q000000000000AAA';

/** What an evaluation under the model writes, tried on a record and an engagement that are made up. */
function writtenBy({ id, version, mapping, model: { object, key } }: Omit<ActiveModel, 'scorer' | 'needs'>): Written[] {
  const at = 0;
  const record = { id: RECORD, object, version: 0 };
  const engagement = {
    ...{ id: '1', source: 'doctor', type: 'page.view', person: {}, authenticated: 'none' as const },
    ...{ occurredAt: new Date(at).toISOString(), receivedAt: new Date(at).toISOString(), timePrecision: 'ms' as const },
  };
  const entry = { engagement, delivery: 1, acceptedAt: at, records: [record], sentAs: null };
  const model = bare(object);
  const needs = { object, fields: [], children: [], engagementTypes: [] };
  const active = { id, version, mapping, model, scorer: compile(model), needs, fingerprint: '' };
  const dossier = { engagements: [entry], scores: new Map(), fields: null };
  const scorings = [{ active, row: { attributes: { type: object } } }];
  const { outbox } = evaluateRecord(record, dossier, scorings, new Map(), { at, flushInterval: 0 });
  return outbox.flatMap(({ object: written, payload }) =>
    Object.keys(payload)
      .filter((field) => field !== 'Id')
      .map((field) => ({ object: written, field, ...(written === object && { model: key }) })),
  );
}

const missing = (object: string): Finding => ({
  level: 'problem',
  check,
  where: object,
  what: 'the object is not there, or the user may not see it',
  remedy: DEPLOY,
});

function fieldFindings(description: Description, written: readonly Written[]): Finding[] {
  const isOwn = written.some(({ model }) => model === undefined);
  const what = isOwn ? 'create and edit' : 'edit';
  if (!description.updateable || (isOwn && !description.createable))
    return [
      { level: 'problem', check, where: written[0]!.object, what: `the user may not ${what} records`, remedy: DEPLOY },
    ];
  const known = new Map(description.fields.map((field) => [field.name, field]));
  const findings = written.map((each) => fieldFinding(each, known.get(each.field)));
  return [...new Map(findings.flatMap((each) => (each ? [[JSON.stringify(each), each]] : []))).values()];
}

function fieldFinding(
  { object, field, model }: Written,
  found: Description['fields'][number] | undefined,
): Finding | null {
  if (found?.updateable && (model !== undefined || found.createable)) return null;
  return {
    level: 'problem',
    check,
    where: `${object}.${field}`,
    what: found ? 'the user may not edit the field' : 'the field is not there, or the user may not see it',
    remedy:
      model === undefined
        ? DEPLOY
        : `give the user Edit on it by a permission set, or name another field in the model "${model}" (${Object.values(mappedFields).join(', ')})`,
  };
}
