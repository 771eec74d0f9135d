import { parseArgs } from 'node:util';
import { ConfigError, readConfig, type Config } from '../config.ts';
import { examine } from './doctor/examine.ts';
import type { Finding } from './doctor/finding.ts';
import type { Command } from './command.ts';

export const doctor: Command = {
  summary: 'checks all that the ingester needs, and names the remedy for what is wrong',
  help: `scoreline doctor [--json]

Checks the configuration, the connections, the store, the org's host, its API version and clock, the login, the calls that are left, the
active models, what is read, what is written, and the event channel. Writes nothing to the org.

  --json   one JSON object a finding: level (ok, warning, problem), check, where, what, remedy

Exit code 1: there is a problem.`,
  async run(args, { environment, fetch, clock, random, out }) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } });
    const config = configOrFinding(environment);
    const findings = 'level' in config ? [config] : await examine({ config, fetch, clock, random });
    for (const finding of findings) out(values.json ? JSON.stringify(finding) : inWords(finding));
    return findings.some(({ level }) => level === 'problem') ? 1 : 0;
  },
};

function configOrFinding(environment: NodeJS.ProcessEnv | undefined): Config | Finding {
  try {
    return readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const remedy = 'ingester/README.md lists all variables and keys';
    return { level: 'problem', check: 'configuration', where: 'environment', what: error.message, remedy };
  }
}

function inWords(finding: Finding): string {
  const { level, check, where, what } = finding;
  const line = `${level.padEnd(8)} ${check}: ${where}: ${what}`;
  return finding.level === 'ok' ? line : `${line}\n         → ${finding.remedy}`;
}
