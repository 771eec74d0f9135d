import { ApiError } from '../errors.ts';
import { answerError } from './errors.ts';
import { resolve, resolveText } from './references.ts';
import { objectBody } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';
import type { Match } from './router.ts';

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: unknown;
}

const most = 25;
const mostCostly = 5;

/** Up to 25 calls in one, each able to use what earlier ones answered. `find` is the router of the whole API. */
export const composite = (find: (method: string, path: string) => Match): Route[] => [
  {
    method: 'POST',
    path: '/composite',
    handle: (call) => {
      const { compositeRequest, allOrNone } = objectBody(call);
      const subrequests = checkSubrequests(compositeRequest, most);
      const run = () => runAll(call, find, subrequests, allOrNone === true);
      return ok({ compositeResponse: allOrNone === true ? keepAllOrNone(call, run) : run().answers });
    },
  },
];

interface Answer {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

export function runAll(
  call: Call,
  find: (method: string, path: string) => Match,
  subrequests: Subrequest[],
  halting: boolean,
) {
  const answers = new Map<string, unknown>();
  let failed = false;
  const results = subrequests.map((subrequest): Answer => {
    const { referenceId } = subrequest;
    const reply = failed && halting ? halted : runOne(call, find, subrequest, answers);
    failed ||= reply.status >= 400 || (halting && hasFailedRow(reply.body));
    if (reply.status < 400) answers.set(referenceId, reply.body);
    return { body: reply.body ?? null, httpHeaders: headersOf(reply), httpStatusCode: reply.status, referenceId };
  });
  return { answers: results, failed };
}

function runOne(
  call: Call,
  find: (method: string, path: string) => Match,
  subrequest: Subrequest,
  answers: Map<string, unknown>,
): Reply {
  try {
    const url = new URL(resolveText(subrequest.url, answers), 'http://local');
    const path = /^\/services\/data\/v(\d\d\.0)(\/.*)$/.exec(url.pathname);
    if (path?.[1] !== call.version)
      throw new ApiError(
        400,
        'INVALID_INPUT',
        `The url of ${subrequest.referenceId} must start with /services/data/v${call.version}/`,
      );
    if (/^\/composite\/?$/.test(path[2]!))
      throw new ApiError(400, 'INVALID_INPUT', 'a composite call cannot contain another');
    const { route, params } = find(subrequest.method.toUpperCase(), path[2]!);
    const query = Object.fromEntries(url.searchParams);
    return call.org.transaction(() =>
      route.handle({ ...call, params, query, body: resolve(subrequest.body, answers) }),
    );
  } catch (error) {
    return answerError(error);
  }
}

/** Undoes everything where one subrequest failed, and says so in place of the others' answers. */
export function keepAllOrNone(call: Call, run: () => { answers: Answer[]; failed: boolean }): Answer[] {
  let answers: Answer[] = [];
  try {
    return call.org.transaction(() => {
      const result = run();
      answers = result.answers;
      if (result.failed) throw new Undo();
      return answers;
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
    return answers.map((answer) =>
      answer.httpStatusCode < 400 && !hasFailedRow(answer.body)
        ? { ...answer, body: halted.body, httpHeaders: {}, httpStatusCode: halted.status }
        : answer,
    );
  }
}

class Undo extends Error {}

const halted: Reply = {
  status: 400,
  body: [
    {
      errorCode: 'PROCESSING_HALTED',
      message: 'The transaction was rolled back since another operation in the same transaction failed.',
    },
  ],
};

const hasFailedRow = (body: unknown) =>
  Array.isArray(body) && body.some((row: { success?: boolean } | null) => row?.success === false);

const headersOf = ({ headers = {} }: Reply) => (headers['location'] ? { Location: headers['location'] } : {});

export function checkSubrequests(list: unknown, limit: number): Subrequest[] {
  if (!Array.isArray(list))
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'compositeRequest: a list of subrequests is expected');
  const subrequests = list as Subrequest[];
  if (subrequests.length > limit) throw tooMany(`more than ${limit} subrequests`);
  const costly = subrequests.filter(({ url }) => /\/(query|queryAll|composite\/sobjects)\b/.test(url));
  if (costly.length > mostCostly) throw tooMany(`more than ${mostCostly} queries and collections`);
  const ids = new Set<string>();
  for (const { method, url, referenceId } of subrequests) {
    if (![method, url, referenceId].every((text) => typeof text === 'string' && text !== ''))
      throw new ApiError(400, 'INVALID_INPUT', 'each subrequest needs method, url and referenceId');
    if (ids.has(referenceId)) throw new ApiError(400, 'INVALID_INPUT', `Duplicate reference ID ${referenceId}`);
    ids.add(referenceId);
  }
  return subrequests;
}

const tooMany = (what: string) => new ApiError(400, 'LIMIT_EXCEEDED', `a composite call cannot contain ${what}`);
