import { ApiError } from '../errors.ts';
import { checkSubrequests, keepAllOrNone, runAll } from './composite.ts';
import { objectBody } from './request.ts';
import { ok } from './route.ts';
import type { Call, Route } from './route.ts';
import type { Match } from './router.ts';

const mostGraphs = 75;
const mostNodes = 500;

interface Graph {
  readonly graphId: string;
  readonly compositeRequest: unknown;
}

/** Graphs of calls that use each other's answers; each graph is kept whole or not at all, whatever becomes of the others. */
export const graph = (find: (method: string, path: string) => Match): Route[] => [
  {
    method: 'POST',
    path: '/composite/graph',
    handle: (call) => {
      const graphs = checked(call);
      return ok({
        graphs: graphs.map(({ graphId, subrequests }) => {
          const compositeResponse = keepAllOrNone(call, () => runAll(call, find, subrequests, true));
          const isSuccessful = compositeResponse.every(({ httpStatusCode }) => httpStatusCode < 400);
          return { graphId, graphResponse: { compositeResponse }, isSuccessful };
        }),
      });
    },
  },
];

function checked(call: Call) {
  const { graphs } = objectBody(call);
  if (!Array.isArray(graphs)) throw new ApiError(400, 'JSON_PARSER_ERROR', 'graphs: a list is expected');
  if (graphs.length > mostGraphs) throw new ApiError(400, 'LIMIT_EXCEEDED', `more than ${mostGraphs} graphs`);
  const ids = new Set<string>();
  const read = (graphs as Graph[]).map(({ graphId, compositeRequest }) => {
    if (typeof graphId !== 'string' || ids.has(graphId))
      throw new ApiError(400, 'INVALID_INPUT', 'each graph needs a graphId of its own');
    ids.add(graphId);
    const subrequests = checkSubrequests(compositeRequest, mostNodes);
    const other = subrequests.find(({ url }) => !/^\/services\/data\/v\d\d\.0\/sobjects\//.test(url));
    if (other) throw new ApiError(400, 'INVALID_INPUT', `a graph takes calls of single records only: ${other.url}`);
    return { graphId, subrequests };
  });
  if (read.reduce((sum, { subrequests }) => sum + subrequests.length, 0) > mostNodes)
    throw new ApiError(400, 'LIMIT_EXCEEDED', `more than ${mostNodes} nodes`);
  return read;
}
