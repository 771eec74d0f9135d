import { ApiError, NotSupported } from '../../errors.ts';
import type { SaveResult } from '../../org.ts';
import type { Row } from '../../schema/types.ts';
import { children, text, texts } from '../node.ts';
import { readRecord } from '../record.ts';
import { resultXml } from '../result.ts';
import type { SoapCall, SoapRequest } from './call.ts';

/** The SOAP API takes 200 records a call. */
const most = 200;

/** A call on records, which may be of several objects: those of one object go together, answered in their order. */
function onRecords(
  save: (request: SoapRequest, type: string, rows: Row[]) => SaveResult[],
  more: (result: SaveResult) => Readonly<Record<string, string>> = () => ({}),
): SoapCall {
  return (request) => {
    const records = children(request.node, 'sObjects').map(readRecord);
    limit(records);
    return request.org.transaction(() => {
      const byType = Map.groupBy(records, ({ type }) => type);
      if (request.options.allOrNone && byType.size > 1)
        throw new NotSupported('AllOrNoneHeader on records of several objects');
      const results = new Map(
        [...byType].flatMap(([type, group]) => {
          const saved = save(
            request,
            type,
            group.map(({ row }) => row),
          );
          return group.map((record, i) => [record, saved[i]!] as const);
        }),
      );
      return records
        .map((record) => results.get(record)!)
        .map((result) => resultXml(result, more(result)))
        .join('');
    });
  };
}

function onIds(work: (request: SoapRequest, ids: string[]) => SaveResult[]): SoapCall {
  return (request) => {
    const ids = texts(request.node, 'ids');
    limit(ids);
    return work(request, ids)
      .map((result, i) => resultXml({ id: ids[i]!, ...result }))
      .join('');
  };
}

function limit({ length }: readonly unknown[]): void {
  if (length > most)
    throw new ApiError(
      500,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${most} records in this call`,
    );
}

export const records: Readonly<Record<string, SoapCall>> = {
  create: onRecords(({ org, user, options }, type, rows) => org.insert(user, type, rows, options)),
  update: onRecords(({ org, user, options }, type, rows) => org.update(user, type, rows, options)),
  upsert: onRecords(
    ({ org, user, node, options }, type, rows) =>
      org.upsert(user, type, text(node, 'externalIDFieldName') ?? 'Id', rows, options),
    ({ created = false }) => ({ created: String(created) }),
  ),
  delete: onIds(({ org, user, options }, ids) => org.remove(user, ids, options)),
  undelete: onIds(({ org, user, options }, ids) => org.undelete(user, ids, options)),
  emptyRecycleBin: onIds(({ org, user }, ids) => org.emptyBin(user, ids)),
};
