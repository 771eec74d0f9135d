import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readPayload, send, signedBySegment, type Payload } from '../../scripts/demo/payload.ts';
import { seed } from '../../scripts/demo/seed.ts';
import { startStack, type Stack } from '../../scripts/demo/stack.ts';

/** The whole product on free ports, with the sample model and leads, and what tests do with it. */
export interface TestStack extends Stack {
  /** Sends `examples/payloads/<name>.http`; resolves to the status of the answer. */
  play(name: string): Promise<number>;
  /** The first row of the query for which `holds` is true, as soon as there is one; fails after ten seconds. */
  until<Row>(soql: string, holds: (row: Row) => boolean): Promise<Row>;
}

const PATIENCE_MS = 10_000;

export async function startTestStack(): Promise<TestStack> {
  const folder = await mkdtemp(join(tmpdir(), 'scoreline-'));
  const now = Date.now();
  const stack = await startStack({
    orgPort: 0,
    ingesterPort: 0,
    folder,
    prepare: async (org) => {
      await seed(org);
    },
  });
  return {
    ...stack,
    stop: async () => {
      await stack.stop();
      await rm(folder, { recursive: true });
    },
    play: async (name) => {
      const file = new URL(`../../examples/payloads/${name}.http`, import.meta.url);
      const payload = await readPayload(file, { now, secret: stack.secrets.WEBINARS_SECRET });
      return send(stack.ingesterUrl, signed(payload, stack));
    },
    until: async <Row>(soql: string, holds: (row: Row) => boolean) => {
      for (const deadline = Date.now() + PATIENCE_MS; ;) {
        const { records } = await stack.org.query(soql);
        const row = (records as Row[]).find(holds);
        if (row) return row;
        if (Date.now() > deadline)
          throw new Error(`still not so after ten seconds: ${soql}: ${JSON.stringify(records)}`);
        await delay(20);
      }
    },
  };
}

const signed = (payload: Payload, { secrets }: Stack) =>
  payload.path.endsWith('/segment') ? signedBySegment(payload, secrets.SEGMENT_SECRET) : payload;
