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

export interface Vendor {
  /** Module name to file. */
  readonly modules: Readonly<Record<string, string>>;
  /** The files behind most of them, large enough to be worth loading at once. */
  readonly shared: readonly string[];
}

const LARGE = 20_000;

/** Bundles modules of npm packages, one entry for each name. */
export async function bundleVendor({ names, external, out }: Bundle): Promise<Vendor> {
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
  const chunks = output.filter((file): file is OutputChunk => file.type === 'chunk');
  const fileOf = new Map(chunks.filter(({ isEntry }) => isEntry).map(({ name, fileName }) => [name, fileName]));
  return {
    modules: Object.fromEntries(names.map((name) => [name, fileOf.get(entryName(name)) ?? ''])),
    shared: chunks.filter(({ code }) => code.length > LARGE).map(({ fileName }) => fileName),
  };
}

/**
 * One chunk for the engine and one for the base components; each set of icons is an entry of its own. Synthetic shadow
 * stays apart, because it must have run before the engine does.
 */
function chunkOf(id: string): string | undefined {
  if (id.includes('synthetic-shadow') || id.includes('iconSvgTemplates')) return undefined;
  if (/node_modules\/@?lwc\//.test(id)) return 'engine';
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
