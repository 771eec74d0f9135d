import { ApiError } from '../../errors.ts';
import { children, texts } from '../node.ts';
import { readRecord } from '../record.ts';
import { resultXml } from '../result.ts';
import type { SoapCall } from './call.ts';

/** `merge`: each request stands for itself. */
export const merge: SoapCall = ({ org, user, node, options }) => {
  const requests = children(node, 'mergeRequests').map((request) => {
    const [master] = children(request, 'masterRecord');
    if (master === undefined) throw new ApiError(500, 'MISSING_ARGUMENT', 'masterRecord is missing');
    return { master: readRecord(master).row, mergedIds: texts(request, 'recordToMergeIds') };
  });
  if (requests.length > 200) throw new ApiError(500, 'EXCEEDED_ID_LIMIT', 'merge takes up to 200 requests');
  return org
    .merge(user, requests, options)
    .map(({ mergedRecordIds, updatedRelatedIds, ...result }) =>
      resultXml(result, { mergedRecordIds, updatedRelatedIds }),
    )
    .join('');
};
