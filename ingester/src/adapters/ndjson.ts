import { Unreadable, type Adapter } from './adapter.ts';
import { readEach } from './batch.ts';
import { decode, isObject, parseJson, type Json } from './json.ts';
import { read } from './mapping.ts';
import { verifySharedSecret } from './secret.ts';

/** A file with a JSON object on each line, read as the generic adapter reads one. A line that cannot be read stands alone. */
export const ndjson: Adapter = {
  name: 'ndjson',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery, settings) =>
    readEach(linesOf(decode(delivery.body)), (line) => read(delivery, eventOn(line), settings)),
};

const linesOf = (text: string): { line: string }[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ line }));

function eventOn({ line }: Json): Json {
  const event = parseJson(Buffer.from(String(line)));
  if (!isObject(event)) throw new Unreadable('it is not an object');
  return event;
}
