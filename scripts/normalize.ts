// The normalize command (section 4 of the engagement contract): JSON lines in, JSON lines out, no network.
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import * as z from 'zod/mini';
import { adapters } from '../ingester/src/adapters/index.ts';
import { deliveryOf } from '../ingester/src/inbox/delivery.ts';
import { normalize } from '../ingester/src/ledger/normalize.ts';

const Line = z.object({
  name: z.string(),
  adapter: z.string(),
  request: z.object({
    method: z.exactOptional(z.string()),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
  }),
  body: z.string(),
  settings: z.exactOptional(
    z.object({
      secret: z.exactOptional(z.string()),
      publicKey: z.exactOptional(z.string()),
      certificates: z.exactOptional(z.record(z.string(), z.string())),
      topics: z.exactOptional(z.array(z.string())),
      url: z.exactOptional(z.string()),
      allowUnsigned: z.exactOptional(z.boolean()),
      mapping: z.exactOptional(z.record(z.string(), z.string())),
    }),
  ),
  now: z.exactOptional(z.iso.datetime({ offset: true })),
});

/** The connection is the last part of the path, as in `/in/<connection>`. */
const connectionOf = (url: string) => new URL(url, 'http://localhost').pathname.split('/').pop() || 'main';

function answer(line: string): object {
  const {
    name,
    adapter: adapterName,
    request,
    body,
    settings = {},
    now,
  } = z.parse(Line, JSON.parse(line), {
    error: z.locales.en().localeError,
  });
  const adapter = adapters.get(adapterName);
  if (!adapter)
    return { name, error: `there is no adapter "${adapterName}"; expected ${[...adapters.keys()].join(', ')}` };
  const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key.toLowerCase(), value]));
  const raw = { url: request.url, headers, body: Buffer.from(body, 'base64') };
  const at = now === undefined ? Date.now() : Date.parse(now);
  const verdict = adapter.verify(raw, settings, at);
  if (!verdict.ok) return { name, status: 401, engagements: [], rejected: verdict.reason };
  const delivery = deliveryOf({ connection: connectionOf(request.url), adapter: adapter.name }, raw, verdict, at);
  const { engagements, deadLetters } = normalize(adapter, delivery, settings);
  const deadLetter = deadLetters.length === 0 ? {} : { deadLetter: deadLetters.join('; ') };
  return { name, status: adapter.accepted, engagements, ...deadLetter };
}

function answerOrError(line: string): object {
  try {
    return answer(line);
  } catch (error) {
    return {
      error: `this line cannot be read: ${error instanceof z.core.$ZodError ? z.prettifyError(error) : String(error)}`,
    };
  }
}

for await (const line of createInterface({ input: stdin, crlfDelay: Infinity })) {
  if (line.trim() === '') continue;
  if (!stdout.write(`${JSON.stringify(answerOrError(line))}\n`)) {
    await new Promise((resolve) => stdout.once('drain', resolve));
  }
}
