import { malformedQuery } from '../errors.ts';

/** Fields that ROLLUP and CUBE take. */
const most = 3;

/** Which groupings are computed: of `GROUP BY ROLLUP(a, b)` those by (a, b), by (a), and of all; of CUBE each subset. */
export function groupingSets(kind: 'ROLLUP' | 'CUBE' | undefined, groups: readonly string[]): readonly string[][] {
  if (kind === undefined) return [[...groups]];
  if (groups.length > most) throw malformedQuery(`GROUP BY ${kind} takes at most ${most} fields`);
  if (kind === 'ROLLUP') return [...groups.keys(), groups.length].map((n) => groups.slice(0, groups.length - n));
  return groups.reduce<string[][]>((sets, group) => [...sets.map((set) => [...set, group]), ...sets], [[]]);
}
