// The whole product on this machine: local org, ingester and Lightning page, with sample data and webhooks played through.
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { ensureFree } from './demo/ports.ts';
import { sampleLeads, seed } from './demo/seed.ts';
import { startStack, type Stack } from './demo/stack.ts';
import { playHistory, playStory } from './demo/story.ts';
import { main, root, UserError } from './program.ts';
import { step } from './progress.ts';

const HELP = `npm start [-- OPTIONS]: Scoreline on this machine, with sample data

  --org-port PORT        the local org and the Lightning page (8080)
  --ingester-port PORT   the ingester, where webhooks go (8081)
  --data FOLDER          where both keep their data, made anew at each start (.data)
`;

await main(async () => {
  const options = readOptions();
  if (options === 'help') {
    console.log(HELP);
    return;
  }
  const { orgPort, ingesterPort, folder } = options;
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));

  await ensureFree(orgPort, '--org-port');
  await ensureFree(ingesterPort, '--ingester-port');
  await build();
  await empty(folder);
  const stack = await step('start the local org, load a model and 200 leads, start the ingester', () =>
    startStack({
      orgPort,
      ingesterPort,
      folder,
      prepare: async (org) => {
        await seed(org);
      },
    }),
  );
  stopOnSignal(stack);

  const now = Date.now();
  const people = await sampleLeads();
  await step('send six weeks of history through the Segment webhook', () => playHistory(stack, people, now));
  console.log('\nWebhooks of four sources, and what each changes:\n');
  await playStory(stack, now, (text) => {
    console.log(text);
  });
  console.log(whereToLook(stack));
});

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        'org-port': { type: 'string', default: '8080' },
        'ingester-port': { type: 'string', default: '8081' },
        data: { type: 'string', default: join(root, '.data') },
      },
    });
    if (values.help) return 'help';
    return {
      orgPort: port(values['org-port'], '--org-port'),
      ingesterPort: port(values['ingester-port'], '--ingester-port'),
      folder: join(resolve(values.data), 'demo'),
    };
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`${(error as Error).message}\n\n${HELP}`);
  }
}

function port(text: string, option: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UserError(`${option} is "${text}"; a port is a number from 0 to 65535`);
}

async function empty(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    throw new UserError(`cannot empty the folder ${folder} (${(error as Error).message}); choose another with --data`);
  }
}

function stopOnSignal(stack: Stack): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      console.log('\nstopping ...');
      void stack.stop().then(() => {
        console.log('stopped');
        process.exit(0);
      });
    });
  }
}

function whereToLook({ pageUrl, ingesterUrl }: Stack): string {
  return `
Scoreline is running. Open the page (it signs you in as a sales rep):

  ${pageUrl}

Send an event of your own, and watch the score of Tomas Lindqvist on the page and the line that appears below:

  curl -d "type=click&contact[email]=tomas.lindqvist@granitematerials.example&date_time=$(date -u +%Y-%m-%dT%H:%M:%SZ)" \\
       -d "link[url]=https://www.scoreline.example/pricing" ${ingesterUrl}/in/activecampaign

How the ingester is doing: ${ingesterUrl}/status. Ctrl-C stops everything.
`;
}
