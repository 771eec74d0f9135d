import type { Row, SObject } from '../schema/types.ts';
import { RowError } from './row-error.ts';

/** A converted Lead can be read and deleted, and that is all, unless its user may "View and Edit Converted Leads". */
export const isConvertedLead = ({ name }: SObject, row: Row) => name === 'Lead' && row['IsConverted'] === true;

export const convertedLead = (fields: readonly string[] = []) =>
  new RowError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', fields);
