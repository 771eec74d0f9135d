import { isAbsolute, relative } from 'node:path';
import replace from '@rollup/plugin-replace';
import lwc from '@lwc/rollup-plugin';
import type { Plugin, RollupLog } from 'rollup';

/**
 * What both builds share: production engine, and the compiler flags that Salesforce's base components need
 * (without synthetic element internals lightning-combobox does not start).
 */
export function compile(rootDir: string): Plugin[] {
  return [
    replace({
      preventAssignment: true,
      values: { 'import.meta.env.SSR': 'false', 'process.env.NODE_ENV': '"production"' },
    }),
    lwc({
      rootDir,
      modules: [{ npm: 'lightning-base-components' }],
      enableDynamicComponents: true,
      enableSyntheticElementInternals: true,
    }) as Plugin,
  ];
}

/** The base components compile with dozens of warnings that are not ours to fix; everything else stops the build. */
export function onLog(_level: string, log: RollupLog): void {
  const file = log.loc?.file ?? log.id ?? log.ids?.[0] ?? '';
  if (file.includes('node_modules') || log.code === 'CIRCULAR_DEPENDENCY') return;
  const where = isAbsolute(file) ? `${relative(process.cwd(), file)}${log.loc ? `:${log.loc.line}` : ''}: ` : '';
  throw new Error(`${where}${log.message}`);
}
