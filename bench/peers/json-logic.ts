/** https://github.com/TotalTechGeek/json-logic-engine: JSON Logic, compiled to code. */
import type { Comparison, Condition } from '../../scoring-core/src/index.ts';
import type { Fact } from '../data/attribute-rules.ts';
import { lowerCased, type Lead } from '../data/leads.ts';
import { load } from './load.ts';

interface Library {
  LogicEngine: new () => {
    addMethod: (name: string, method: (values: [unknown, string]) => boolean, options: object) => void;
    build: (logic: unknown) => (data: unknown) => number;
  };
}

/**
 * Told upper case apart, as the library does; or compared without case, as the contract says, each text lower-cased once,
 * which was faster than an operation of our own that lower-cases in each test.
 */
export async function jsonLogic(facts: readonly Fact[], ignoresCase: boolean): Promise<(lead: Lead) => number> {
  const { LogicEngine } = await load<Library>('json-logic-engine');
  const engine = new LogicEngine();
  const text = (test: (text: string, part: string) => boolean) =>
    [
      ([value, part]: [unknown, string]) => typeof value === 'string' && test(value, part),
      { deterministic: true, sync: true },
    ] as const;
  engine.addMethod('startsWith', ...text((value, part) => value.startsWith(part)));
  engine.addMethod('endsWith', ...text((value, part) => value.endsWith(part)));
  engine.addMethod('contains', ...text((value, part) => value.includes(part)));
  engine.addMethod('notNull', ([value]) => value !== null, { deterministic: true, sync: true });
  const evaluate = engine.build({
    '+': facts.map(({ points, when }) => ({ if: [logic(ignoresCase ? withoutCase(when) : when), points, 0] })),
  });
  return ignoresCase ? (lead) => evaluate(lowerCased(lead)) : evaluate;
}

/** Names of fields keep their case, what they are compared with does not. */
function withoutCase(condition: Condition): Condition {
  const written = JSON.stringify(condition, (name, value: unknown) =>
    typeof value === 'string' && !['field', 'related', 'op', 'aggregate'].includes(name) ? value.toLowerCase() : value,
  );
  return JSON.parse(written) as Condition;
}

const signs: Partial<Record<Comparison['op'], string>> = { eq: '===', gt: '>', gte: '>=', lt: '<', lte: '<=' };

function logic(condition: Condition): unknown {
  if ('all' in condition) return { and: condition.all.map(logic) };
  if ('any' in condition) return { or: condition.any.map(logic) };
  if ('not' in condition) return { '!': logic(condition.not) };
  const value = 'value' in condition ? condition.value : null;
  if ('related' in condition) {
    const rows = { filter: [{ var: `${condition.related}.records` }, condition.where ? logic(condition.where) : true] };
    return { [signs[condition.op]!]: [{ reduce: [rows, { '+': [{ var: 'accumulator' }, 1] }, 0] }, value] };
  }
  const field = { var: condition.field };
  const test = { [signs[condition.op] ?? condition.op]: [field, value] };
  const isOrder = ['gt', 'gte', 'lt', 'lte'].includes(condition.op);
  return isOrder ? { and: [{ notNull: [field] }, test] } : test;
}
