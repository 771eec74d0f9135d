import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseModel } from '../../../scoring-core/src/index.ts';
import { readSalesforce } from '../config.ts';
import { exportModel } from './models/export.ts';
import { importModel } from './models/import.ts';
import { publishModel } from './models/publish.ts';
import { createSession } from '../salesforce/session.ts';
import { Refused, UsageError, type Command, type ExitCode, type World } from './command.ts';

const options = {
  json: { type: 'boolean' },
  published: { type: 'boolean' },
  publish: { type: 'boolean' },
  note: { type: 'string' },
} as const;

export const models: Command = {
  summary: 'exports a scoring model as a JSON file, or imports one',
  help: `scoreline models export KEY [--published]
scoreline models import FILE [--publish [--note TEXT]] [--json]

  export       prints the draft of the model with the external ID KEY; the published definition where there is no draft
  --published  the published definition, whatever the draft is
  import       checks the file and makes it the draft of the model with its key, which is made where there is none
  --publish    publishes it as well: a new version, and the model becomes active
  --note       what changed and why, kept with the version
  --json       what was done, or the problems, as JSON

Needs the SALESFORCE_ variables only; importing, of a user with the permission set Scoreline Admin.`,
  async run(args, world) {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [action, name, ...rest] = positionals;
    if (name === undefined || rest.length > 0) throw new UsageError('expected "export KEY" or "import FILE"');
    if (action === 'export') {
      world.out(await exportModel(sessionOf(world), name, values.published ? 'published' : 'draft'));
      return 0;
    }
    if (action !== 'import') throw new UsageError(`"${action ?? ''}" is neither export nor import`);
    if (values.note !== undefined && !values.publish) throw new UsageError('--note belongs to --publish');
    return importFile(name, values, world);
  },
};

interface ImportOptions {
  publish?: boolean;
  note?: string;
  json?: boolean;
}

async function importFile(file: string, { publish, note = '', json }: ImportOptions, world: World): Promise<ExitCode> {
  const parsed = parseModel(readJson(file));
  if (!parsed.ok) {
    if (json) world.out(JSON.stringify({ file, problems: parsed.problems }));
    else for (const { path, message } of parsed.problems) world.say(`${file}#${path}: ${message}`);
    return 1;
  }
  const session = sessionOf(world);
  const draft = await importModel(session, parsed.model);
  const version = publish ? await publishModel(session, draft, parsed.model, note) : null;
  const { key } = parsed.model;
  if (json) world.out(JSON.stringify({ key, id: draft.id, published: version }));
  else
    world.say(
      version === null ? `${key} is the draft now; nothing was published` : `${key} is published as version ${version}`,
    );
  return 0;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Refused(`${file} cannot be read (${(error as Error).message}); name a JSON file with one model`);
  }
}

const sessionOf = ({ environment, clock }: World) =>
  createSession({ ...readSalesforce(environment), timeout: 30_000, concurrency: 1, clock });
