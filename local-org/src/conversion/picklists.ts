import type { Dml } from '../dml/dml.ts';
import { RowError } from '../dml/row-error.ts';
import { dateText } from '../time.ts';

/** Refuses a status that no converted Lead has, as the LeadStatus records say. */
export function checkStatus({ database }: Dml, status: string): void {
  const found = database.get('SELECT 1 FROM "LeadStatus" WHERE "ApiName" = ? AND "IsConverted" = 1', status);
  if (!found) throw new RowError('INVALID_STATUS', `invalid convertedStatus: ${status}`, ['Status']);
}

/** The stage of a new opportunity: the first one. */
export const firstStage = ({ database }: Dml) =>
  database.get('SELECT "ApiName" FROM "OpportunityStage" WHERE "IsActive" = 1 ORDER BY "SortOrder"')![
    'ApiName'
  ] as string;

/** The last day of the quarter: when an opportunity that comes of a Lead is to be closed. */
export function endOfQuarter(now: number): string {
  const date = new Date(now);
  const month = date.getUTCMonth();
  return dateText(Date.UTC(date.getUTCFullYear(), month - (month % 3) + 3, 0));
}
