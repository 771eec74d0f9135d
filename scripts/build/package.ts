import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
};

/** What stays behind: tests, types and configuration of the sources. */
const notShipped = /(^|\/)__tests__\/|^lwc\/types\/|(^|\/)[jt]sconfig\.json$|\.d\.ts$/;

/**
 * Copies the package to `target` as it deploys: components as JavaScript (Salesforce compiles no TypeScript of ours), with
 * decorators and comments as written.
 * @returns number of files
 */
export async function buildPackage(source: string, target: string): Promise<number> {
  await rm(target, { recursive: true, force: true });
  let count = 0;
  for await (const entry of glob('**/*.*', { cwd: source, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = relative(source, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
    if (notShipped.test(file)) continue;
    await ship(join(source, file), join(target, file));
    count++;
  }
  return count;
}

async function ship(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  if (!from.endsWith('.ts')) return cp(from, to);
  await writeFile(to.replace(/\.ts$/, '.js'), toJavaScript(from, await readFile(from, 'utf8')));
}

function toJavaScript(fileName: string, source: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    fileName,
    compilerOptions: OPTIONS,
    reportDiagnostics: true,
  });
  const [problem] = diagnostics;
  if (!problem) return outputText;
  const line = problem.file?.getLineAndCharacterOfPosition(problem.start ?? 0).line ?? 0;
  throw new Error(`${fileName}:${line + 1}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`);
}
