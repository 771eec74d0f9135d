/**
 * The contract's own cases, through the source and through the command. They lie beside the checkout, so that a checkout
 * on its own skips them; vectors.test.ts runs everywhere.
 */
import { describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { compile, parseModel } from '../src/index.ts';
import { contractFiles } from './contract-cases.ts';

const root = new URL('../../', import.meta.url);

/** Runs the command on Node itself: scripts/run.mjs would first install what is missing. */
async function runCommand(input: string): Promise<{ code: unknown; lines: unknown[] }> {
  const command = spawn(process.execPath, ['scripts/evaluate.ts'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const exit = once(command, 'exit');
  command.stdin.end(input);
  const output = await text(command.stdout);
  const [code] = (await exit) as [unknown];
  return {
    code,
    lines: output
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  };
}

for (const { file, content, cases } of contractFiles) {
  if (content === undefined) {
    test.skip(`${file}: skipped, as it does not lie beside the checkout`, () => undefined);
    continue;
  }
  describe(file, () => {
    test.each(cases)('$name', (given) => {
      const parsed = parseModel(given.model);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      expect(compile(parsed.model).evaluate(given)).toStrictEqual(given.result);
    });

    test('through the command', async () => {
      const { code, lines } = await runCommand(content);
      expect(lines).toStrictEqual(cases.map(({ name, result }) => ({ name, result })));
      expect(code).toBe(0);
    });
  });
}

describe('the command', () => {
  const model = { schema: 1, key: 'm', name: 'M', object: 'Lead', rules: [] };
  const complete = { model, record: {}, engagements: [], at: '2026-03-15' };
  const pathsOf = (line: unknown) => (line as { error: { path: string }[] }).error.map(({ path }) => path);

  test('answers each line, whatever is wrong with it, and exits with 0', async () => {
    const given = [
      '{"name": "broken"',
      '',
      '[]',
      JSON.stringify({ name: 'empty' }),
      JSON.stringify({ name: 'at', ...complete, at: '15 March' }),
      JSON.stringify({ name: 'several', ...complete, model: { ...model, rules: [{}], color: 1 }, engagements: {} }),
      JSON.stringify({ name: 'deep', ...complete }).replace(
        '"rules":[]',
        `"rules":${'['.repeat(9e4)}${']'.repeat(9e4)}`,
      ),
      JSON.stringify({ name: 'line\u2028separator', ...complete, previous: null }),
      JSON.stringify({
        name: 'odd',
        ...complete,
        engagements: [null, 5, { id: 1 }, { id: 'a', type: 'b', occurredAt: 7 }],
      }),
    ];
    const { code, lines } = await runCommand(given.join('\n'));
    expect(code).toBe(0);
    expect(lines).toHaveLength(given.length);
    expect(lines.map((line) => (line as { name: unknown }).name)).toEqual([
      ...[null, null, null, 'empty', 'at', 'several', 'deep', 'line\u2028separator', 'odd'],
    ]);
    expect(lines.slice(0, 7).map(pathsOf)).toEqual([
      [''],
      [''],
      [''],
      ['/model', '/record', '/engagements', '/at'],
      ['/at'],
      ['/rules/0/kind', '/color', '/engagements'],
      [''],
    ]);
    expect(lines[7]).toHaveProperty('result.score', 0);
    expect(lines[8]).toHaveProperty('result.score', 0);
  });
});
