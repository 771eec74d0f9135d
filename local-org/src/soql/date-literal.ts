import { malformedQuery } from '../errors.ts';

/** A span of time: from its first millisecond to before its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** `TODAY`, `LAST_WEEK`, `NEXT_N_MONTHS:3`: in GMT, weeks from Sunday, the fiscal year being the calendar year. */
export function dateSpan(literal: string, now: number): Span {
  const name = literal.toUpperCase().replace('FISCAL_', '');
  const single = { YESTERDAY: -1, TODAY: 0, TOMORROW: 1 }[name];
  if (single !== undefined) return units('DAY', now, single, single + 1);

  const ninety = /^(LAST|NEXT)_90_DAYS$/.exec(name);
  if (ninety) return ninety[1] === 'LAST' ? lastDays(now, 90) : units('DAY', now, 1, 91);

  const near = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (near) {
    const offset = { LAST: -1, THIS: 0, NEXT: 1 }[near[1] as 'LAST' | 'THIS' | 'NEXT'];
    return units(near[2] as Unit, now, offset, offset + 1);
  }

  const counted = /^(?:(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S|N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO):(\d+)$/.exec(
    name,
  );
  if (!counted) throw malformedQuery(`unknown date literal ${literal}`);
  const n = Number(counted[4]);
  if (counted[3]) return units(counted[3] as Unit, now, -n, 1 - n);
  const unit = counted[2] as Unit;
  if (counted[1] === 'NEXT') return units(unit, now, 1, n + 1);
  return unit === 'DAY' ? lastDays(now, n) : units(unit, now, -n, 0);
}

/** The last n days and this one, up to now. */
const lastDays = (now: number, n: number): Span => ({ start: boundary('DAY', now, -n), end: now + 1 });

const units = (unit: Unit, now: number, from: number, to: number): Span => ({
  start: boundary(unit, now, from),
  end: boundary(unit, now, to),
});

/** The start of the unit that lies `offset` units from the one that holds the instant. */
function boundary(unit: Unit, instant: number, offset: number): number {
  const date = new Date(instant);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (unit) {
    case 'DAY':
      return Date.UTC(year, month, day + offset);
    case 'WEEK':
      return Date.UTC(year, month, day - date.getUTCDay() + 7 * offset);
    case 'MONTH':
      return Date.UTC(year, month + offset, 1);
    case 'QUARTER':
      return Date.UTC(year, month - (month % 3) + 3 * offset, 1);
    case 'YEAR':
      return Date.UTC(year + offset, 0, 1);
  }
}
