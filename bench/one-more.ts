/** One new engagement on a person with 40, 400 and 4,000: everything is folded anew, as scores are never added to. */
import { compile } from '../scoring-core/src/index.ts';
import { AT, makePeople, model } from './data/people.ts';
import { median } from './measure.ts';

const TIMES = 2000;
const scorer = compile(model);

console.log('| engagements | median µs | p99 µs | ns for each engagement |\n|---|---|---|---|');
for (const count of [40, 400, 4000]) {
  const [person] = makePeople(1, count);
  const { record, engagements } = person!;
  const previous = scorer.evaluate({ record, engagements, at: AT });
  const times = Array.from({ length: TIMES }, (_, time) => {
    const more = [...engagements, { id: `new-${time}`, type: 'page.view', occurredAt: AT }];
    const start = performance.now();
    scorer.evaluate({ record, engagements: more, previous, at: AT });
    return (performance.now() - start) * 1000;
  }).slice(TIMES / 4); // the first quarter warms up
  const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
  const middle = median(times);
  console.log(`| ${count} | ${middle.toFixed(1)} | ${p99.toFixed(1)} | ${((middle * 1000) / count).toFixed(0)} |`);
}
