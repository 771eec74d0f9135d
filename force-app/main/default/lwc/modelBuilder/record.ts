import { getFieldValue, type RecordRepresentation } from 'lightning/uiRecordApi';
import type { Model } from 'c/scoringCore';
import { draftFrom } from 'c/modelDraft';

const NAME = 'Scoring_Model__c.Name';
const KEY = 'Scoring_Model__c.External_Id__c';
const OBJECT = 'Scoring_Model__c.Object__c';
const DRAFT = 'Scoring_Model__c.Draft__c';
const DEFINITION = 'Scoring_Model__c.Definition__c';

export const FIELDS = [NAME, KEY, OBJECT, DRAFT, DEFINITION];

/** The draft of a model, or what is published, or, where it has never been written, an empty one. Throws an Error. */
export function draftOf(record: RecordRepresentation): { draft: Model; isEdited: boolean } {
  const text = (field: string) => (getFieldValue(record, field) as string | null) ?? '';
  const draft = text(DRAFT);
  const written = draft || text(DEFINITION);
  if (written) return { draft: draftFrom(written), isEdited: draft !== '' };
  const fresh: Model = { schema: 1, key: text(KEY), name: text(NAME), object: text(OBJECT), rules: [] };
  return { draft: fresh, isEdited: false };
}
