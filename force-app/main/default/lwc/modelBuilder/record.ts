import { getFieldValue, type RecordRepresentation } from 'lightning/uiRecordApi';
import type { Model } from 'c/scoringCore';
import { draftFrom, modelIn } from 'c/modelDraft';

const NAME = 'Scoring_Model__c.Name';
const KEY = 'Scoring_Model__c.External_Id__c';
const OBJECT = 'Scoring_Model__c.Object__c';
const DRAFT = 'Scoring_Model__c.Draft__c';
const DEFINITION = 'Scoring_Model__c.Definition__c';
const VERSION = 'Scoring_Model__c.Version__c';

export const FIELDS = [NAME, KEY, OBJECT, DRAFT, DEFINITION, VERSION];

/** What is known of a model when it is opened. */
export interface Opened {
  /** The draft, or what is published, or, where nothing has ever been written, an empty one. */
  draft: Model;
  /** Whether the draft differs from what is published. */
  isEdited: boolean;
  published?: Model;
  /** The number of the last version; 0 before the first. */
  version: number;
}

/** Throws an Error where the draft is none. */
export function openedFrom(record: RecordRepresentation): Opened {
  const text = (field: string) => (getFieldValue(record, field) as string | null) ?? '';
  const [draft, definition] = [text(DRAFT), text(DEFINITION)];
  const fresh: Model = { schema: 1, key: text(KEY), name: text(NAME), object: text(OBJECT), rules: [] };
  return {
    draft: draft || definition ? draftFrom(draft || definition) : fresh,
    isEdited: draft !== '',
    published: modelIn(definition),
    version: (getFieldValue(record, VERSION) as number | null) ?? 0,
  };
}
