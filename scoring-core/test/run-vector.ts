/** One case of test/vectors/, through the source or any build of it. */
import { expect } from '@jest/globals';
import type * as Advice from '../src/advice.ts';
import type * as Engine from '../src/index.ts';

export type Case = { name: string; model: unknown } & (
  | (Engine.EvaluateInput & { result: Engine.Result })
  | { warnings: { code: string; path: string }[] }
  | (Engine.EvaluateInput & { explanation: Engine.Explanation; words: string[] })
  | { next: unknown; changes: Advice.Change[]; words: string[] }
);
export type Vectors = { version: 1; concept: string; cases: Case[] };

export function runVector(engine: typeof Engine, advice: typeof Advice, given: Case): void {
  const model = accepted(engine, given.model);
  if ('warnings' in given) {
    expect(advice.lint(model).map(({ code, path }) => ({ code, path }))).toStrictEqual(given.warnings);
  } else if ('changes' in given) {
    const changes = advice.diff(model, accepted(engine, given.next));
    expect(JSON.parse(JSON.stringify(changes))).toStrictEqual(given.changes);
    expect(advice.changesInWords(changes)).toStrictEqual(given.words);
  } else if ('explanation' in given) {
    const { record, engagements, previous, at, explanation, words } = given;
    const result = engine.evaluate(model, record, engagements, previous, at);
    const found = engine.explain(model, result, { record, engagements, previous, at });
    expect(found).toStrictEqual(explanation);
    expect(advice.explanationInWords(found)).toStrictEqual(words);
  } else {
    const { record, engagements, previous, at, result } = given;
    expect(engine.evaluate(model, record, engagements, previous, at)).toStrictEqual(result);
  }
}

function accepted({ parseModel }: typeof Engine, input: unknown): Engine.Model {
  const parsed = parseModel(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.model;
}
