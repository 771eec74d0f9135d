import { parseArgs } from 'node:util';
import { readAddress } from '../config.ts';
import type { Status } from '../http/status.ts';
import { Refused, UsageError, type Command, type World } from './command.ts';

const PATIENCE = 10_000;

export const status: Command = {
  summary: 'asks a running ingester how it is doing',
  help: `scoreline status [--url URL] [--json]

  --url URL   where the ingester listens; HOST and PORT say it otherwise
  --json      the answer of /status as it is

Exit code 1: it does not answer, a step is failing, or a model is not scored.`,
  async run(args, { environment, fetch, out }) {
    const { values } = parseArgs({ args, options: { url: { type: 'string' }, json: { type: 'boolean' } } });
    const { host, port } = readAddress(environment);
    const url = values.url ?? `http://${host}:${port}`;
    if (!URL.canParse(url)) throw new UsageError(`--url is "${url}"; expected a URL such as http://127.0.0.1:8080`);
    const answer = await ask(fetch, new URL('/status', url).href);
    if (values.json) out(JSON.stringify(answer));
    else for (const line of table(answer)) out(line);
    return problemsOf(answer).length > 0 ? 1 : 0;
  },
};

async function ask(fetch: World['fetch'], url: string): Promise<Status> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return (await response.json()) as Status;
  } catch (error) {
    const { cause, message } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    throw new Refused(`${url} cannot be asked (${why}); start the ingester, or name its address with --url`);
  }
}

const problemsOf = ({ failures, skippedModels }: Status): string[] => [
  ...Object.entries(failures).flatMap(([step, why]) => (why === null ? [] : [`step ${step} is failing: ${why}`])),
  ...Object.entries(skippedModels).map(([model, why]) => `model ${model} is not scored: ${why}`),
];

function table(answer: Status): string[] {
  const { counts, accepted, salesforceCalls } = answer;
  const rows: [string, number][] = [
    ['accepted since the start', accepted],
    ['Salesforce calls since the start', salesforceCalls],
    ['inbox', counts.inbox],
    ['ledger', counts.ledger],
    ['unmatched', counts.unmatched],
    ['people', counts.people],
    ['records', counts.records],
    ['outbox', counts.outbox],
    ['set aside', counts.setAside],
    ['dead letters', counts.deadLetters],
  ];
  return [...rows.map(([what, count]) => `${what.padEnd(34)}${String(count).padStart(10)}`), ...problemsOf(answer)];
}
