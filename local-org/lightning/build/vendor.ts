import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { rollup, type OutputChunk, type Plugin } from 'rollup';
import nodeResolve from '@rollup/plugin-node-resolve';
import { minify } from './minify.ts';
import { compile, onLog } from './compile.ts';

const require = createRequire(import.meta.url);
const folder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** Exposed, but not for use outside the platform; the page host has its own `lightning/navigation`. */
const leftOut = /^lightning\/(iconSvgTemplates|navigation|barcodeScanner|primitiveFigure|routingService)/;

/**
 * Builds what no change of ours touches: the LWC engine, synthetic shadow, the base components, and the SLDS sheet.
 * Takes about 15 seconds, so it is skipped while its inputs are the same.
 * @returns true where it was built, false where it stood already
 */
export async function buildVendor(out: string, lockFile: string): Promise<boolean> {
  const stamp = join(out, 'built-from');
  const inputs = fingerprint(lockFile);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === inputs) return false;

  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await Promise.all([bundle(out), copyStyles(out)]);
  await writeFile(stamp, inputs);
  return true;
}

/** Import map of the vendor build: bare module name to file name. */
export function vendorModules(out: string): Record<string, string> {
  return JSON.parse(readFileSync(join(out, 'importmap.json'), 'utf8')) as Record<string, string>;
}

async function bundle(out: string): Promise<void> {
  const base = JSON.parse(readFileSync(join(folder('lightning-base-components'), 'package.json'), 'utf8')) as {
    lwc: { expose: string[] };
  };
  const names = ['lwc', '@lwc/synthetic-shadow', ...base.lwc.expose.filter((name) => !leftOut.test(name))];
  const entryName = (name: string): string => name.replace('@', '').replaceAll('/', '-');
  const build = await rollup({
    input: Object.fromEntries(names.map((name) => [entryName(name), name])),
    plugins: [entryPoints(), ...compile(folder('lightning-base-components')), nodeResolve(), minify()],
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
  const map = Object.fromEntries(names.map((name) => [name, fileOf.get(entryName(name))]));
  await writeFile(join(out, 'importmap.json'), JSON.stringify(map, null, 2));
}

/** One chunk for the engine, one for the base components; icons stay apart, loaded when first shown. */
function chunkOf(id: string): string | undefined {
  if (/node_modules\/@?lwc\//.test(id)) return 'engine';
  if (/iconSvgTemplates/.test(id)) return undefined;
  return id.includes('lightning-base-components') ? 'base-components' : undefined;
}

/** The LWC plugin resolves nothing without an importer, so entry points need one. */
function entryPoints(): Plugin {
  return {
    name: 'entry-points',
    resolveId(id, importer) {
      if (importer) return null;
      return this.resolve(id, join(folder('lightning-base-components'), 'index.js'), { skipSelf: true });
    },
  };
}

async function copyStyles(out: string): Promise<void> {
  const assets = join(folder('@salesforce-ux/design-system'), 'assets');
  await cp(join(assets, 'styles/salesforce-lightning-design-system.min.css'), join(out, 'styles/slds.css'));
}

function fingerprint(lockFile: string): string {
  const hash = createHash('sha256');
  const scripts = ['vendor.ts', 'compile.ts', 'minify.ts'].map((name) => join(import.meta.dirname, name));
  for (const file of [lockFile, ...scripts]) hash.update(readFileSync(file));
  return hash.digest('hex');
}
