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
const write = (prelude: string, award: (rule: string, points: number) => string, code: (code: string) => string) => {
  const lines = facts.map((fact, index) => `if (${code(fact.code)}) { ${award(`r${index}`, fact.points)} }`);
  const body = `let score = 0; const contributions = []; ${prelude} ${lines.join('\n')} return { score, contributions };`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const evaluate = new Function('lead', body) as (lead: Lead) => { score: number };
  return (lead: Lead) => evaluate(lead).score;
};
const add = (_: string, points: number) => `score += ${points};`;
const addAndTell = (rule: string, points: number) =>
  `score += ${points}; contributions.push({ rule: '${rule}', points: ${points}, awards: 1 });`;
const asWritten = (code: string) => code;

/** The contract compares texts without case: each text field is lower-cased once. */
const texts = ['Title', 'Industry', 'Country', 'LeadSource', 'Status', 'Email'];
const lowerCased = texts.map(
  (field) => `const ${field} = lead.${field} === null ? null : lead.${field}.toLowerCase();`,
);
const withoutCase = (code: string) =>
  code
    .replace(new RegExp(`lead\\.(${texts.join('|')})\\b`, 'g'), '$1')
    .replace('task.Status ===', 'task.Status.toLowerCase() ===')
    .replace(/"[^"]*"/g, (text) => text.toLowerCase());

const contestants: Contestant<Lead>[] = [
  { name: 'scoring-core, with contributions', run: total(engine) },
  { name: 'by hand, with contributions', run: total(write(lowerCased.join(' '), addAndTell, withoutCase)) },
  { name: 'by hand, with contributions, upper case told apart', run: total(write('', addAndTell, asWritten)) },
  { name: 'by hand, the sum alone, upper case told apart', run: total(write('', add, asWritten)) },
  { name: 'json-logic-engine, compiled, the sum alone', run: total(await jsonLogic(facts, true)) },
  {
    name: 'json-logic-engine, compiled, the sum alone, upper case told apart',
    run: total(await jsonLogic(facts, false)),
  },
  { name: '@gorules/zen-engine', part: 0.02, run: await zen(facts) },
  { name: 'json-rules-engine', part: 0.01, run: await jsonRules(facts) },
];
report('50 rules about facts', 'leads/s', await measure(leads, contestants));
