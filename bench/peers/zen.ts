/** https://github.com/gorules/zen: a decision of one node with an expression for each rule, in Rust. */
import type { Condition } from '../../scoring-core/src/index.ts';
import type { Fact } from '../data/attribute-rules.ts';
import type { Lead } from '../data/leads.ts';
import { load } from './load.ts';

interface Library {
  ZenEngine: new () => {
    createDecision: (content: object) => { evaluate: (context: object) => Promise<{ result: { score: number } }> };
  };
}

export async function zen(facts: readonly Fact[]): Promise<(leads: readonly Lead[]) => Promise<number>> {
  const { ZenEngine } = await load<Library>('@gorules/zen-engine');
  const value = facts.map(({ points, when }) => `((${expression(when)}) ? ${points} : 0)`).join(' + ');
  const node = { passThrough: false, inputField: null, outputPath: null, executionMode: 'single' };
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      {
        ...{ id: 'sum', type: 'expressionNode', name: 'sum', position: { x: 1, y: 0 } },
        content: { ...node, expressions: [{ id: 'score', key: 'score', value }] },
      },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'sum' },
      { id: 'b', type: 'edge', sourceId: 'sum', targetId: 'out' },
    ],
  });
  return async (leads) => {
    let sum = 0;
    for (const lead of leads) sum += (await decision.evaluate(lead)).result.score;
    return sum;
  };
}

const signs: Record<string, string> = { eq: '==', in: 'in', gt: '>', gte: '>=', lt: '<', lte: '<=' };

function expression(condition: Condition): string {
  if ('all' in condition) return condition.all.map((part) => `(${expression(part)})`).join(' and ');
  if ('any' in condition) return condition.any.map((part) => `(${expression(part)})`).join(' or ');
  if ('not' in condition) return `not (${expression(condition.not)})`;
  const value = JSON.stringify('value' in condition ? condition.value : null);
  if ('related' in condition) {
    const where = condition.where ? expression(condition.where).replace('Status', '#.Status') : 'true';
    return `count(${condition.related}.records, ${where}) ${signs[condition.op]!} ${value}`;
  }
  const sign = signs[condition.op];
  if (sign === undefined) return `${condition.field} != null and ${condition.op}(${condition.field}, ${value})`;
  const isOrder = sign.startsWith('>') || sign.startsWith('<');
  return `${isOrder ? `${condition.field} != null and ` : ''}${condition.field} ${sign} ${value}`;
}
