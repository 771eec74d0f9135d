import {
  compile,
  parseModel,
  requirements,
  type Model,
  type Requirements,
  type Scorer,
} from '../../../scoring-core/src/index.ts';
import { sha256 } from '../engagement/id.ts';
import type { Log } from '../log.ts';
import type { Salesforce } from '../salesforce/salesforce.ts';
import type { SalesforceRow } from '../salesforce/query.ts';
import { selectWhere } from '../salesforce/soql.ts';
import type { Store } from '../store/store.ts';

/** What a model may write to the scored record, and where Scoring_Model__c names the field for it. */
export const mappedFields = {
  score: 'Score_Field__c',
  rating: 'Rating_Field__c',
  grade: 'Grade_Field__c',
  changedAt: 'Score_Changed_At_Field__c',
  lastEngagementAt: 'Last_Engagement_At_Field__c',
  lastEngagementType: 'Last_Engagement_Type_Field__c',
} as const;

export type Mapping = Partial<Record<keyof typeof mappedFields, string>>;

/** A published model with all that its evaluation takes. */
export interface ActiveModel {
  id: string;
  version: number | null;
  model: Model;
  scorer: Scorer;
  needs: Requirements;
  mapping: Mapping;
  fingerprint: string;
}

export interface Models {
  /** Reads the active models anew, and puts records up for evaluation whose models have changed. */
  refresh(): Promise<void>;
  all(): readonly ActiveModel[];
  forObject(object: string): readonly ActiveModel[];
  /** Passes over a model whose fields the org refuses to read, until it is published anew or the ingester restarted. */
  skip(model: ActiveModel, reason: string): Promise<void>;
  /** Reasons by the key (External_Id__c) of each model that is not scored. */
  problems(): ReadonlyMap<string, string>;
}

export function createModels(parts: {
  salesforce: Salesforce;
  store: Pick<Store, 'noteModels'>;
  clock: () => number;
  log: Log;
}): Models {
  const { salesforce, store, clock, log } = parts;
  let active: ActiveModel[] = [];
  let problems = new Map<string, string>();
  /** Reasons by the fingerprint of the model. */
  const unreadable = new Map<string, string>();

  const note = (models: readonly ActiveModel[], fingerprint: (model: ActiveModel) => string | null) =>
    store.noteModels(
      models.map((each) => ({ key: each.model.key, object: each.model.object, fingerprint: fingerprint(each) })),
      clock(),
    );

  return {
    async refresh() {
      const soql = selectWhere(
        {
          object: 'Scoring_Model__c',
          fields: ['Id', 'External_Id__c', 'Version__c', 'Definition__c', ...Object.values(mappedFields)],
        },
        { Status__c: 'Active' },
      );
      const found: ActiveModel[] = [];
      const refused = new Map<string, string>();
      for (const row of await salesforce.query(soql)) {
        const read = readModel(row);
        const reason = typeof read === 'string' ? read : unreadable.get(read.fingerprint);
        if (reason !== undefined) refused.set(String(row['External_Id__c']), reason);
        else if (typeof read !== 'string') found.push(read);
      }
      for (const [model, reason] of refused) {
        if (problems.get(model) !== reason) log.warn({ step: 'models', model, skipped: reason });
      }
      await note(found, ({ fingerprint }) => fingerprint);
      active = found;
      problems = refused;
    },
    all: () => active,
    forObject: (object) => active.filter(({ model }) => model.object === object),
    async skip(skipped, reason) {
      active = active.filter((each) => each !== skipped);
      unreadable.set(skipped.fingerprint, reason);
      problems.set(skipped.model.key, reason);
      log.warn({ step: 'models', model: skipped.model.key, skipped: reason });
      await note([skipped], () => null);
    },
    problems: () => problems,
  };
}

/** The model, or why it cannot be used. */
function readModel(row: SalesforceRow): ActiveModel | string {
  let definition: unknown;
  try {
    definition = JSON.parse(String(row['Definition__c']));
  } catch {
    return 'Definition__c is not JSON; publish the model again';
  }
  const parsed = parseModel(definition);
  if (!parsed.ok) return parsed.problems.map(({ path, message }) => `Definition__c${path}: ${message}`).join('; ');
  const { model } = parsed;
  const mapping = Object.fromEntries(
    Object.entries(mappedFields).flatMap(([what, field]) => {
      const name = row[field];
      return typeof name === 'string' && name !== '' ? [[what, name]] : [];
    }),
  ) as Mapping;
  const version = typeof row['Version__c'] === 'number' ? row['Version__c'] : null;
  const fingerprint = sha256(JSON.stringify([row['Id'], version, definition, mapping]));
  return {
    id: String(row['Id']),
    version,
    model,
    scorer: compile(model),
    needs: requirements(model),
    mapping,
    fingerprint,
  };
}
