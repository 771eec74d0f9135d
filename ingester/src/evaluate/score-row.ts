import { reasons, type EvaluateInput, type Result } from '../../../scoring-core/src/index.ts';
import { explanation } from './explanation.ts';
import type { ActiveModel } from './models.ts';

/** The objects that Score__c has a lookup for. */
const lookups = ['Lead', 'Contact', 'Account', 'Opportunity'];

const REASONS = 10;

export const scoreId = (model: string, record: string): string => `${model}:${record}`;

/** The Score__c row but for the instant of evaluation, by which alone a score is not worth a write. */
export function scoreRow(
  active: ActiveModel,
  record: { id: string; object: string },
  result: Result,
  input: EvaluateInput,
) {
  return {
    External_Id__c: scoreId(active.model.key, record.id),
    Record_Id__c: record.id,
    Model__c: active.id,
    Model_Version__c: active.version,
    ...(lookups.includes(record.object) && { [`${record.object}__c`]: record.id }),
    Value__c: result.score,
    Rating__c: result.rating,
    Grade__c: result.grade,
    Reasons__c: reasons(active.model, result, REASONS).map(inWords).join('\n').replaceAll('@{', '@ {'),
    Explanation__c: explanation(active, result, input),
    Next_Change_At__c: result.nextChangeAt,
  };
}

/** `+20 Pricing page visit (2 times)` */
function inWords({ points, name, awards }: ReturnType<typeof reasons>[number]): string {
  return `${points >= 0 ? '+' : ''}${points} ${name}${awards > 1 ? ` (${awards} times)` : ''}`;
}
