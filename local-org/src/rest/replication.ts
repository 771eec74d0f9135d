import { ApiError } from '../errors.ts';
import { allRecords } from '../soql/pages.ts';
import { datetimeText } from '../time.ts';
import { knownObject } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** The time span that the call asks for; seconds do not count. */
function span({ org, query }: Call): { start: string; end: string } {
  const at = (name: string) => {
    const instant = Date.parse((query[name] ?? '').replace(/ (\d\d:?\d\d)$/, '+$1'));
    if (Number.isNaN(instant)) throw invalid(`The parameter ${name} is not a valid date and time`);
    return Math.floor(instant / minute) * minute;
  };
  const [start, end] = [at('start'), at('end')];
  if (start >= end) throw invalid('end must be at least a minute later than start');
  if (start < org.clock() - 30 * day) throw invalid('start must be within the last 30 days');
  return { start: datetimeText(start), end: datetimeText(end) };
}

const invalid = (message: string) => new ApiError(400, 'INVALID_REPLICATION_DATE', message);

/** Records of the object whose last change lies in the span, deleted or not. */
function changed(call: Call, deleted: boolean) {
  const object = knownObject(call);
  const { start, end } = span(call);
  if (!object.recycleBin) throw new ApiError(400, 'INVALID_TYPE', `${object.name} is not replicateable`);
  const among = `SystemModstamp >= ${soqlTime(start)} AND SystemModstamp < ${soqlTime(end)}`;
  const soql = `SELECT Id, SystemModstamp FROM ${object.name} WHERE IsDeleted = ${deleted} AND ${among} ORDER BY Id`;
  return { records: allRecords(call.org, call.user, soql, { all: deleted }), end };
}

const soqlTime = (datetime: string) => datetime.replace('+0000', 'Z');

function updated(call: Call): Reply {
  const { records, end } = changed(call, false);
  return ok({ ids: records.map((record) => record['Id']), latestDateCovered: end });
}

function deleted(call: Call): Reply {
  const { records, end } = changed(call, true);
  return ok({
    deletedRecords: records.map((record) => ({ id: record['Id'], deletedDate: record['SystemModstamp'] })),
    earliestDateAvailable: datetimeText(call.org.clock() - 30 * day),
    latestDateCovered: end,
  });
}

export const replication: Route[] = [
  { method: 'GET', path: '/sobjects/:object/updated', handle: updated },
  { method: 'GET', path: '/sobjects/:object/deleted', handle: deleted },
];
