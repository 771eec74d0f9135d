// scoreline: the command line of the ingester.
import { ConfigError } from '../config.ts';
import { SalesforceError } from '../salesforce/errors.ts';
import { Refused, UsageError, type Command, type ExitCode, type World } from './command.ts';
import { doctor } from './doctor.ts';
import { migrateCommand } from './migrate-command.ts';
import { models } from './models.ts';
import { replay } from './replay.ts';
import { serve } from './serve.ts';
import { status } from './status.ts';
import { world as here } from './world.ts';

const commands = new Map<string, Command>([
  ['serve', serve],
  ['status', status],
  ['doctor', doctor],
  ['replay', replay],
  ['models', models],
  ['migrate', migrateCommand],
]);

const HELP = `npm run --silent scoreline -- COMMAND [OPTIONS]

${[...commands].map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`).join('\n')}

COMMAND --help says more. Results go to stdout, everything else to stderr.
Exit code 0: done; 1: it could not be done, or something is wrong; 2: wrong usage or wrong configuration.`;

/** Runs one command; whatever it throws that somebody can put right becomes one line. */
export async function scoreline([name = '', ...args]: readonly string[], world: World): Promise<ExitCode> {
  if (['help', '--help', '-h'].includes(name)) {
    world.out(HELP);
    return 0;
  }
  const command = commands.get(name);
  if (!command) {
    world.say(
      name === '' ? HELP : `scoreline: there is no command "${name}"; expected ${[...commands.keys()].join(', ')}`,
    );
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    world.out(command.help);
    return 0;
  }
  try {
    return await command.run(args, world);
  } catch (error) {
    if (error instanceof SalesforceError || error instanceof Refused) {
      world.say(`scoreline ${name}: ${error instanceof SalesforceError ? `${error.code}: ` : ''}${error.message}`);
      return 1;
    }
    if (!(error instanceof ConfigError || error instanceof UsageError || isWrongOption(error))) throw error;
    world.say(`scoreline ${name}: ${error.message}${error instanceof ConfigError ? '' : `\n\n${command.help}`}`);
    return 2;
  }
}

/** What parseArgs throws. */
const isWrongOption = (error: unknown): error is Error =>
  String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');

if (import.meta.main) process.exitCode = await scoreline(process.argv.slice(2), here);
