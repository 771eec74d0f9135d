import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

/** The standard objects with a tab. Tabs of the source folder are not read. */
const tabbed = ['Account', 'Campaign', 'Case', 'Contact', 'Lead', 'Opportunity'];

function tabs({ org, origin }: Call): Reply {
  const objects = tabbed.flatMap((name) => org.schema.object(name) ?? []);
  return ok(
    objects.map(({ name, labelPlural, keyPrefix }) => ({
      colors: [],
      custom: false,
      icons: [],
      label: labelPlural,
      name: `standard-${name}`,
      sobjectName: name,
      url: `${origin}/${keyPrefix}/o`,
    })),
  );
}

/** The org gives its objects neither colors nor icons. */
const theme = ({ org }: Call): Reply =>
  ok({ themeItems: org.schema.objects.map(({ name }) => ({ colors: null, icons: null, name })) });

export const tabRoutes: Route[] = [
  { method: 'GET', path: '/tabs', handle: tabs },
  { method: 'GET', path: '/theme', handle: theme },
];
