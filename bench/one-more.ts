/**
 * One new engagement on a person with 40, 400 and 4,000: everything is folded anew, as scores are never added to. Both
 * the clock and the time that this thread has run are told: on a busy machine the clock runs on while others have the core.
 */
import { compile } from '../scoring-core/src/index.ts';
import { AT, makePeople, model } from './data/people.ts';
import { median, quantile } from './measure.ts';

const TIMES = 4000;
const scorer = compile(model);

console.log('| engagements | median µs | p99 µs | p99 µs of its own thread | ns for each engagement |');
console.log('|---|---|---|---|---|');
for (const count of [40, 400, 4000]) {
  const [person] = makePeople(1, count);
  const { record, engagements } = person!;
  const previous = scorer.evaluate({ record, engagements, at: AT });
  const times = Array.from({ length: TIMES }, (_, time) => {
    const more = [...engagements, { id: `new-${time}`, type: 'page.view', occurredAt: AT }];
    const [start, ran] = [performance.now(), process.threadCpuUsage()];
    scorer.evaluate({ record, engagements: more, previous, at: AT });
    const { user, system } = process.threadCpuUsage(ran);
    return { clock: (performance.now() - start) * 1000, thread: user + system };
  }).slice(TIMES / 4); // the first quarter warms up
  const clock = times.map((time) => time.clock);
  const [middle, p99] = [median(clock), quantile(clock, 0.99)];
  const own = quantile(
    times.map(({ thread }) => thread),
    0.99,
  );
  const figures = [middle.toFixed(1), p99.toFixed(1), own.toFixed(0), ((middle * 1000) / count).toFixed(0)];
  console.log(`| ${count} | ${figures.join(' | ')} |`);
}
