import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { openStore } from '../store/open.ts';
import type { DeadLetter, Store } from '../store/store.ts';
import { Refused, UsageError, type Command } from './command.ts';

export const replay: Command = {
  summary: 'shows dead letters, and puts them back into the inbox',
  help: `scoreline replay [NUMBER ...] [--all] [--json]

  (nothing)   shows the dead letters with their reasons, and changes nothing
  NUMBER ...  shows these and puts them back into the inbox, all or none
  --all       shows and puts back all there are
  --json      one JSON object a line

Engagements that were read the first time are not doubled. With DATABASE_URL a running ingester takes them up by itself; with
SCORELINE_DATA, with the next delivery or at its next start.`,
  async run(args, world) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { all: { type: 'boolean' }, json: { type: 'boolean' } },
    });
    const numbers = positionals.map(letterNumber);
    if (values.all && numbers.length > 0) throw new UsageError('--all and numbers exclude each other');
    const { environment, clock, random, out, say } = world;
    const store = await openStore({ config: readConfig(environment), clock, random });
    try {
      const letters = await chosen(store, numbers);
      for (const letter of letters) out(values.json ? JSON.stringify(shown(letter)) : inWords(letter));
      if (letters.length === 0) say('there are no dead letters');
      if (!values.all && numbers.length === 0) return 0;
      await store.replay(letters.map(({ letter }) => letter));
      say(`${letters.length} put back into the inbox`);
      return 0;
    } finally {
      await store.close();
    }
  },
};

function letterNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no number of a dead letter`);
}

/** The letters of the numbers, or all. Throws Refused where one is not there. */
async function chosen(store: Store, numbers: readonly number[]): Promise<DeadLetter[]> {
  const letters = await store.deadLetters((await store.counts()).deadLetters);
  if (numbers.length === 0) return letters;
  const byNumber = new Map(letters.map((each) => [each.letter, each]));
  const missing = numbers.filter((each) => !byNumber.has(each));
  if (missing.length > 0)
    throw new Refused(
      `there is no dead letter ${missing.join(', ')}; nothing was put back; "scoreline replay" lists them`,
    );
  return letters.filter(({ letter }) => numbers.includes(letter));
}

/** What arrived stays in the store: it is full of personal data. */
const shown = ({ letter, reason, delivery: { connection, adapter, receivedAt, body } }: DeadLetter) => ({
  letter,
  connection,
  adapter,
  receivedAt: new Date(receivedAt).toISOString(),
  bytes: body.length,
  reason,
});

function inWords(letter: DeadLetter): string {
  const { letter: number, connection, adapter, receivedAt, bytes, reason } = shown(letter);
  return `${number}  ${receivedAt}  ${connection} (${adapter}, ${bytes} bytes): ${reason}`;
}
