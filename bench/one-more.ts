/**
 * One new engagement on a person with 40, 400 and 4,000: everything is folded anew, as scores are never added to. The clock
 * runs on while others have the core; a time slice lost that way hardly ever meets the same engagement three times over.
 */
import { compile } from '../scoring-core/src/index.ts';
import { AT, makePeople, model } from './data/people.ts';
import { median, quantile } from './measure.ts';

const TIMES = 1000;
const scorer = compile(model);

console.log('| engagements | median µs | p99 µs | p99 µs, best of three | ns for each engagement |');
console.log('|---|---|---|---|---|');
for (const count of [40, 400, 4000]) {
  const [person] = makePeople(1, count);
  const { record, engagements } = person!;
  const previous = scorer.evaluate({ record, engagements, at: AT });
  const evaluate = (time: number) => {
    const more = [...engagements, { id: `new-${time}`, type: 'page.view', occurredAt: AT }];
    const start = performance.now();
    scorer.evaluate({ record, engagements: more, previous, at: AT });
    return (performance.now() - start) * 1000;
  };
  for (let time = 0; time < TIMES; time++) evaluate(time); // warms up
  const times = Array.from({ length: TIMES }, (_, time) => [evaluate(time), evaluate(time), evaluate(time)]);
  const clock = times.flat();
  const best = times.map((three) => Math.min(...three));
  const figures = [median(clock), quantile(clock, 0.99), quantile(best, 0.99)].map((value) => value.toFixed(1));
  figures.push(((median(clock) * 1000) / count).toFixed(0));
  console.log(`| ${count} | ${figures.join(' | ')} |`);
}
