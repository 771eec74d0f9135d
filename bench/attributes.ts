/** Fifty rules about facts over 100,000 leads: the engine, libraries that evaluate rules, and the code one writes by hand. */
import { compile, type ScoredRecord } from '../scoring-core/src/index.ts';
import { facts, model } from './data/attribute-rules.ts';
import { makeLeads, type Lead } from './data/leads.ts';
import { measure, report, type Contestant } from './measure.ts';
import { jsonLogic } from './peers/json-logic.ts';
import { jsonRules } from './peers/json-rules.ts';
import { zen } from './peers/zen.ts';

const leads = makeLeads(Number(process.argv[2] ?? 100_000));
console.log(`${facts.length} rules over ${leads.length} leads`);

const scorer = compile(model);
const at = '2026-03-15T12:00:00.000Z';
const engine = (lead: Lead) => scorer.evaluate({ record: lead as unknown as ScoredRecord, engagements: [], at }).score;

const total = (score: (lead: Lead) => number) => (given: readonly Lead[]) => {
  let sum = 0;
  for (const lead of given) sum += score(lead);
  return sum;
};

// A function for all rules, as one would write it by hand: from the same table, so that it cannot come to mean another.
// Generated code is what the engine may not use (Lightning forbids it); here it is only the yardstick.
const lines = facts.map(({ code, points }) => `if (${code}) score += ${points};`);
const listing = facts.map(
  ({ code, points }, index) =>
    `if (${code}) { score += ${points}; contributions.push({ rule: 'r${index}', points: ${points}, awards: 1 }); }`,
);
// eslint-disable-next-line @typescript-eslint/no-implied-eval
const byHand = new Function('lead', `let score = 0; ${lines.join('\n')} return score;`) as (lead: Lead) => number;
// eslint-disable-next-line @typescript-eslint/no-implied-eval
const listed = new Function(
  'lead',
  `let score = 0; const contributions = []; ${listing.join('\n')} return { score, contributions };`,
) as (lead: Lead) => { score: number };

const contestants: Contestant<Lead>[] = [
  { name: 'scoring-core, with contributions', run: total(engine) },
  { name: 'by hand, the sum alone', run: total(byHand) },
  { name: 'by hand, with contributions', run: total((lead) => listed(lead).score) },
  { name: 'json-logic-engine, compiled, the sum alone', run: total(await jsonLogic(facts)) },
  { name: '@gorules/zen-engine', part: 0.02, run: await zen(facts) },
  { name: 'json-rules-engine', part: 0.01, run: await jsonRules(facts) },
];
report('Facts', 'leads/s', await measure(leads, contestants));
