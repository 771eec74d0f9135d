import type { Result } from '../../../scoring-core/src/index.ts';

/** The result in an Explanation__c; nothing of it where the field holds something else. */
export function parsed(explanation: unknown): Partial<Result> {
  try {
    return (JSON.parse(String(explanation)) as Partial<Result> | null) ?? {};
  } catch {
    return {};
  }
}
