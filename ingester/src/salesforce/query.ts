import type { Session } from './session.ts';

export type SalesforceRow = { attributes: { type: string } } & Record<string, unknown>;

interface Page {
  done: boolean;
  nextRecordsUrl?: string;
  records: SalesforceRow[];
}

/** All rows of a query, and all child rows of each, however many pages they take. */
export async function query(session: Session, soql: string): Promise<SalesforceRow[]> {
  return rest(session, await get(session, `/query?q=${encodeURIComponent(soql)}`));
}

const get = (session: Session, url: string): Promise<Page> =>
  session.call((connection, options) => connection.requestGet<Page>(url, options));

async function rest(session: Session, first: Page): Promise<SalesforceRow[]> {
  const rows: SalesforceRow[] = [];
  for (let page: Page | undefined = first; page;) {
    for (const row of page.records) rows.push(await withAllChildren(session, row));
    page = page.done || page.nextRecordsUrl === undefined ? undefined : await get(session, page.nextRecordsUrl);
  }
  return rows;
}

async function withAllChildren(session: Session, row: SalesforceRow): Promise<SalesforceRow> {
  for (const [name, value] of Object.entries(row)) {
    if (isPage(value)) row[name] = { done: true, records: await rest(session, value) };
  }
  return row;
}

const isPage = (value: unknown): value is Page =>
  typeof value === 'object' && value !== null && 'records' in value && 'done' in value;
