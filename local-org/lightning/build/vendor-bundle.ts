import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup, type OutputChunk, type Plugin, type ResolvedId } from 'rollup';
import { compile, onLog } from './compile.ts';
import { minify } from './minify.ts';

const folder = dirname(createRequire(import.meta.url).resolve('lightning-base-components/package.json'));

export interface Bundle {
  /** Modules to build, by the names that components import. */
  readonly names: readonly string[];
  readonly external: readonly string[];
  readonly out: string;
}

/** Bundles modules of npm packages; resolves to the file of each name. */
export async function bundleVendor({ names, external, out }: Bundle): Promise<Record<string, string>> {
  const entryName = (name: string): string => name.replace('@', '').replaceAll('/', '-');
  const build = await rollup({
    input: Object.fromEntries(names.map((name) => [entryName(name), name])),
    external: [...external],
    plugins: [resolveOnce(), ...compile(folder), nodeResolve(), minify()],
    onLog,
  });
  const { output } = await build.write({
    dir: out,
    format: 'es',
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
    manualChunks: chunkOf,
  });
  await build.close();
  const entries = output.filter((file): file is OutputChunk => file.type === 'chunk' && file.isEntry);
  const fileOf = new Map(entries.map((entry) => [entry.name, entry.fileName]));
  return Object.fromEntries(names.map((name) => [name, fileOf.get(entryName(name)) ?? '']));
}

/** One chunk for the engine and one for the base components; each set of icons is an entry of its own. */
function chunkOf(id: string): string | undefined {
  if (/node_modules\/@?lwc\//.test(id)) return 'engine';
  if (id.includes('iconSvgTemplates')) return undefined;
  return id.includes('lightning-base-components') ? 'base-components' : undefined;
}

/**
 * Resolves each module name once: the LWC resolver walks the file system every time. It also resolves nothing without an
 * importer, so entry points are given one.
 */
function resolveOnce(): Plugin {
  const known = new Map<string, Promise<ResolvedId | null>>();
  return {
    name: 'resolve-once',
    resolveId(id, importer = join(folder, 'index.js')) {
      if (/^[./\0]/.test(id)) return null;
      const resolved = known.get(id) ?? this.resolve(id, importer, { skipSelf: true });
      known.set(id, resolved);
      return resolved;
    },
  };
}
