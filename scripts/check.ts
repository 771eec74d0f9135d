// Types, lint and formatting; every finding fails.
import { main, runTool, UserError } from './program.ts';
import { step } from './progress.ts';

const tsc = 'typescript/bin/tsc';

const checks: [label: string, file: string, ...args: string[]][] = [
  ['types of scoring-core, which may name no host', tsc, '-p', 'scoring-core'],
  ['types of the components', tsc, '-p', 'force-app/main/default/lwc'],
  ['types of the page around them', tsc, '-p', 'local-org/lightning/client'],
  ['types of everything else', tsc, '-p', '.'],
  ['lint, with the import directions', 'eslint/bin/eslint.js', '--max-warnings', '0', '.'],
  ['formatting', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
];

export async function check(): Promise<void> {
  for (const [label, file, ...args] of checks) {
    if ((await step(label, () => runTool(file, ...args))) !== 0)
      throw new UserError(`the check failed: ${label}; "npm run format" mends formatting`);
  }
}

if (import.meta.main) await main(check);
