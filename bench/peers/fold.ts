/** The twelve rules as one writes them by hand for this one model: score, rating and next change in a fold over events. */
import type { Person } from '../data/people.ts';
import { AT, DAY } from '../data/people.ts';

const now = Date.parse(AT);
const HORIZON = now + 1096 * DAY;

interface Award {
  start: number;
  end: number;
  step: number;
  category: number;
  value: (steps: number) => number;
}

const round = (points: number) => Math.sign(points) * Math.floor(Math.abs(points) * 100 + 0.5 + 1e-9);
const powers = Array.from({ length: 2000 }, (_, steps) => round(3 * 2 ** (-steps / 14)));
const lines = Array.from({ length: 2000 }, (_, steps) => round(15 * Math.max(0, 1 - steps / 60)));
const halves = Array.from({ length: 2000 }, (_, steps) => round(20 * 0.5 ** steps));
const values = {
  click: (steps: number) => powers[steps] ?? 0,
  form: (steps: number) => lines[steps] ?? 0,
  meeting: (steps: number) => halves[steps] ?? 0,
};
const constant = new Map([100, 200, 300, 500, -1500, 25, -50].map((value) => [value, () => value]));

/** @returns the score, the rating and the instant of the next change */
export function foldByHand({ record, engagements }: Person): { score: number; rating: string | null; next: number } {
  const seen = new Set<string>();
  const awards: Award[] = [];
  const give = (start: number, days: number, category: number, value: number) => {
    const end = start + days * DAY;
    if (end > now) awards.push({ start, end, step: Infinity, category, value: constant.get(value)! });
  };
  const fade = (start: number, days: number, category: number, step: number, value: (steps: number) => number) => {
    const end = start + days * DAY;
    if (end > now) awards.push({ start, end, step, category, value });
  };
  const limited = (times: number[], at: number, count: number, days: number) => {
    const earlier = times[times.length - count];
    if (earlier !== undefined && earlier > at - days * DAY) return false;
    times.push(at);
    return true;
  };
  const views: number[] = [];
  const opens: number[] = [];
  const old: number[] = [];
  let formSeen = false;
  for (const { id, type, occurredAt } of engagements) {
    const at = Date.parse(occurredAt);
    if (at > now || seen.has(id)) continue;
    seen.add(id);
    give(at, 30, 1, 25);
    switch (type) {
      case 'page.view':
        if (limited(views, at, 5, 7)) give(at, 60, 1, 100);
        give(at, 7, 1, 200);
        break;
      case 'email.open':
        if (limited(opens, at, 3, 7)) give(at, 30, 2, 100);
        if (limited(old, at, 1, 30)) give(at, 180, 2, -50);
        break;
      case 'email.click':
        fade(at, 90, 2, DAY, values.click);
        give(at, 7, 2, 200);
        break;
      case 'form.submit':
        fade(at, Infinity, 1, DAY, values.form);
        if (!formSeen) give(at, Infinity, 1, 500);
        formSeen = true;
        break;
      case 'meeting.book':
        fade(at, Infinity, 0, 30 * DAY, values.meeting);
        break;
      case 'email.unsubscribe':
        give(at, 90, 2, -1500);
        break;
    }
  }
  const fit = record.Industry === 'Finance' ? 1000 : 0;
  let until = Infinity;
  const scoreAt = (instant: number) => {
    const sums = [fit, 0, 0];
    until = Infinity;
    for (const { start, end, step, category, value } of awards) {
      if (instant >= end) continue;
      const steps = step === Infinity ? 0 : Math.floor((instant - start) / step);
      const worth = value(steps);
      if (worth === 0) continue;
      sums[category]! += worth;
      until = Math.min(until, end, start + (steps + 1) * step);
    }
    const total = Math.min(sums[0]!, 3000) + Math.min(sums[1]!, 4000) + Math.max(-2000, Math.min(sums[2]!, 4000));
    const held = Math.max(0, Math.min(10_000, total));
    return Math.floor((held + 50) / 100);
  };
  const ratingOf = (score: number, previous: string | null) => {
    if (score >= (previous === 'Hot' ? 42 : 50)) return 'Hot';
    return score >= (previous === null ? 25 : 20) ? 'Warm' : null;
  };
  const score = scoreAt(now);
  const rating = ratingOf(score, null);
  while (until <= HORIZON) {
    const instant = until;
    const later = scoreAt(instant);
    if (later !== score || ratingOf(later, rating) !== rating) return { score, rating, next: instant };
  }
  return { score, rating, next: 0 };
}
