import { ok } from './route.ts';
import type { Call, Route } from './route.ts';

const first = 45;
const last = 68;
const seasons = ['Spring', 'Summer', 'Winter'];

export const isVersion = (version: string) => /^\d\d\.0$/.test(version) && +version >= first && +version <= last;

/** What `/services/data` answers, without a session. */
export const versions = Array.from({ length: last - first + 1 }, (_, i) => first + i).map((number) => ({
  label: label(number),
  url: `/services/data/v${number}.0`,
  version: `${number}.0`,
}));

/** Three releases a year; version 46 was Summer '19. */
function label(number: number): string {
  const season = (number - 45) % 3;
  const year = 19 + Math.floor((number - 45) / 3) + (season === 2 ? 1 : 0);
  return `${seasons[season]!} '${year}`;
}

const names = ['sobjects', 'query', 'queryAll', 'limits', 'composite', 'jobs'];

export const resources: Route[] = [
  {
    method: 'GET',
    path: '/',
    handle: ({ version, origin, org, user }: Call) =>
      ok({
        ...Object.fromEntries(names.map((name) => [name, `/services/data/v${version}/${name}`])),
        identity: `${origin}/id/${org.id}/${user.id}`,
      }),
  },
];
