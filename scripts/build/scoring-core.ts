import { build } from 'esbuild';

/** What Salesforce's documentation allows one component's JavaScript at the least (128 KB). */
const LIMIT = 131_072;

/**
 * Bundles an entry of the engine and what it needs into a module that components import (`c/scoringCore`,
 * `c/scoringAdvice`); readable, because it is read in the org and in the security review.
 * @returns size in bytes
 */
export async function buildScoringCore(entry: string, outfile: string): Promise<number> {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    metafile: true,
    logLevel: 'silent',
  });
  const size = Object.values(metafile.outputs)[0]?.bytes ?? 0;
  if (size > LIMIT) throw new Error(`${outfile} has ${size} bytes; a component may have ${LIMIT}`);
  return size;
}
