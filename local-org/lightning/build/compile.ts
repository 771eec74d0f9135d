import { relative } from 'node:path';
import lwc from '@lwc/rollup-plugin';
import type { Plugin, RollupLog } from 'rollup';

/**
 * What both builds share: production engine, and the compiler flags that Salesforce's base components need
 * (without synthetic element internals lightning-combobox does not start).
 */
export function compile(rootDir: string): Plugin[] {
  return [
    constants(),
    lwc({
      rootDir,
      modules: [{ npm: 'lightning-base-components' }],
      enableDynamicComponents: true,
      enableSyntheticElementInternals: true,
    }),
  ];
}

/** What other bundlers define: the base components are written for the browser and, in production, without warnings. */
function constants(): Plugin {
  const values = { 'import.meta.env.SSR': 'false', 'process.env.NODE_ENV': '"production"' };
  return {
    name: 'constants',
    transform(code, id) {
      const used = Object.entries(values).filter(([name]) => code.includes(name));
      if (!used.length || !/\.[jt]s(\?|$)/.test(id)) return null;
      return { code: used.reduce((text, [name, value]) => text.replaceAll(name, value), code), map: null };
    },
  };
}

/** The base components compile with dozens of warnings that are not ours to fix; everything else stops the build. */
export function onLog(_level: string, log: RollupLog): void {
  if (fileOf(log).includes('node_modules') || log.code === 'CIRCULAR_DEPENDENCY') return;
  throw namingFile(log);
}

/** What Rollup reports, with the file that it is about. */
export function namingFile(log: RollupLog): Error {
  const file = relative(process.cwd(), fileOf(log).split('?')[0] ?? '');
  return new Error(`${[file, log.loc?.line].filter(Boolean).join(':')}: ${log.message}`, { cause: log });
}

const fileOf = ({ loc, id, ids }: RollupLog): string => loc?.file ?? id ?? ids?.[0] ?? '';
