/**
 * The command of contracts/scoring.md, section 7: JSON lines in, a line out for each.
 *
 * @example
 * npm run --silent evaluate < cases.ndjson
 */
import { once } from 'node:events';
import { compile, parseInstant, parseModel } from '../scoring-core/src/index.ts';
import type { EvaluateInput, Problem, Result } from '../scoring-core/src/index.ts';

type Answer = { name: string | number | null } & ({ result: Result } | { error: Problem[] });

process.stdin.setEncoding('utf8');
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1); // whoever reads has heard enough
});

for await (const line of linesOf(process.stdin)) {
  if (!process.stdout.write(`${JSON.stringify(answer(line))}\n`)) await once(process.stdout, 'drain');
}

/** node:readline would also break lines at U+2028 and U+2029, which JSON text may hold. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let pieces: string[] = [];
  for await (const chunk of chunks) {
    const [head = '', ...rest] = chunk.split('\n');
    pieces.push(head);
    for (const start of rest) {
      yield pieces.join('');
      pieces = [start];
    }
  }
  const last = pieces.join('');
  if (last !== '') yield last;
}

function answer(line: string): Answer {
  let input: unknown;
  try {
    input = JSON.parse(line);
  } catch (error) {
    return { name: null, error: [{ path: '', message: `The line is no JSON: ${(error as Error).message}.` }] };
  }
  if (!isObject(input)) return { name: null, error: [{ path: '', message: 'Expected a JSON object on each line.' }] };
  const { model, record, engagements, previous, at } = input;
  const name = typeof input['name'] === 'string' || typeof input['name'] === 'number' ? input['name'] : null;

  const parsed = parseModel(model);
  const problems = parsed.ok || model === undefined ? [] : parsed.problems;
  const want = (fits: boolean, path: string, message: string) => {
    if (!fits) problems.push({ path, message });
  };
  want(model !== undefined, '/model', 'Expected model to be a scoring model.');
  want(isObject(record), '/record', 'Expected record to be an object with the fields of the record.');
  want(Array.isArray(engagements), '/engagements', 'Expected engagements to be a list; it may be empty.');
  want(
    previous == null || isObject(previous),
    '/previous',
    'Expected previous to be an object; leave it out the first time.',
  );
  want(parseInstant(at) !== undefined, '/at', 'Expected at to be an ISO date such as 2026-03-15T12:00:00.000Z.');
  if (!parsed.ok || problems.length > 0) return { name, error: problems };

  // What was just checked; evaluate itself copes with whatever is in the record and the engagements.
  const checked = { record, engagements, at, previous: previous ?? undefined } as EvaluateInput;
  return { name, result: compile(parsed.model).evaluate(checked) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
