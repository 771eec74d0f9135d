/** https://github.com/CacheControl/json-rules-engine: rules over facts, evaluated asynchronously. */
import type { Condition } from '../../scoring-core/src/index.ts';
import type { Fact } from '../data/attribute-rules.ts';
import type { Lead } from '../data/leads.ts';
import { load } from './load.ts';

interface Library {
  Engine: new () => {
    addRule: (rule: object) => void;
    addOperator: (name: string, test: (value: never, expected: never) => boolean) => void;
    run: (facts: object) => Promise<{ events: { params: { points: number } }[] }>;
  };
}

export async function jsonRules(facts: readonly Fact[]): Promise<(leads: readonly Lead[]) => Promise<number>> {
  const { Engine } = await load<Library>('json-rules-engine');
  const engine = new Engine();
  const text = (test: (text: string, part: string) => boolean) => (value: unknown, part: string) =>
    typeof value === 'string' && test(value, part);
  engine.addOperator(
    'startsWith',
    text((value, part) => value.startsWith(part)),
  );
  engine.addOperator(
    'endsWith',
    text((value, part) => value.endsWith(part)),
  );
  engine.addOperator(
    'containsText',
    text((value, part) => value.includes(part)),
  );
  engine.addOperator(
    'atLeastWithStatus',
    (tasks: Lead['Tasks'], { status, least }: { status: string; least: number }) =>
      tasks.records.filter(({ Status }) => Status === status).length >= least,
  );
  for (const { points, when } of facts) {
    engine.addRule({ conditions: { all: [conditions(when)] }, event: { type: 'award', params: { points } } });
  }
  return async (leads) => {
    let sum = 0;
    for (const lead of leads) {
      const { events } = await engine.run({ lead });
      for (const { params } of events) sum += params.points;
    }
    return sum;
  };
}

const operators: Record<string, string> = {
  ...{
    eq: 'equal',
    in: 'in',
    gt: 'greaterThan',
    gte: 'greaterThanInclusive',
    lt: 'lessThan',
    lte: 'lessThanInclusive',
  },
  contains: 'containsText',
};

function conditions(condition: Condition): object {
  if ('all' in condition) return { all: condition.all.map(conditions) };
  if ('any' in condition) return { any: condition.any.map(conditions) };
  if ('not' in condition) return { not: conditions(condition.not) };
  const value = 'value' in condition ? condition.value : null;
  if ('related' in condition) {
    const status = condition.where && 'value' in condition.where ? condition.where.value : null;
    return {
      fact: 'lead',
      path: `$.${condition.related}`,
      operator: 'atLeastWithStatus',
      value: { status, least: value },
    };
  }
  return { fact: 'lead', path: `$.${condition.field}`, operator: operators[condition.op] ?? condition.op, value };
}
