import { parse } from 'csv-parse/sync';
import { Unreadable, type Adapter } from './adapter.ts';
import { readEach } from './batch.ts';
import { decode, type Json } from './json.ts';
import { place, read } from './mapping.ts';
import { verifySharedSecret } from './secret.ts';

/**
 * A CSV file with a heading, a line for each engagement: the columns are the contract's own words (`type`, `person.email`,
 * `occurredAt` ...), or the connection's mapping says which column is what. Separated by comma, semicolon or tab.
 */
export const csv: Adapter = {
  name: 'csv',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery, settings) =>
    readEach(rows(decode(delivery.body)), (row) => read(delivery, nested(row), settings)),
};

function rows(text: string): Json[] {
  const [heading = ''] = text.split(/\r?\n/, 1);
  try {
    return parse(text, {
      bom: true,
      columns: true,
      delimiter: delimiterOf(heading),
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    throw new Unreadable(`the file is not CSV (${(error as Error).message})`);
  }
}

/** Whichever separates the most columns. */
function delimiterOf(heading: string): string {
  const count = (delimiter: string) => heading.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** Blank cells say nothing. A column `person.email` is the email of the person, and keeps its own name for the mapping. */
function nested(row: Json): Json {
  const event: Json = {};
  for (const [column, value] of Object.entries(row)) {
    if (value === '') continue;
    event[column] = value;
    if (column.includes('.')) place(event, column.split('.'), value);
  }
  return event;
}
