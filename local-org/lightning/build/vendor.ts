import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Bundle, Vendor } from './vendor-bundle.ts';

const require = createRequire(import.meta.url);

/** Exposed, but not for use outside the platform; the page host has its own `lightning/navigation`. */
const leftOut = /^lightning\/(iconSvgTemplates.*|navigation|barcodeScanner|primitiveFigure|routingService)$/;
const ICONS = ['Action', 'Custom', 'Doctype', 'Standard', 'Utility'].map((set) => `lightning/iconSvgTemplates${set}`);

/**
 * Builds what no change of ours touches: the LWC engine, synthetic shadow, the base components, and the SLDS sheet.
 * That takes about 15 seconds, so it is skipped while its inputs are the same.
 * @returns true where it was built, false where it stood already
 */
export async function buildVendor(out: string, lockFile: string): Promise<boolean> {
  const stamp = join(out, 'built-from');
  const inputs = fingerprint(lockFile);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === inputs) return false;

  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const [base, icons] = await Promise.all([
    bundle({ names: ['lwc', '@lwc/synthetic-shadow', ...baseComponents()], external: ICONS, out }),
    bundle({ names: ICONS, external: ['lwc'], out }),
    copyStyles(out),
  ]);
  const built: Vendor = { modules: { ...base.modules, ...icons.modules }, shared: base.shared };
  await writeFile(join(out, 'vendor.json'), JSON.stringify(built, null, 2));
  await writeFile(stamp, inputs);
  return true;
}

/** Names of the modules built, which other builds leave to the import map. */
export const vendorModules = (out: string): string[] => Object.keys(readVendor(out).modules);

/** Files that every page needs. */
export const vendorShared = (out: string): readonly string[] => readVendor(out).shared;

const readVendor = (out: string): Vendor => JSON.parse(readFileSync(join(out, 'vendor.json'), 'utf8')) as Vendor;

function baseComponents(): string[] {
  const { lwc } = require('lightning-base-components/package.json') as { lwc: { expose: string[] } };
  return lwc.expose.filter((name) => !leftOut.test(name));
}

/** In a thread of its own: icons are half of the work, and the two halves share nothing. */
async function bundle(work: Bundle): Promise<Vendor> {
  const worker = new Worker(new URL('./vendor-worker.ts', import.meta.url), {
    workerData: work,
    resourceLimits: { maxYoungGenerationSizeMb: 128 },
  });
  const [built] = (await once(worker, 'message')) as [Vendor];
  return built;
}

async function copyStyles(out: string): Promise<void> {
  const slds = dirname(require.resolve('@salesforce-ux/design-system/package.json'));
  await cp(join(slds, 'assets/styles/salesforce-lightning-design-system.min.css'), join(out, 'slds.css'));
}

function fingerprint(lockFile: string): string {
  const hash = createHash('sha256');
  const scripts = ['vendor.ts', 'vendor-bundle.ts', 'compile.ts', 'minify.ts'];
  for (const file of [lockFile, ...scripts.map((name) => join(import.meta.dirname, name))]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}
