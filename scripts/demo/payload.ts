import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** A webhook as its source sends it: what an `examples/payloads/*.http` file holds. */
export interface Payload {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the placeholders of a payload stand for. */
export interface Fill {
  /** The instant that `{{-PT5M}}` counts back from, in epoch milliseconds. */
  readonly now: number;
  /** What `{{secret}}` stands for. */
  readonly secret?: string;
}

const UNIT_MS: Record<string, number> = { S: 1_000, M: 60_000, H: 3_600_000 };

/**
 * Reads an `.http` file: a request line, headers, an empty line, the body. `{{-PT5M}}` becomes the instant five minutes
 * before `now`, so that the examples never grow old.
 */
export async function readPayload(file: string | URL, fill: Fill): Promise<Payload> {
  const text = (await readFile(file, 'utf8'))
    .replace(/\{\{-PT(\d+)([SMH])\}\}/g, (_, count: string, unit: string) => ago(fill.now, Number(count), unit))
    .replaceAll('{{secret}}', fill.secret ?? '');
  const [head = '', ...rest] = text.split('\n\n');
  const [requestLine = '', ...headerLines] = head.split('\n');
  const [, path] = /^POST (\S+) HTTP\/1\.1$/.exec(requestLine) ?? [];
  if (!path) throw new Error(`${String(file)}: the first line must read "POST /in/<connection> HTTP/1.1"`);
  const headers = Object.fromEntries(headerLines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]));
  return { path, headers, body: rest.join('\n\n').trimEnd() };
}

/** The payload with the signature that Segment puts on it: hex HMAC-SHA1 over the body. */
export function signedBySegment(payload: Payload, secret: string): Payload {
  const signature = createHmac('sha1', secret).update(payload.body).digest('hex');
  return { ...payload, headers: { ...payload.headers, 'X-Signature': signature } };
}

/** Sends a payload to the ingester; resolves to the status of its answer. */
export async function send(ingesterUrl: string, payload: Payload): Promise<number> {
  const { path, headers, body } = payload;
  const response = await fetch(new URL(path, ingesterUrl), { method: 'POST', headers, body });
  await response.arrayBuffer();
  return response.status;
}

function ago(now: number, count: number, unit: string): string {
  return new Date(now - count * (UNIT_MS[unit] ?? 0)).toISOString();
}
