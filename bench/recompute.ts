/**
 * Everyone's score anew, 40 engagements each: expiry, decay, rolling limits, categories, thresholds and the next change.
 *
 * @example
 * node bench/recompute.ts 10000         # beside a fold by hand, DuckDB and SQLite
 * node bench/recompute.ts 1000000 alone # the engine, people streamed: its rate and its memory
 */
import { compile } from '../scoring-core/src/index.ts';
import { AT, makePeople, model, type Person } from './data/people.ts';
import { measure, report } from './measure.ts';
import { foldByHand } from './peers/fold.ts';
import { duckdb, sqlite } from './peers/sql.ts';

const EACH = 40;
const count = Number(process.argv[2] ?? 10_000);
const scorer = compile(model);
const engine = ({ record, engagements }: Person) => scorer.evaluate({ record, engagements, at: AT });

if (process.argv[3] === 'alone') alone();
else await beside();

async function beside(): Promise<void> {
  const people = [...makePeople(count, EACH)];
  console.log(`${people.length} people with ${EACH} engagements each`);
  /** Scores, ratings and next changes in one number, so that all of them are compared. */
  const folded = await measure(people, [
    {
      name: 'scoring-core, with next change and contributions',
      run: (given) =>
        digest(given, (person) => {
          const { score, rating, nextChangeAt } = engine(person);
          return { score, rating, next: nextChangeAt === null ? 0 : Date.parse(nextChangeAt) };
        }),
    },
    { name: 'a fold by hand, with next change', run: (given) => digest(given, foldByHand) },
  ]);
  report('Twelve rules, 40 engagements', 'people/s', folded);

  const { stored, delivered } = await duckdb(people);
  const inSql = await measure(people, [
    { name: 'scoring-core, with next change and contributions', run: (given) => scoresAndRatings(given, engine) },
    { name: 'DuckDB, one thread, over events as delivered', run: delivered },
    { name: 'DuckDB, one thread, over a table made for it', run: stored },
    { name: 'SQLite, over a table made for it', run: sqlite(people) },
  ]);
  report('SQL, scores and ratings only', 'people/s', inSql);
}

function digest(
  people: readonly Person[],
  evaluate: (person: Person) => { score: number; rating: string | null; next: number },
) {
  let total = 0;
  for (const person of people) {
    const { score, rating, next } = evaluate(person);
    total = (total * 31 + score * 7 + (rating?.length ?? 0) + next) % 1_000_000_007;
  }
  return total;
}

function scoresAndRatings(
  people: readonly Person[],
  evaluate: (person: Person) => { score: number; rating: string | null },
) {
  let total = 0;
  for (const person of people) {
    const { score, rating } = evaluate(person);
    total += score * 7 + (rating?.length ?? 0);
  }
  return total;
}

/** People are made in portions that are not measured. */
function alone(): void {
  const PORTION = 100;
  let [took, portion, most] = [0, [] as Person[], 0];
  const evaluatePortion = () => {
    const start = performance.now();
    for (const person of portion) engine(person);
    took += performance.now() - start;
    portion = [];
    most = Math.max(most, process.memoryUsage.rss());
  };
  for (const person of makePeople(count, EACH)) if (portion.push(person) === PORTION) evaluatePortion();
  evaluatePortion();
  const rate = Math.round((count * 1000) / took).toLocaleString('en-US');
  console.log(
    `${count.toLocaleString('en-US')} people: ${rate} people/s on one core, at most ${Math.round(most / 1e6)} MB`,
  );
}
