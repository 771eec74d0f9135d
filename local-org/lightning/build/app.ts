import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { rollup, type OutputChunk, type Plugin, type RollupLog } from 'rollup';
import { transform } from 'esbuild';
import { compile, namingFile, onLog } from './compile.ts';
import { salesforceModules } from './salesforce-modules.ts';
import { vendorModules, vendorShared } from './vendor.ts';

const client = join(import.meta.dirname, '../client');

export interface AppBuild {
  /** Folder of the package as it deploys (`lwc/`, `labels/` ...). */
  readonly package: string;
  readonly vendor: string;
  readonly out: string;
}

/**
 * Builds the page from the package's components as they deploy, the host's own, and the adapters that take the place of
 * the platform's modules. `out/app.json` names the entry file, and what to load beside it.
 * @returns size in bytes
 */
export async function buildApp({ package: source, vendor, out }: AppBuild): Promise<number> {
  const build = await rollup({
    input: { main: join(client, 'main.ts') },
    external: vendorModules(vendor).filter((name) => !existsSync(adapter(name))),
    plugins: [
      components(join(source, 'lwc')),
      salesforceModules(join(source, 'labels/CustomLabels.labels-meta.xml')),
      platformModules(),
      stripTypes(),
      ...compile(join(client, 'modules')),
    ],
    onLog,
  }).catch((error: unknown) => {
    throw namingFile(error as RollupLog);
  });
  await rm(out, { recursive: true, force: true });
  const { output } = await build.write({
    dir: out,
    format: 'es',
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
  });
  await build.close();
  const chunks = output.filter((file): file is OutputChunk => file.type === 'chunk');
  const entry = chunks.find((chunk) => chunk.isEntry);
  const own = new Set(chunks.map(({ fileName }) => fileName));
  const imported = entry?.imports.filter((name) => own.has(name)).map((name) => `app/${name}`) ?? [];
  const shared = vendorShared(vendor).map((name) => `vendor/${name}`);
  await writeFile(join(out, 'app.json'), JSON.stringify({ entry: entry?.fileName, preload: [...imported, ...shared] }));
  return chunks.reduce((sum, chunk) => sum + chunk.code.length, 0);
}

/**
 * Finds `c/name` in the package's folder (the LWC resolver knows no such layout), and answers `host:components` with a
 * loader for every component that App Builder may place: the package's exposed ones and the stand-ins.
 */
function components(folder: string): Plugin {
  const path = (name: string): string => join(folder, name, name);
  const file = (name: string): string | undefined => ['.js', '.html'].map((end) => path(name) + end).find(existsSync);
  return {
    name: 'components',
    resolveId(id) {
      if (id === 'host:components') return `\0${id}`;
      if (!id.startsWith('c/')) return null;
      const found = file(id.slice(2));
      if (!found) throw new Error(`${id} is no component of the package: ${path(id.slice(2))}.js was not found`);
      return `${found}?specifier=${encodeURIComponent(id)}`;
    },
    load(id) {
      if (id !== '\0host:components') return null;
      const names = [...exposed(folder).map((name) => `c/${name}`), ...standIns()];
      const entries = names.map((name) => `'${name.replace('/', ':')}': () => import('${name}'),`);
      return `export default {\n${entries.join('\n')}\n};`;
    },
  };
}

function exposed(folder: string): string[] {
  return readdirSync(folder).filter((name) => {
    const meta = join(folder, name, `${name}.js-meta.xml`);
    if (!existsSync(meta)) return false;
    const { LightningComponentBundle: bundle } = new XMLParser().parse(readFileSync(meta)) as {
      LightningComponentBundle: { isExposed?: boolean };
    };
    return bundle.isExposed === true;
  });
}

/** Standard components of App Builder, as far as the package's pages use them. */
function standIns(): string[] {
  return ['force', 'runtime_sales_activities'].flatMap((namespace) =>
    readdirSync(join(client, 'modules', namespace)).map((name) => `${namespace}/${name}`),
  );
}

const adapter = (id: string): string => join(client, `${id}.ts`);

/** `lightning/graphql` and the like: the adapters in `client/lightning`, which speak to the local org over HTTP. */
function platformModules(): Plugin {
  return {
    name: 'platform-modules',
    resolveId: (id) => (id.startsWith('lightning/') && existsSync(adapter(id)) ? adapter(id) : null),
  };
}

/** Removes types and keeps decorators, which the LWC compiler reads. */
function stripTypes(): Plugin {
  return {
    name: 'strip-types',
    async transform(source, id) {
      if (!id.split('?')[0]?.endsWith('.ts')) return null;
      const { code } = await transform(source, {
        loader: 'ts',
        target: 'esnext',
        tsconfigRaw: {
          compilerOptions: { useDefineForClassFields: true, experimentalDecorators: false, verbatimModuleSyntax: true },
        },
      });
      return { code, map: null };
    },
  };
}
