import { RowError } from '../dml/row-error.ts';
import { ApiError } from '../errors.ts';
import type { Org, RecordChange, User } from '../org.ts';
import type { Row } from '../schema/types.ts';
import { allRecords } from '../soql/pages.ts';

/**
 * Salesforce publishes a topic's event about this long after the commit, in ms. Clients that subscribe and save at once
 * count on it.
 */
const latency = 1000;

const flags = {
  created: 'NotifyForOperationCreate',
  updated: 'NotifyForOperationUpdate',
  deleted: 'NotifyForOperationDelete',
} as const;

/** Tells the subscribers of each PushTopic about the records that its query selects. */
export function publishTopics(org: Org, system: User): void {
  let topics: Topic[] | undefined;
  org.events.on('change', (change) => {
    if (change.object === 'PushTopic') topics = undefined;
    topics ??= readTopics(org, system);
    for (const topic of topics) {
      const sobject = concerns(topic, change) ? selected(org, system, topic, change) : undefined;
      if (!sobject) continue;
      setTimeout(() => {
        if (!org.bus.closed) org.bus.publish(`/topic/${topic.name}`, { sobject, type: change.type });
      }, latency).unref();
    }
  });
}

interface Topic {
  readonly name: string;
  readonly query: Clauses;
  readonly notifyFor: string;
  /** The operations that it tells about. */
  readonly types: readonly RecordChange['type'][];
}

function readTopics(org: Org, system: User): Topic[] {
  const soql = `SELECT Name, Query, NotifyForFields, ${Object.values(flags).join(', ')} FROM PushTopic WHERE IsActive = true`;
  return allRecords(org, system, soql).map((record) => ({
    name: record['Name'] as string,
    query: clauses(record['Query'] as string)!,
    notifyFor: record['NotifyForFields'] as string,
    types: (['created', 'updated', 'deleted'] as const).filter((type) => record[flags[type]]),
  }));
}

/** What a topic tells of a record; of a deleted one only its ID. */
function selected(org: Org, system: User, { query }: Topic, { id, type }: RecordChange) {
  if (type === 'deleted') return { Id: id };
  const [record] = org.query(system, selectOne(query, id)).records;
  return record && Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'attributes'));
}

interface Clauses {
  readonly fields: string;
  readonly object: string;
  readonly where: string;
}

function clauses(query: string): Clauses | undefined {
  const parts = /^\s*SELECT\s+(.+?)\s+FROM\s+(\w+)(?:\s+WHERE\s+(.+))?\s*$/is.exec(query);
  return parts ? { fields: parts[1]!, object: parts[2]!, where: parts[3] ?? '' } : undefined;
}

const selectOne = ({ fields, object, where }: Clauses, id: string) =>
  `SELECT ${fields} FROM ${object} WHERE Id = '${id}'${where ? ` AND (${where})` : ''}`;

/** Whether a change is one that the topic tells about; an update must touch a field that it looks at. */
function concerns({ query, notifyFor, types }: Topic, { object, type, before, after }: RecordChange): boolean {
  if (query.object.toLowerCase() !== object.toLowerCase() || !types.includes(type)) return false;
  if (type !== 'updated' || notifyFor === 'All') return true;
  const { fields, where } = query;
  const text = { Select: fields, Where: where }[notifyFor] ?? `${fields} ${where}`;
  const names = new Set(text.toLowerCase().match(/\w+/g));
  return Object.keys(after).some((name) => names.has(name.toLowerCase()) && before?.[name] !== after[name]);
}

/** Refuses a PushTopic whose query is none that can be followed record by record. */
export function checkPushTopic(query: (soql: string) => unknown, { Query: asked }: Row): void {
  const parts = clauses(asked as string);
  if (!parts || /\b(ORDER\s+BY|GROUP\s+BY|LIMIT|OFFSET)\b|\(\s*SELECT\b/i.test(asked as string))
    throw new RowError('INVALID_FIELD', 'a PushTopic takes SELECT ... FROM ... WHERE ... of one object', ['Query']);
  if (!parts.fields.split(',').some((name) => name.trim().toLowerCase() === 'id'))
    throw new RowError('INVALID_FIELD', 'Id field is missing in the select list of the query', ['Query']);
  try {
    query(selectOne(parts, '000000000000000AAA'));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new RowError('INVALID_FIELD', error.message, ['Query']);
  }
}
